/**
 * A server that outlives its owner holds a port and a folder that no one knows of. An
 * owner killed with SIGKILL can clean up nothing, so a second process does: it starts the server as its child and
 * watches its own stdin, a pipe from the owner. The kernel closes that pipe when the owner ends, whichever way it does
 * (exit, Ctrl-C, exception, SIGKILL), and that is the one signal on which everything is stopped and removed.
 */

/** What the guard does, as JSON in its only argument. */
export interface GuardTask {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Takes stdout and stderr of the server. */
  readonly logFile: string;
  /** Removed with all that is in it once the server is gone. */
  readonly folder: string;
  /** Run when the server has been killed: removes what the kill did not reach, such as a container. */
  readonly cleanup: readonly string[];
}

/** One line of the guard's stdin. The end of stdin means: kill, remove the folder, exit. */
export type GuardCommand = "start" | "kill";

/** One line of the guard's stdout, as JSON. */
export type GuardEvent =
  | { readonly type: "started"; readonly pid: number }
  | { readonly type: "exited"; readonly code: number | null; readonly signal: string | null }
  | { readonly type: "failed"; readonly message: string };

/**
 * The guard's whole program. It is handed to `node -e` as text, so that it runs the same from `src` and from `dist`;
 * therefore it refers to nothing outside of itself and loads modules with `process.getBuiltinModule`.
 */
function guard(): void {
  const { spawn, spawnSync } = process.getBuiltinModule("node:child_process");
  const { closeSync, openSync, rmSync } = process.getBuiltinModule("node:fs");
  const { createInterface } = process.getBuiltinModule("node:readline");
  const task = JSON.parse(process.argv[1] ?? "") as GuardTask;
  const [cleanupCommand, ...cleanupArgs] = task.cleanup;
  let serverPid: number | undefined;
  let isEnding = false;

  const { stdin, stdout } = process;

  const say = (event: GuardEvent) => stdout.write(`${JSON.stringify(event)}\n`);

  const removeFolder = () => rmSync(task.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

  const kill = () => {
    if (serverPid === undefined) return;
    // The server leads a process group, so that its own children (ping, a browser) go with it.
    process.kill(-serverPid, "SIGKILL");
    if (cleanupCommand !== undefined) spawnSync(cleanupCommand, cleanupArgs, { stdio: "ignore", timeout: 30_000 });
  };

  const start = () => {
    const log = openSync(task.logFile, "a");
    const server = spawn(task.command, task.args, { cwd: task.cwd, detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    serverPid = server.pid;
    server.on("spawn", () => say({ type: "started", pid: server.pid ?? 0 }));
    server.on("error", (error) => {
      serverPid = undefined;
      say({ type: "failed", message: error.message });
    });
    server.on("exit", (code, signal) => {
      serverPid = undefined;
      say({ type: "exited", code, signal });
      if (isEnding) removeFolder();
    });
  };

  const end = () => {
    if (isEnding) return;
    isEnding = true;
    stdin.destroy();
    if (serverPid === undefined) removeFolder();
    else kill();
  };

  // The owner may have ended and read no more.
  stdout.on("error", () => undefined);
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  const commands: Readonly<Record<GuardCommand, () => void>> = { start, kill };
  createInterface({ input: stdin })
    .on("line", (line) => commands[line as GuardCommand]())
    .on("close", end);
}

/** The text for `node -e`. */
export const guardProgram = `(${guard.toString()})()`;
