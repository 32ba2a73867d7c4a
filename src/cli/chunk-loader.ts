/**
 * Runs the chunks of the built program and stores their compiled code, so that the next run does not compile them again
 * (docs/decisions/0024-start-up.md).
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

export interface ChunkLoader {
  /** Returns the exports of a chunk, a CommonJS module, by its absolute path. Each chunk runs once. */
  readonly load: (file: string) => unknown;
  /** Stores the compiled code of the chunks that had none. Does nothing if that is not possible. */
  readonly keep: () => void;
}

interface Compiled {
  readonly file: string;
  readonly source: Buffer;
  readonly script: Script;
}

/** Takes the names that `opening` lists. */
type ChunkFunction = (...names: readonly unknown[]) => void;

const opening = "(function (exports, require, module, __filename, __dirname) {";

/**
 * `program` is the folder of the program. Compiled code is stored in `compiled/` there, with one folder for each
 * release of Node and each `command`: V8 compiles a function when it is first called, and commands call different
 * functions.
 */
export function createChunkLoader(program: string, command: string): ChunkLoader {
  const release = `${process.version}-${process.platform}-${process.arch}`;
  const folder = resolve(program, "compiled", release, command);
  const loaded = new Map<string, { exports: unknown }>();
  const fresh: Compiled[] = [];
  const isTrusted = isOwnFolder(folder, program);

  function load(file: string): unknown {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const requirePackage = createRequire(file);
    const requireFrom = (id: string): unknown =>
      id.startsWith(".") ? load(resolve(dirname(file), id)) : requirePackage(id);
    compile(file).call(module.exports, module.exports, requireFrom, module, file, dirname(file));
    return module.exports;
  }

  function compile(file: string): ChunkFunction {
    // All of it is ASCII (scripts/bundle.mjs).
    const source = readFileSync(file);
    const kept = isTrusted ? readKept(keptFile(folder, file), source) : undefined;
    const script = new Script(`${opening}${source.toString("latin1")}\n})`, {
      filename: file,
      // So that stack traces show the columns of the file.
      columnOffset: -opening.length,
      ...(kept === undefined ? {} : { cachedData: kept }),
    });
    // V8 may refuse stored code, for example if it runs with other flags. The stored code is kept for runs without
    // them.
    if (kept === undefined) fresh.push({ file, source, script });
    return script.runInThisContext() as ChunkFunction;
  }

  function keep(): void {
    if (fresh.length === 0) return;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      if (isOwnFolder(folder, program))
        for (const compiled of fresh) writeKept(keptFile(folder, compiled.file), compiled);
    } catch {
      // The folder is not writable or the disk is full, so each run compiles the chunks again.
    }
  }

  return { load, keep };
}

function keptFile(folder: string, chunk: string): string {
  return resolve(folder, `${basename(chunk)}.bin`);
}

/**
 * Covers the chunk and the code. V8 checks neither, and crashes on damaged code. A checksum is enough, because whoever can
 * write there can change the program too; to load Node's cryptography for a hash would take as long as a tenth of a short run.
 */
function checksums(source: Buffer, code: Buffer): Buffer {
  const bytes = Buffer.alloc(checksumBytes);
  bytes.writeUInt32LE(crc32(source), 0);
  bytes.writeUInt32LE(crc32(code), 4);
  return bytes;
}

const checksumBytes = 8;

function readKept(file: string, source: Buffer): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(checksumBytes);
    return bytes.subarray(0, checksumBytes).equals(checksums(source, code)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function writeKept(file: string, { source, script }: Compiled): void {
  const code = script.createCachedData();
  const fresh = `${file}.${process.pid}`;
  try {
    writeFileSync(fresh, Buffer.concat([checksums(source, code), code]), { mode: 0o644 });
    // Other runs may read it at the same time, or write the same.
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/**
 * Whoever can write to the folder decides what the next run executes. So only its owner may write, and the owner must
 * be this user or the owner of the program.
 */
function isOwnFolder(folder: string, program: string): boolean {
  // Windows has no such modes; there the folder inherits the permissions of the program's folder.
  if (process.getuid === undefined) return true;
  try {
    const { uid, mode } = statSync(folder);
    const owners = [0, process.getuid(), statSync(program).uid];
    return owners.includes(uid) && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}
