/**
 * Reads files that a configuration names. The configuration may come from a stranger, so after following links the file
 * must be in the configuration's folder or in a folder that the operator named. kuma-sync checks the opened file, not
 * only its path, and opens only regular files, because others could block or have side effects.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
} from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { reasonOf } from "../../model/system-reason.ts";
import type { ConfigFolder, FileProblem } from "./config-folder.ts";
import { kindProblem } from "./file-kind.ts";
import { realPath } from "./real-path.ts";

const megabyte = 1024 * 1024;
/** Bytes. A certificate chain has a few kilobytes; a larger file is a mistake. */
const maxIncludedBytes = megabyte;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Folders whose files the system generates: devices, and the environment and memory of processes. */
const systemFolders = ["/proc", "/sys", "/dev"] as const;
/** A folder for files that is kept in memory. */
const sharedMemory = "/dev/shm";
/** Folders of version control: CI systems leave the token there with which they fetched the files. */
const versionControl = /^\.(?:git|hg|svn|jj)$/iu;

export interface ContainedFiles {
  /** The text of a file without its last line break, or the data URL of a PNG. */
  readonly read: (
    folder: ConfigFolder,
    path: string,
    /** Default: 1 MB. */
    maxBytes?: number,
  ) => { readonly text: string } | { readonly problem: FileProblem };
  /** Why `read` would refuse the file, as far as this is known without opening it. */
  readonly look: (folder: ConfigFolder, path: string) => FileProblem | undefined;
  /**
   * The bytes of the file at `absolute`, at most `maxBytes` + 1, so that the caller sees whether there are more.
   */
  readonly bytes: (folder: ConfigFolder, absolute: string, maxBytes: number) => Opened;
}

type Opened = { readonly bytes: Buffer } | { readonly problem: FileProblem };

/** `fileRoots` are the folders of `--file-root`. Each file is read once, however many monitors share a certificate. */
export function containedFiles(fileRoots: readonly string[], cwd: string): ContainedFiles {
  const known = new Map<string, ReturnType<ContainedFiles["read"]>>();
  // Also as written, because a missing file has no real path. A real path never begins with a link.
  const everywhere = fileRoots.map((root) => resolve(cwd, root)).flatMap((root) => [root, realFolder(root)]);
  const allowed = ({ root }: ConfigFolder): Allowed => ({ cwd, roots: [root, realFolder(root), ...everywhere] });
  return {
    read(folder, path, maxBytes = maxIncludedBytes) {
      const absolute = resolve(folder.path, path);
      const id = `${folder.root}\0${absolute}\0${maxBytes}`;
      const result = known.get(id) ?? readIncluded(absolute, allowed(folder), maxBytes);
      known.set(id, result);
      return result;
    },
    look(folder, path) {
      const absolute = resolve(folder.path, path);
      try {
        return lookAt(absolute, allowed(folder)).problem;
      } catch (error) {
        return unreadable(error, absolute, allowed(folder));
      }
    },
    bytes: (folder, absolute, maxBytes) => readBytes(absolute, allowed(folder), maxBytes),
  };
}

interface Allowed {
  readonly roots: readonly string[];
  /** Paths in a hint are relative to it, if that is shorter. */
  readonly cwd: string;
}

function readIncluded(absolute: string, allowed: Allowed, maxBytes: number): ReturnType<ContainedFiles["read"]> {
  const opened = readBytes(absolute, allowed, maxBytes);
  if ("problem" in opened) return opened;
  const { bytes } = opened;
  if (bytes.length > maxBytes) {
    return { problem: { type: "unreadable", reason: `it is larger than ${maxBytes / megabyte} MB` } };
  }
  // A PNG becomes a data URL, the text form of pictures in browsers and servers.
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) {
    return { text: `data:image/png;base64,${bytes.toString("base64")}` };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/u, "");
    // An empty file counts as a missing value.
    return text === "" ? { problem: { type: "unreadable", reason: "it is empty" } } : { text };
  } catch {
    return { problem: { type: "unreadable", reason: "it is not text" } };
  }
}

