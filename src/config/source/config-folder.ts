/** Which files a configuration may name, and why it may not name others. */

/** The folders of one configuration file, as absolute paths. */
export interface ConfigFolder {
  /** The folder of the file itself, to which relative paths are relative. */
  readonly path: string;
  /** The folder in which a named file must lie: `path`, or the folder of `-f` in which the configuration file was found. */
  readonly root: string;
}

/** Why a file is not read. */
export interface FileProblem {
  /** `outside` means that it must not be read, whatever it is. */
  readonly type: "outside" | "missing" | "unreadable";
  /** Follows `cannot read "path": `. */
  readonly reason: string;
  readonly hint?: string;
}

/** The reason behind `outside`. */
export const outsideWhy =
  "a configuration may come from somebody else, for example in a pull request, and must not reach other files of this machine";
