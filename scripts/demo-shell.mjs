/** What the demos share: how they print, run the command line as a user would, and end. */
import { spawn } from "node:child_process";
import { once } from "node:events";

const program = new URL("../dist/cli.js", import.meta.url).pathname;
const root = new URL("..", import.meta.url).pathname;
/** Of `apply --wait` and `status`: a monitor is not up. That is a result to look at, not an end. */
const notUp = 9;

/** Whether the demo stops by itself when it has shown everything. */
export const isExiting = process.argv.includes("--exit") || process.env.KUMA_SYNC_DEMO_EXIT === "1";

/** Aborted by Ctrl-C and SIGTERM. */
export const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => interrupted.abort(signal));

/** Prints the command as a user would type it, runs it, and throws when it fails. */
export async function run(args, env, cwd = root) {
  say(`$ kuma-sync ${args.join(" ")}`);
  const [code, signal] = await once(start(args, env, { stdout: "inherit", cwd }), "exit");
  interrupted.signal.throwIfAborted();
  if (code === notUp) process.exitCode = notUp;
  else if (code !== 0) throw new Error(`kuma-sync ${args[0]} ended with ${code ?? signal}`);
}

/** Starts the command; Ctrl-C ends it, with `endWith`. */
export function start(args, env, { stdout, cwd = root, stdin = "inherit", endWith = "SIGTERM" }) {
  interrupted.signal.throwIfAborted();
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: [stdin, stdout, "inherit"] });
  const end = () => child.kill(endWith);
  interrupted.signal.addEventListener("abort", end);
  child.once("exit", () => interrupted.signal.removeEventListener("abort", end));
  return child;
}

export async function untilInterrupted() {
  // Something has to keep this process alive: neither the sandbox nor a promise does.
  const alive = setInterval(() => undefined, 2 ** 30);
  if (!interrupted.signal.aborted) await once(interrupted.signal, "abort");
  clearInterval(alive);
}

/** A heading, or a command. */
export function say(line) {
  process.stdout.write(`\n${line}\n`);
}

export function note(line) {
  process.stdout.write(`  ${line}\n`);
}
