/**
 * Decides where a run may write. The operator names the path, but whoever wrote the files of the working folder may
 * have put a symbolic link there, so links are followed only inside that folder.
 */
import { statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { isLink, realPath } from "../../config/source/real-path.ts";
import { UsageError } from "../../model/errors.ts";
import type { Context } from "../../run/context.ts";

export type OutputPath =
  /** One of kuma-sync's own streams. */
  | { readonly type: "stream"; readonly stream: "stdout" | "stderr" }
  /** Written directly: `/dev/null`, and files that the shell opened (`>(gzip > file)` is `/dev/fd/63`). */
  | { readonly type: "open"; readonly path: string }
  /** A regular file, which may not exist yet, without symbolic links in its path. */
  | { readonly type: "file"; readonly path: string };

/** System folders whose files are special; writing there changes the machine. */
const systemFolders = ["/proc", "/sys", "/dev"] as const;
/** A folder in memory that all users may use. */
const memoryFolder = "/dev/shm";
const streams: ReadonlyMap<string, "stdout" | "stderr"> = new Map([
  ["/dev/stdout", "stdout"],
  ["/dev/fd/1", "stdout"],
  ["/dev/stderr", "stderr"],
  ["/dev/fd/2", "stderr"],
]);
const opened = /^\/dev\/(?:null|fd\/\d+)$/u;

/**
 * `path` as the user named it, relative to `cwd`. Below `cwd`, every link must lead to a place below `cwd`; elsewhere,
 * the last part of the path must stay in its folder. Only reads. Throws UsageError for a refused place. Errors of the
 * system (a folder, no permission) are left to the write.
 */
export function resolveOutputPath({ cwd }: Pick<Context, "cwd">, path: string): OutputPath {
  const named = resolve(cwd, path);
  const stream = streams.get(named);
  if (stream !== undefined) return { type: "stream", stream };
  if (opened.test(named)) return { type: "open", path: named };
  const isBelow = isWithin(named, resolve(cwd));
  const base = realPath(isBelow ? resolve(cwd) : dirname(named));
  const real = realPath(named);
  const system = systemFolders.find((folder) => isWithin(real, folder));
  if (system !== undefined && !isWithin(real, memoryFolder))
    throw refused(path, `it is in ${system}, which holds devices and processes`);
  if (!isWithin(real, base))
    throw refused(path, `a symbolic link leads out of ${isBelow ? "this folder" : "its folder"}`);
  if (isLink(real)) throw refused(path, "its symbolic links lead in a circle");
  if (isSpecial(real)) throw refused(path, "it is not a regular file");
  return { type: "file", path: real };
}

function refused(path: string, reason: string): UsageError {
  return new UsageError(`"${path}" is not written: ${reason}`, "name a file of its own");
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path);
}

/** A pipe, a socket or a device; opening one can block or have side effects. */
function isSpecial(path: string): boolean {
  try {
    const about = statSync(path);
    return !about.isFile() && !about.isDirectory();
  } catch {
    return false;
  }
}
