/**
 * Writes all output files of a run. A file is written completely or not at all: the text goes to a temporary file that
 * is then renamed, so a full disk or a signal leaves the old file unchanged.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, chmod, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { reasonOf } from "../../model/system-reason.ts";
import { MachineError } from "../../model/errors.ts";
import type { Context } from "../../run/context.ts";
import { resolveOutputPath } from "./output-path.ts";

/** The folder for relative paths, and kuma-sync's own streams, which `/dev/stdout` and `/dev/stderr` mean. */
export type FileContext = Pick<Context, "cwd" | "stdout" | "stderr">;

interface WriteOptions {
  /** Only the owner may read it. */
  readonly isSecret?: boolean;
}

/**
 * Replaces an existing file. `path` is as the user named it; missing folders are created. Throws MachineError, and
 * UsageError for a refused place (output-path.ts).
 */
export async function writeOver(
  context: FileContext,
  path: string,
  text: string,
  options: WriteOptions = {},
): Promise<void> {
  const output = resolveOutputPath(context, path);
  if (output.type === "stream") return context[output.stream].write(text);
  await orCannotWrite(path, async () => {
    if (output.type === "open") return writeFile(output.path, text);
    await mkdir(dirname(output.path), { recursive: true });
    await replaceFile(output.path, text, options);
  });
}

export interface NewFile {
  /** As the user named it, relative to the working directory. */
  readonly path: string;
  readonly text: string;
  /** Only the owner may read it. */
  readonly isSecret?: true;
}

/** The first path that exists. */
export function findExisting(context: Pick<FileContext, "cwd">, paths: readonly string[]): string | undefined {
  return paths.find((path) => {
    const output = resolveOutputPath(context, path);
    return output.type === "file" && existsSync(output.path);
  });
}

/**
 * Writes files that must not exist yet. Stops at the first one that exists and returns its path. Missing folders are
 * created. Throws MachineError, and UsageError for a refused place.
 */
export async function writeNewFiles(context: FileContext, files: readonly NewFile[]): Promise<string | undefined> {
  for (const { path, text, isSecret = false } of files) {
    const output = resolveOutputPath(context, path);
    if (output.type !== "file") {
      await writeOver(context, path, text);
      continue;
    }
    await orCannotWrite(path, () => mkdir(dirname(output.path), { recursive: true }));
    try {
      // Reserves the name, in case another process wants it too.
      await (await open(output.path, "wx", isSecret ? 0o600 : 0o666)).close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return path;
      throw cannotWrite(path, error);
    }
    try {
      await replaceFile(output.path, text, { isSecret });
    } catch (error) {
      await rm(output.path, { force: true });
      throw cannotWrite(path, error);
    }
  }
  return undefined;
}

/** Creates the file if it does not exist, and lets only its owner read it. Throws as `writeOver` does. */
export async function prepareSecretFile(context: FileContext, path: string): Promise<void> {
  const output = resolveOutputPath(context, path);
  if (output.type === "stream") return;
  await orCannotWrite(path, async () => {
    await (await open(output.path, "a", 0o600)).close();
    if (output.type === "file") await chmod(output.path, 0o600);
  });
}

/**
 * Appends to a file that others write to as well, unless it would become longer than `limit` bytes. Throws as
 * `writeOver` does.
 */
export async function appendTo(
  context: FileContext,
  path: string,
  text: string,
  { limit }: { readonly limit: number },
): Promise<void> {
  const output = resolveOutputPath(context, path);
  if (output.type === "stream") return context[output.stream].write(text);
  await orCannotWrite(path, async () => {
    const used = existsSync(output.path) ? (await stat(output.path)).size : 0;
    if (used + Buffer.byteLength(text) <= limit) await appendFile(output.path, text);
  });
}

/** Throws UsageError if one of the output files of the run may not be written. */
export function checkOutputPaths(context: Pick<FileContext, "cwd">, paths: readonly (string | undefined)[]): void {
  for (const path of paths) if (path !== undefined) resolveOutputPath(context, path);
}

function cannotWrite(path: string, error: unknown): MachineError {
  return new MachineError(`cannot write "${path}": ${reasonOf(error)}`, { cause: error });
}

async function orCannotWrite(path: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Errors of renaming onto a file that is mounted by itself, as in a container, or in a folder that accepts no new
 * files.
 */
const onlyInPlace: ReadonlySet<string | undefined> = new Set(["EBUSY", "EACCES", "EPERM", "EROFS", "EXDEV"]);

/**
 * The library's temporary file has a predictable name, so a stranger could put a link there. It therefore writes to a
 * file with a random name, which is renamed here. The library also does not notice when the disk is full after the
 * first part, so the size is checked.
 */
async function replaceFile(path: string, text: string, { isSecret = false }: WriteOptions): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  const neighbour = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFileAtomic(neighbour, text, { ...(await rightsOf(path)), ...(isSecret ? { mode: 0o600 } : {}) });
    const { size } = await stat(neighbour);
    if (size !== Buffer.byteLength(text)) throw Object.assign(new Error("cut off"), { code: "ENOSPC" });
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (!onlyInPlace.has(code) || !existsSync(path)) throw error;
    if (isSecret) await chmod(path, 0o600);
    await writeFile(path, text);
  }
}

/** Owner and mode of the old file, for the new one. */
async function rightsOf(
  path: string,
): Promise<{ readonly mode?: number; readonly chown?: { readonly uid: number; readonly gid: number } }> {
  try {
    const { mode, uid, gid } = await stat(path);
    return { mode: mode & 0o7777, chown: { uid, gid } };
  } catch {
    return {};
  }
}
