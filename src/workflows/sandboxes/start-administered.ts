/** A throwaway Uptime Kuma that somebody can log in to. */
import { bootstrap } from "../../kuma/bootstrap/bootstrap.ts";
import { MachineError } from "../../model/errors.ts";
import { SandboxError } from "../../sandbox/sandbox-error.ts";
import type { Sandbox, SandboxOptions } from "../../sandbox/sandbox.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { isPortTaken } from "../../sandbox/wait-until-ready.ts";
import type { Run } from "../../run/run.ts";
import { newPassword } from "../open-webui/new-password.ts";

export interface AdministeredSandbox {
  readonly sandbox: Sandbox;
  readonly username: string;
  readonly password: string;
}

const username = "admin";
const bootstrapLimitMs = 120_000;
/** Milliseconds; part of the second in which a signal must end every command. */
const stopLimitMs = 500;

/** Starts it with an administrator. The caller ends it with `stopSandbox`. Throws MachineError, or the signal's reason. */
export async function startAdministered(
  run: Run,
  options: Pick<SandboxOptions, "via" | "port">,
): Promise<AdministeredSandbox> {
  const { context, terminal } = run;
  const sandbox = await start(run, options);
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
    return { sandbox, username, password };
  } catch (error) {
    await stopSandbox(run, sandbox);
    throw error;
  }
}

export async function stopSandbox({ terminal }: Run, sandbox: Sandbox): Promise<void> {
  terminal.status("stopping the server and removing its data");
  // The sandbox's guard process continues after this process has ended.
  await Promise.race([sandbox.stop(), pause(stopLimitMs)]);
}

async function start(
  { context, terminal }: Run,
  { via, port }: Pick<SandboxOptions, "via" | "port">,
): Promise<Sandbox> {
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
