import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { kindProblem } from "../../config/source/file-kind.ts";
import { isStream } from "../../config/source/is-stream.ts";
import { reasonOf } from "../../model/system-reason.ts";
import { UsageError } from "../../model/errors.ts";

interface Naming {
  /** What the file was named as: a flag, a variable. */
  readonly as?: string;
  /** The way on when it is not there. */
  readonly hint?: string;
}

/**
 * A file that the user named, relative to `cwd`: a regular one, wherever it is, or a pipe that is open already, such as that
 * of `<(command)`. Never waits for a FIFO. Throws UsageError.
 */
export async function readNamedFile(path: string, cwd: string, { as, hint }: Naming = {}): Promise<string> {
  const absolute = resolve(cwd, path);
  const refuse = (reason: string): never => {
    throw new UsageError(`${as === undefined ? "" : `${as}: `}cannot read "${path}": ${reason}`, hint);
  };
  try {
    return isStream(absolute) ? await readFile(absolute, "utf8") : readRegular(absolute, refuse);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return refuse(reasonOf(error));
  }
}

function readRegular(absolute: string, refuse: (reason: string) => never): string {
  const descriptor = openSync(absolute, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const problem = kindProblem(fstatSync(descriptor));
    return problem === undefined ? readFileSync(descriptor, "utf8") : refuse(problem);
  } finally {
    closeSync(descriptor);
  }
}
