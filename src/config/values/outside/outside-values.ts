/**
 * Where the values of `${env:…}` and `${file:…}` come from. `real-values.ts` reads them; `withheld-values.ts` reads none and
 * gives placeholders, for commands that need no secret; `hidden-values.ts` gives placeholders too, and reads what they stand
 * for only to hide it in what a server says.
 */
import type { ConfigFolder, FileProblem } from "../../source/config-folder.ts";

export interface OutsideValues {
  /** False when every value is a placeholder: what depends on one cannot be judged. */
  readonly areReal: boolean;
  /** By the name of an environment variable, which `interpolate` has allowed. */
  env(name: string): EnvValue;
  /** Of values that were read, although what it gives are placeholders; for the redactor alone. */
  readonly known?: () => readonly string[];
  /** What a file holds; `path` is relative to the folder. */
  file(folder: ConfigFolder, path: string): FileValue;
}

export type EnvValue =
  | { readonly text: string }
  /** Absent: the variable is not set, which is no error where its value is not read. */
  | { readonly text: string; readonly isPlaceholder: true; readonly isAbsent: boolean }
  /** `near` is the name of a variable that is set and may be meant. */
  | { readonly absent: "not set" | "empty"; readonly near: string | undefined };

export type FileValue = { readonly text: string; readonly warning?: FileProblem } | { readonly problem: FileProblem };
