import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Whether every user of this machine can read the regular file at `path`, which is absolute: its mode lets them, and so do
 * the folders above. False where modes mean nothing, and for a file that this user cannot change: a secret that Docker or
 * Kubernetes mounts is one, and there is nobody else in a container.
 */
export function isOpenToOthers(path: string, platform: string): boolean {
  if (platform.startsWith("win32")) return false;
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isFile() !== true || (file.mode & 0o004) === 0 || !isWritable(path)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const about = statSync(folder, { throwIfNoEntry: false });
    if (about === undefined || (about.mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
