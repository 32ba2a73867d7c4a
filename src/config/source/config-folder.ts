/** Which files a configuration may name, and why it may not name others. */

/** Of one configuration file. Both paths are absolute. */
export interface ConfigFolder {
  /** Against which a relative path is resolved: the folder of the file itself. */
  readonly path: string;
  /** In which a file must lie: `path`, or the folder that `-f` names, when the file was found below one. */
  readonly root: string;
}

/** Why a file is not read. */
export interface FileProblem {
  /** `outside`: it may not be read, whatever it is. */
  readonly type: "outside" | "missing" | "unreadable";
  /** Follows `cannot read "path": `. */
  readonly reason: string;
  readonly hint?: string;
}

/** The reason behind `outside`. */
export const outsideWhy =
  "a configuration may come from somebody else, for example in a pull request, and must not reach other files of this machine";
