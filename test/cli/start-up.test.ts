/** What the built program loads before it has done anything, which is most of the time of a short run (decision 24). */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { builtProgram } from "./built-program.ts";

interface Loaded {
  /** The files of the program by their names without `.js`, sorted. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Node's own modules, without `node:`. */
  readonly nodeModules: readonly string[];
}

/** Runs the built program. */
function loadedBy(...args: readonly string[]): Loaded {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-start-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const watch = join(folder, "watch.cjs");
  const list = join(folder, "loaded.json");
  const program = builtProgram();
  writeFileSync(
    watch,
    `process.once("exit", () => require("node:fs").writeFileSync(${JSON.stringify(list)}, JSON.stringify({
      files: Object.keys(require.cache), nodeModules: process.moduleLoadList,
    })));`,
  );
  const env = { PATH: process.env["PATH"] ?? "", NODE_DISABLE_COMPILE_CACHE: "1" };
  execFileSync(process.execPath, ["--require", watch, program, ...args], { env, encoding: "utf8" });
  const { files, nodeModules } = JSON.parse(readFileSync(list, "utf8")) as Record<"files" | "nodeModules", string[]>;
  const own = files.filter((file) => file !== watch);
  return {
    files: own.map((file) => basename(file, ".js")).toSorted(),
    bytes: own.reduce((sum, file) => sum + statSync(file).size, 0),
    nodeModules: nodeModules.flatMap((name) => /^NativeModule (?!internal\/)(.+)$/u.exec(name)?.[1] ?? []),
  };
}

const oneMonitor = fileURLToPath(new URL("../../examples/minimal.yaml", import.meta.url));

/** Each takes up to a tenth of a short run to load. */
const slowNodeModules = ["child_process", "crypto", "fs/promises", "http", "https", "readline", "perf_hooks"];

test("version loads the first file of the program alone", () => {
  const { files, bytes, nodeModules } = loadedBy("version");
  expect(files).toEqual(["cli"]);
  expect(bytes).toBeLessThan(4000);
  expect(slowNodeModules.filter((name) => nodeModules.includes(name))).toEqual([]);
});

test("validate of one monitor loads no feature that it does not use", () => {
  const { files, bytes, nodeModules } = loadedBy("validate", oneMonitor);
  // A new name here is a chunk that each short run loads. If it is a feature, load it when it is used (decision 24).
  expect(files).toEqual(["cli", "program", "rolldown-runtime", "shared", "validate"]);
  expect(bytes).toBeLessThan(850_000);
  expect(slowNodeModules.filter((name) => nodeModules.includes(name))).toEqual([]);
});
