import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createChunkLoader } from "../../src/cli/chunk-loader.ts";
import { builtProgram } from "./built-program.ts";

const loader = join(dirname(builtProgram()), "chunk-loader.js");

let root = "";
let main = "";
let kept = "";
let folder = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kuma-sync-chunks-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "chunks"));
  main = join(root, "chunks", "main.js");
  folder = join(root, "compiled", `${process.version}-${process.platform}-${process.arch}`, "plan");
  kept = join(folder, "main.js.bin");
  writeFileSync(main, "exports.answer = 42;");
});

/** As a run does it: loads, and keeps at the end. In a process of its own, because V8 also remembers what it compiled. */
function run(): unknown {
  const script = `
    const { load, keep } = require(${JSON.stringify(loader)}).createChunkLoader(${JSON.stringify(root)}, "plan");
    const exported = load(${JSON.stringify(main)});
    keep();
    process.stdout.write(JSON.stringify(exported));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }));
}

/**
 * Puts compiled code of another text in the place of that of `main`. V8 takes it if the texts are equally long, so that a run
 * shows whether it used what was kept.
 */
function plant(text: string): void {
  const source = readFileSync(main);
  const opening = "(function (exports, require, module, __filename, __dirname) {";
  const script = new Script(`${opening}${text}\n})`, { filename: main, columnOffset: -opening.length });
  (script.runInThisContext() as (exports: unknown) => void)({});
  const code = script.createCachedData();
  const checksums = Buffer.alloc(8);
  [source, code].forEach((bytes, index) => checksums.writeUInt32LE(crc32(bytes), 4 * index));
  writeFileSync(kept, Buffer.concat([checksums, code]));
}

test("a chunk requires others, packages and Node's modules", () => {
  writeFileSync(
    join(root, "chunks", "other.js"),
    "exports.folder = __dirname; exports.count = (exports.count ?? 0) + 1;",
  );
  writeFileSync(
    main,
    'const other = require("./other.js"); exports.same = require("./other.js") === other; exports.other = other; exports.separator = require("node:path").posix.sep;',
  );
  expect(run()).toMatchObject({
    same: true,
    other: { folder: join(root, "chunks"), count: 1 },
    separator: "/",
  });
});

test("the compiled code is kept for the next run", () => {
  expect(run()).toEqual({ answer: 42 });
  expect(readdirSync(folder)).toEqual(["main.js.bin"]);
  plant("exports.answer = 43;");
  expect(run()).toEqual({ answer: 43 });
});

test("what was kept of another text is not used", () => {
  run();
  plant("exports.answer = 43;");
  writeFileSync(main, "exports.answer = 44;");
  expect(run()).toEqual({ answer: 44 });
  plant("exports.answer = 45;");
  expect(run()).toEqual({ answer: 45 });
});

test("broken code is not used, and is written again", () => {
  run();
  const good = readFileSync(kept);
  for (const broken of [
    Buffer.alloc(0),
    good.subarray(0, good.length - 8),
    good.map((byte, at) => (at === 99 ? 1 ^ byte : byte)),
  ]) {
    writeFileSync(kept, broken);
    expect(run()).toEqual({ answer: 42 });
    expect(readFileSync(kept).length).toBe(good.length);
  }
});

test.runIf(process.getuid !== undefined)("code in a folder where others can write is not used", () => {
  run();
  plant("exports.answer = 43;");
  for (const mode of [0o775, 0o757]) {
    chmodSync(folder, mode);
    expect(run()).toEqual({ answer: 42 });
  }
  chmodSync(folder, 0o755);
  expect(run()).toEqual({ answer: 43 });
});

test.runIf(process.getuid !== undefined)("nobody else can write where the code is kept", () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  run();
  expect([statSync(folder).mode & 0o777, statSync(kept).mode & 0o777]).toEqual([0o755, 0o644]);
});

test("where nothing can be kept, the chunk runs all the same", () => {
  writeFileSync(join(root, "compiled"), "a file in the place of the folder");
  expect(run()).toEqual({ answer: 42 });
});

test("an error names the place in the file", () => {
  writeFileSync(main, "exports.fail = () => { throw new Error('so'); };");
  const { fail } = createChunkLoader(root, "plan").load(main) as { readonly fail: () => void };
  let stack = "";
  try {
    fail();
  } catch (error) {
    stack = (error as Error).stack ?? "";
  }
  expect(stack).toContain(`${main}:1:${"exports.fail = () => { throw ".length + 1}`);
});
