/** Files that a run was asked to write. They are made from what is known now, so an older one goes. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { reasonOf } from "../config/read-source.ts";
import { MachineError } from "../model/errors.ts";

/** `path` as the user named it, relative to `cwd`; folders are made. Throws MachineError. */
export async function writeOver(path: string, text: string, cwd: string): Promise<void> {
  const absolute = resolve(cwd, path);
  try {
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

export function cannotWrite(path: string, error: unknown): MachineError {
  return new MachineError(`cannot write "${path}": ${reasonOf(error)}`, { cause: error });
}
