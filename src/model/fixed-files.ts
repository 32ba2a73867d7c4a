/** What `validate --fix` has done, or would do. */
export interface FixedFiles {
  /** False when it was only shown. */
  readonly isWritten: boolean;
  /** Only files that change. */
  readonly files: readonly FixedFile[];
}

export interface FixedFile {
  readonly file: string;
  /** What was done, by the titles of the repairs. */
  readonly fixes: readonly string[];
  /** Lines as of `diff -U1`, without the values of secrets. */
  readonly diff: readonly string[];
}
