/** What is wrong or doubtful in an env file. Never holds a part of the file: any line of it may be a secret. */
export interface EnvFileProblem {
  /** Where, as an offset in the text of the file. */
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

/** `file:line:column`, both counted from 1. */
export function placeInFile(file: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
