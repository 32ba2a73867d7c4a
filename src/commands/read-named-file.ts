import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { reasonOf } from "../config/read-source.ts";
import { UsageError } from "../model/errors.ts";

interface Naming {
  /** What the file was named as: a flag, a variable. */
  readonly as?: string;
  /** The way on when it is not there. */
  readonly hint?: string;
}

/** A file that the user named, relative to `cwd`. Throws UsageError. */
export async function readNamedFile(path: string, cwd: string, { as, hint }: Naming = {}): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), "utf8");
  } catch (error) {
    throw new UsageError(`${as === undefined ? "" : `${as}: `}cannot read "${path}": ${reasonOf(error)}`, hint);
  }
}
