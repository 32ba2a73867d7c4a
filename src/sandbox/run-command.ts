import { spawn } from "node:child_process";
import { SandboxError } from "./sandbox-error.ts";

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the command is killed. */
  readonly timeout?: number;
}

/** Said at the end of an error: enough to see what a compiler or npm complained about. */
const tailLines = 25;

/** Runs a program to its end and returns its stdout. A failure throws SandboxError with the end of what it printed. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], killSignal: "SIGKILL" });
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
      // An abort arrives here too; its own reason says more than "The operation was aborted".
      const reason: unknown = options.signal?.reason;
      const failure = new SandboxError(`${command} could not be run: ${cause.message}`, { cause });
      reject(reason instanceof Error ? reason : failure);
    });
    child.on("close", (code, killedBy) => {
      if (code === 0) return resolve(stdout);
      const how = code === null ? `was ended by ${killedBy}` : `failed with code ${code}`;
      reject(new SandboxError(`${[command, ...args].join(" ")} ${how}\n${lastLines(all, tailLines)}`));
    });
  });
}

/** The last lines that are not empty, at most `count`. */
export function lastLines(text: string, count: number): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