/** Reads at most `maxBytes` + 1 bytes, so that the caller sees whether there are more. */
function readBytes(absolute: string, allowed: Allowed, maxBytes: number): Opened {
  let descriptor: number | undefined;
  try {
    const { real, problem } = lookAt(absolute, allowed);
    if (problem !== undefined) return { problem };
    // Non-blocking, in case a FIFO has replaced the file meanwhile; without following, in case a link has.
    descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const found = problemOf(openedPath(descriptor) ?? realpathSync(absolute), fstatSync(descriptor), allowed);
    return found === undefined ? { bytes: readAll(descriptor, maxBytes + 1) } : { problem: found };
  } catch (error) {
    return { problem: unreadable(error, absolute, allowed) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Throws the error of the system call. */
function lookAt(
  absolute: string,
  allowed: Allowed,
): { readonly real: string; readonly problem: FileProblem | undefined } {
  // Checked before links are resolved, because these may change at any moment.
  const early = isSystem(absolute) ? outside(absolute, allowed) : undefined;
  if (early !== undefined) return { real: absolute, problem: early };
  const real = realpathSync(absolute);
  return { real, problem: problemOf(real, lstatSync(real), allowed) };
}

function problemOf(real: string, stats: Stats, allowed: Allowed): FileProblem | undefined {
  if (isSystem(real) || !isAllowed(real, allowed)) return outside(real, allowed);
  const reason = kindProblem(stats);
  return reason === undefined ? undefined : { type: "unreadable", reason };
}

/** Whether it is below a root, and not in a folder of version control that is itself below each such root. */
function isAllowed(real: string, { roots }: Allowed): boolean {
  return roots.some((root) => isInside(real, root) && controlledBy(real, root) === undefined);
}

/** The folder of version control below `root` that contains it. */
function controlledBy(real: string, root: string): string | undefined {
  return relative(root, real)
    .split(sep)
    .find((part) => versionControl.test(part));
}

function outside(path: string, { cwd, roots }: Allowed): FileProblem {
  const system = systemFolders.find((folder) => isInside(path, folder));
  if (system !== undefined && isSystem(path)) {
    return {
      type: "outside",
      reason: `it lies in ${system}, which no configuration may read`,
      hint: "use a regular file",
    };
  }
  const root = roots.find((one) => isInside(path, one));
  const controlled = root === undefined ? undefined : controlledBy(path, root);
  if (controlled !== undefined) {
    return {
      type: "outside",
      reason: `it lies in ${controlled}, which may hold a token of the CI system`,
      hint: "move it beside the configuration",
    };
  }
  const [absolute, near] = [dirname(path), relative(cwd, dirname(path))];
  const folder = near !== "" && near.length < absolute.length ? near : absolute;
  return {
    type: "outside",
    reason: "it lies outside the folder of the configuration",
    hint: `move it into that folder, or allow its own with --file-root ${folder}`,
  };
}

function unreadable(error: unknown, absolute: string, allowed: Allowed): FileProblem {
  // A configuration must not learn whether such a file exists elsewhere, not even behind a link.
  const real = [absolute, realPath(absolute)].find((path) => isSystem(path) || !isAllowed(path, allowed));
  if (real !== undefined) return outside(real, allowed);
  const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
  return { type: isMissing ? "missing" : "unreadable", reason: reasonOf(error) };
}

function readAll(descriptor: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < most) {
    const chunk = Buffer.alloc(Math.min(64 * 1024, most - length));
    const count = readSync(descriptor, chunk, 0, chunk.length, null);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    length += count;
  }
  return Buffer.concat(chunks);
}

/** The real path of the opened file; undefined if the system does not tell it. */
function openedPath(descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function isSystem(path: string): boolean {
  return !isInside(path, sharedMemory) && systemFolders.some((folder) => isInside(path, folder));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
