/** Files that are written once and never over another. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { cannotWrite } from "./write-over.ts";

export interface NewFile {
  /** As the user named it, relative to the working directory. */
  readonly path: string;
  readonly text: string;
  /** For the owner alone. */
  readonly isSecret?: true;
}

/** The first of them that is there already. */
export function findExisting(paths: readonly string[], cwd: string): string | undefined {
  return paths.find((path) => existsSync(resolve(cwd, path)));
}

/** Stops at the first that has come to be there in the meantime, and gives its path; folders are made. Throws MachineError. */
export async function writeNewFiles(files: readonly NewFile[], cwd: string): Promise<string | undefined> {
  for (const { path, text, isSecret } of files) {
    const absolute = resolve(cwd, path);
    try {
      await mkdir(dirname(absolute), { recursive: true });
    } catch (error) {
      throw cannotWrite(path, error);
    }
    try {
      await writeFile(absolute, text, { flag: "wx", ...(isSecret === true ? { mode: 0o600 } : {}) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return path;
      throw cannotWrite(path, error);
    }
  }
  return undefined;
}
