/**
 * The program as it is published, run in a bare environment, so that nothing of the developer's shell decides a test.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildOnce } from "../setup/build-once.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The built `cli.js` of the sources as they are now. */
export function builtProgram(): string {
  return join(buildOnce(["schemas", "docs/findings"]), "dist", "cli.js");
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
