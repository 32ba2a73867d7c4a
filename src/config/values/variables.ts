/** What the expressions of a text can name. */
import type { ConfigFolder } from "../source/config-folder.ts";
import type { EnvValue, FileValue } from "./outside/outside-values.ts";
import type { LoopRow } from "./loop-row.ts";
import type { TextPart } from "./text-parts.ts";

/** A value of `vars:` or `--var`. Its text is undefined if it has a finding of its own. */
export interface ConfigVariable {
  readonly text: string | undefined;
  readonly isSecret: boolean;
  /** As in `Interpolated`. */
  readonly parts?: readonly TextPart[];
}

export interface Variables {
  /** Of the file whose text is read: where the path of a file starts. */
  readonly folder: ConfigFolder;
  /** The value of an environment variable. */
  env(name: string): EnvValue;
  /** The content of a file; the path is relative to the configuration file. */
  file(path: string): FileValue;
  readonly vars: ReadonlyMap<string, ConfigVariable>;
  /** The row of the loop that the text belongs to; absent outside of loops. */
  readonly row?: LoopRow;
  /** Which variables the operator allows; absent: all. */
  allowsEnv?(name: string): boolean;
  /** The targets that define a variable of this name; it has no value, because none of them was chosen. */
  targetsWith?(name: string): readonly string[];
  /** Called with every value from outside, and with placeholders. */
  onSecret(text: string): void;
}
