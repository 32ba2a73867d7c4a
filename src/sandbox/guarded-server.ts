import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createInterface } from "node:readline";
import { guardProgram, type GuardCommand, type GuardEvent, type GuardTask } from "./guard.ts";
import { SandboxError } from "./sandbox-error.ts";

/** Through this the owner controls the guard and its server. */
export interface GuardedServer {
  /** Undefined while the server does not run. */
  readonly pid: number | undefined;
  /** Starts the server, also after it was killed. Resolves when its process exists. */
  start(): Promise<void>;
  /** Sends SIGKILL to the server and its children. */
  kill(): void;
  /** Resolves when the server does not run. */
  exited(): Promise<void>;
  /** Kills the server and resolves when it, its folder and the guard are gone. May be called again. */
  end(): Promise<void>;
}

/** Starts a guard, but not yet its server. `env` is the environment of the server. */
export function guardServer(task: GuardTask, env: NodeJS.ProcessEnv): GuardedServer {
  // In its own session, so that Ctrl-C in the terminal reaches only the owner.
  const guard = spawn(process.execPath, ["-e", guardProgram, JSON.stringify(task)], {
    detached: true,
    env,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const gone = once(guard, "exit");
  const events = new EventEmitter<{ event: [GuardEvent] }>();
  let pid: number | undefined;

  const take = (event: GuardEvent) => {
    pid = event.type === "started" ? event.pid : undefined;
    events.emit("event", event);
  };
  createInterface({ input: guard.stdout }).on("line", (line) => take(JSON.parse(line) as GuardEvent));
  guard.on("exit", () => take({ type: "failed", message: "its guard has ended" }));
  // A write to a guard that has just ended fails; the exit event above is enough.
  guard.stdin.on("error", () => undefined);
  keepOwnerAlive(guard, false);

  const send = (command: GuardCommand) => guard.stdin.write(`${command}\n`);
  const nextEvent = async () => {
    keepOwnerAlive(guard, true);
    const [event] = (await once(events, "event")) as [GuardEvent];
    keepOwnerAlive(guard, false);
    return event;
  };
  return {
    get pid() {
      return pid;
    },
    async start() {
      send("start");
      const event = await nextEvent();
      if (event.type === "failed") throw new SandboxError(`the server could not be started: ${event.message}`);
    },
    kill() {
      send("kill");
    },
    async exited() {
      if (pid !== undefined) await nextEvent();
    },
    async end() {
      keepOwnerAlive(guard, true);
      guard.stdin.end();
      await gone;
    },
  };
}

/** A running sandbox must not keep its owner alive, because the owner's end stops it; waiting for the guard must. */
function keepOwnerAlive(guard: ChildProcess, isAwaited: boolean): void {
  const handles = [guard, guard.stdin, guard.stdout] as unknown as readonly { ref(): void; unref(): void }[];
  for (const handle of handles) {
    if (isAwaited) handle.ref();
    else handle.unref();
  }
}
