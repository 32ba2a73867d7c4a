/**
 * Ends the evaluation process when this process is gone, even after SIGKILL. An idle evaluation process notices the end
 * of its standard input. During an endless evaluation it notices nothing, and it may not start a thread. Therefore
 * another process waits for the end of a pipe that only this process holds, and then kills it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import type { Socket } from "node:net";

const shell = "/bin/sh";
/** A line means that there is nothing left to kill. If the input ends without a line, the parent is gone. */
const shellScript = 'read -r line || kill -s KILL "$1"';
/** The same for systems without a shell. */
const nodeScript = `
  let isOver = false;
  process.stdin.on("data", () => { isOver = true; }).on("end", () => {
    try { if (!isOver) process.kill(Number(process.argv[1]), "SIGKILL"); } catch {}
  });`;

/** Never keeps this process alive. */
export function endWithParent(child: ChildProcess, pid: number): void {
  // Windows ends processes together with their parent, because libuv puts them into one job.
  if (process.platform === "win32") return;
  const [program, args] = existsSync(shell)
    ? [shell, ["-c", shellScript, "sh", String(pid)]]
    : [process.execPath, ["-e", nodeScript, String(pid)]];
  const watcher = spawn(program, args, { env: {}, stdio: ["pipe", "ignore", "ignore"] });
  const stop = (): void => {
    watcher.stdin.end("\n");
  };
  watcher.unref();
  (watcher.stdin as unknown as Socket).unref();
  watcher.stdin.on("error", () => undefined);
  // Without a watcher, an endless query could never be stopped.
  watcher.on("error", () => child.kill("SIGKILL"));
  child.once("exit", stop);
}
