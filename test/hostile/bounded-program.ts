/** The built program in a child that may not use more memory than a small machine has. */
import { spawn } from "node:child_process";
import { builtProgram } from "../cli/built-program.ts";

export interface BoundedRun {
  /** Null when a signal ended it: out of memory, or out of time. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The most that it ever held, megabytes. */
  readonly peakMb: number;
}

/** Says at its very end what it held. */
const meter = "process.on('exit',()=>require('node:fs').writeSync(2,'\\nPEAK '+process.resourceUsage().maxRSS+'\\n'))";

/** `heapMb` is what V8 may use; beyond that the child dies. */
export function runBounded(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly heapMb: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly stdin?: Buffer;
  },
): Promise<BoundedRun> {
  const { cwd, heapMb, env = {}, stdin } = options;
  const meterUrl = `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('file:///');${encodeURIComponent(meter)}`;
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${heapMb}`, "--import", meterUrl, builtProgram(), ...args],
      { cwd, env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1", ...env } },
    );
    const written = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (written.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (written.stderr += text));
    child.on("error", reject);
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
    child.on("close", (code) => {
      const kilobytes = Number(/PEAK (?<kb>\d+)/u.exec(written.stderr)?.groups?.["kb"] ?? Number.NaN);
      const stderr = written.stderr.replace(/\nPEAK \d+\n$/u, "");
      resolve({ code, stdout: written.stdout, stderr, peakMb: kilobytes / 1024 });
    });
  });
}
