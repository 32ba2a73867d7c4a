/**
 * The source of the values of `${env:…}` and `${file:…}`. `real-values.ts` reads them. `withheld-values.ts` gives
 * placeholders and reads nothing, for commands that need no secret. `hidden-values.ts` gives placeholders too, and reads
 * the values only to hide them in a server's answers.
 */
import type { ConfigFolder, FileProblem } from "../../source/config-folder.ts";

export interface OutsideValues {
  /** False if every value is a placeholder: what depends on one cannot be judged. */
  readonly areReal: boolean;
  /** The value of an environment variable; `interpolate` has checked that it is allowed. */
  env(name: string): EnvValue;
  /** Values that were read although placeholders were given; only for the redactor. */
  readonly known?: () => readonly string[];
  /** The content of a file; `path` is relative to the folder. */
  file(folder: ConfigFolder, path: string): FileValue;
}

export type EnvValue =
  | { readonly text: string }
  /** Absent if the variable is not set, which is not an error if its value is not read. */
  | { readonly text: string; readonly isPlaceholder: true; readonly isAbsent: boolean }
  /** `near` is the name of a variable that is set and was perhaps meant. */
  | { readonly absent: "not set" | "empty"; readonly near: string | undefined };

export type FileValue = { readonly text: string; readonly warning?: FileProblem } | { readonly problem: FileProblem };
