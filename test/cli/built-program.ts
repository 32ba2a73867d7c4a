/**
 * The program as it is published: built once for each state of the sources, and run in a bare environment, so that nothing
 * of the developer's shell decides a test.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Below node_modules, so that the build finds the packages it imports. */
const cache = join(root, "node_modules", ".cache", "kuma-sync-program");

/** The built `cli.js` of the sources as they are now. */
export function builtProgram(): string {
  const folder = join(cache, hashOfSources());
  if (!existsSync(folder)) build(folder);
  return join(folder, "dist", "cli.js");
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  const inputs = ["src", "schemas", "docs/findings"].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...inputs.toSorted(), join(root, "package.json")]) hash.update(file).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function build(folder: string): void {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "build-"));
  for (const name of ["package.json", "schemas", "docs/findings"])
    cpSync(join(root, name), join(work, name), { recursive: true });
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const args = [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", join(work, "dist")];
  // Types are checked elsewhere; what counts here is whether there is a program.
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (!existsSync(join(work, "dist", "cli.js"))) throw new Error(`the program does not build:\n${stdout}${stderr}`);
  // What the compiler leaves behind, as scripts/prepare.mjs copies it.
  const lock = "sandbox/uptime-kuma.lock.json";
  cpSync(join(root, "src", lock), join(work, "dist", lock));
  try {
    renameSync(work, folder);
  } catch {
    // Another test file was quicker.
    rmSync(work, { recursive: true });
  }
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program with PATH and NO_COLOR and nothing else around it. */
export function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { env = {}, cwd = root, stdin = "", onStart } = options;
  return new Promise((resolve, reject) => {
    const bare = { PATH: process.env["PATH"] ?? "", NO_COLOR: "1" };
    const child = spawn(process.execPath, [builtProgram(), ...args], { cwd, env: { ...bare, ...env } });
    const written = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (written.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (written.stderr += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...written }));
    // A program that ends early closes its stdin; what it did not read is not the test's concern.
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
    onStart?.(child);
  });
}
