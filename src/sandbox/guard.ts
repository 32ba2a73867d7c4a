/**
 * A server that outlives its owner keeps a port and a folder that nobody knows of. An owner that was killed with SIGKILL
 * cannot clean up, so a second process, the guard, does: it starts the server as its child and watches its own stdin, a
 * pipe from the owner. The kernel closes the pipe however the owner ends (exit, Ctrl-C, exception, SIGKILL), and then the
 * guard stops the server and removes its folder.
 */

/** What the guard shall do; its only argument is this as JSON. */
export interface GuardTask {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The file for the server's stdout and stderr. */
  readonly logFile: string;
  /** The folder that is removed when the server has ended. */
  readonly folder: string;
  /** A command for after the kill, to remove what the kill does not reach, such as a container. */
  readonly cleanup: readonly string[];
}

/** One line of the guard's stdin. At the end of stdin the guard kills the server, removes the folder and exits. */
export type GuardCommand = "start" | "kill";

/** One line of the guard's stdout, as JSON. */
export type GuardEvent =
  | { readonly type: "started"; readonly pid: number }
  | { readonly type: "exited"; readonly code: number | null; readonly signal: string | null }
  | { readonly type: "failed"; readonly message: string };

/**
 * The whole program of the guard. `node -e` gets it as text, so that it runs the same from `src` and from `dist`.
 * Therefore it uses nothing outside of itself and loads modules with `process.getBuiltinModule`.
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
    // The server gets its own process group, so that its children (ping, a browser) are killed with it.
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

  // The owner may have ended, so that nobody reads stdout.
  stdout.on("error", () => undefined);
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  const commands: Readonly<Record<GuardCommand, () => void>> = { start, kill };
  createInterface({ input: stdin })
    .on("line", (line) => commands[line as GuardCommand]())
    .on("close", end);
}

/** The program for `node -e`. */
export const guardProgram = `(${guard.toString()})()`;
