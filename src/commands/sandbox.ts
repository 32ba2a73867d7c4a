/** `sandbox`: runs a throwaway Uptime Kuma with an administrator until Ctrl-C. */
import { Option } from "commander";
import { bootstrap } from "../kuma/bootstrap/bootstrap.ts";
import { MachineError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { createDocument } from "../output/json.ts";
import { renderSandbox } from "../output/human/sandbox.ts";
import { SandboxError } from "../sandbox/sandbox-error.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { isPortTaken } from "../sandbox/wait-until-ready.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addOutputFlags, parsePort } from "../run/declare-flags.ts";
import type { OutputFlags } from "../run/flags.ts";
import { newPassword } from "../workflows/open-webui/new-password.ts";
import type { Run } from "../run/run.ts";

interface SandboxFlags extends OutputFlags {
  readonly port?: number;
  readonly via: "auto" | "docker" | "npm";
}

export const sandboxCommand: CommandDefinition<SandboxFlags> = {
  help: `
A real Uptime Kuma in a temporary folder on loopback: with Docker when a daemon
answers, otherwise from npm, which is installed into the user's cache folder the
first time.

Example:
  kuma-sync sandbox                           prints the address and the login
`,
  declare: (command) =>
    addOutputFlags(
      command
        .option("--port <port>", "port on 127.0.0.1 (default: a free one)", parsePort)
        .addOption(new Option("--via <way>", "how to run it").choices(["auto", "docker", "npm"]).default("auto")),
    ),
  run: runSandbox,
};

const username = "admin";
const bootstrapLimitMs = 120_000;
/** Milliseconds; part of the second in which a signal must end every command. */
const stopLimitMs = 500;

async function runSandbox(run: Run<SandboxFlags>): Promise<Outcome> {
  const { context, terminal } = run;
  const sandbox = await start(run);
  try {
    const password = newPassword();
    await bootstrap({
      url: sandbox.url,
      username,
      password,
      database: { type: "sqlite" },
      timeoutMs: bootstrapLimitMs,
      onProgress: (text) => terminal.status(text),
      signal: context.signal,
    });
    const { url, version, via } = sandbox;
    terminal.print(renderSandbox({ url, version, username, password }, terminal.out.style));
    terminal.printDocument(createDocument("sandbox", { type: "done" }, { url, version, via, username, password }));
    await interruption(context.signal);
    return { type: "done" };
  } finally {
    terminal.status("stopping the server and removing its data");
    // The sandbox's guard process continues after this process has ended.
    await Promise.race([sandbox.stop(), pause(stopLimitMs)]);
  }
}

async function start({ context, terminal, flags }: Run<SandboxFlags>): Promise<Sandbox> {
  const { port, via } = flags;
  try {
    return await startSandbox({ via, port, signal: context.signal, onProgress: (text) => terminal.status(text) });
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    if (port !== undefined && isPortTaken(error)) {
      const hint = "give another --port, or none for a free one";
      throw new MachineError(`port ${port} of 127.0.0.1 is taken`, { cause: error, hint });
    }
    throw new MachineError(error.message, { cause: error, ...(error.hint === undefined ? {} : { hint: error.hint }) });
  }
}

/** Does not keep the process running. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}

/** Ctrl-C ends a sandbox normally; it is not a failure. */
function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A signal listener does not keep Node running; a timer does.
    const alive = setInterval(() => undefined, 60_000);
    const finish = (): void => {
      clearInterval(alive);
      resolve();
    };
    signal.addEventListener("abort", finish, { once: true });
    if (signal.aborted) finish();
  });
}
