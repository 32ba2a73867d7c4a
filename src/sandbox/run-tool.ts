import { spawn, type ChildProcess } from "node:child_process";
import { SandboxError } from "./sandbox-error.ts";

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the command is killed. */
  readonly timeout?: number;
}

const isWindows = process.platform === "win32";

/** Lines of output at the end of an error message: enough to see the complaint of a compiler or of npm. */
const tailLines = 25;

/** Runs a program to its end and returns its stdout. A failure throws SandboxError with the end of what it printed. */
export function runTool(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const { signal, timeout, ...rest } = options;
    // In its own process group, so that what npm has started, such as a compiler, ends with it. Windows has no groups.
    const child = spawn(command, args, { ...rest, stdio: ["ignore", "pipe", "pipe"], detached: !isWindows });
    const end = (): void => killGroup(child);
    const limit = timeout === undefined ? undefined : setTimeout(end, timeout);
    const onAbort = (): void => {
      end();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    process.once("exit", end);
    if (signal?.aborted === true) onAbort();
    const settle = (): void => {
      clearTimeout(limit);
      signal?.removeEventListener("abort", onAbort);
      process.removeListener("exit", end);
    };
    let stdout = "";
    let all = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      all += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      all += text;
    });
    child.on("error", (cause) => {
      settle();
      reject(new SandboxError(`${command} could not be run: ${cause.message}`, { cause }));
    });
    child.on("close", (code, killedBy) => {
      settle();
      if (code === 0) return resolve(stdout);
      const how = code === null ? `was ended by ${killedBy}` : `failed with code ${code}`;
      reject(new SandboxError(`${[command, ...args].join(" ")} ${how}\n${lastLines(all, tailLines)}`));
    });
  });
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(isWindows ? pid : -pid, "SIGKILL");
  } catch {
    // The process has just ended.
  }
}

/** The last `count` lines that are not empty. */
export function lastLines(text: string, count: number): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
