/** `sandbox`: a throwaway Uptime Kuma with an administrator, until Ctrl-C. */
import { bootstrap } from "../kuma/bootstrap.ts";
import { MachineError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { createDocument } from "../output/json.ts";
import type { Style } from "../output/style.ts";
import { SandboxError } from "../sandbox/sandbox-error.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { isPortTaken } from "../sandbox/wait-until-ready.ts";
import type { Context } from "../run/context.ts";
import type { OutputFlags } from "../run/flags.ts";
import { newPassword } from "../workflows/open-webui/new-password.ts";
import { createTerminal, type Terminal } from "../run/terminal.ts";

export interface SandboxFlags extends OutputFlags {
  readonly port?: number;
  readonly via: "auto" | "docker" | "npm";
}

const username = "admin";
const bootstrapLimitMs = 120_000;
/** Milliseconds, of the second in which a signal ends every command. */
const stopLimitMs = 500;

export async function runSandbox(context: Context, flags: SandboxFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const sandbox = await start(context, flags, terminal);
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
    terminal.clearStatus();
    const { url, version, via } = sandbox;
    terminal.print(welcomeText({ url, version, password }, terminal.out.style));
    terminal.printDocument(createDocument("sandbox", { type: "done" }, { url, version, via, username, password }));
    await interruption(context.signal);
    return { type: "done" };
  } finally {
    terminal.status("stopping the server and removing its data");
    // Its guard goes on with that when this process has ended.
    await Promise.race([sandbox.stop(), pause(stopLimitMs)]);
    terminal.clearStatus();
  }
}

async function start(context: Context, { port, via }: SandboxFlags, terminal: Terminal): Promise<Sandbox> {
  try {
    return await startSandbox({ via, port, signal: context.signal, onProgress: (text) => terminal.status(text) });
  } catch (error) {
    terminal.clearStatus();
    if (!(error instanceof SandboxError)) throw error;
    if (port !== undefined && isPortTaken(error)) {
      const hint = "give another --port, or none for a free one";
      throw new MachineError(`port ${port} of 127.0.0.1 is taken`, { cause: error, hint });
    }
    throw new MachineError(error.message, { cause: error, ...(error.hint === undefined ? {} : { hint: error.hint }) });
  }
}

/** Does not hold the process. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}

/** Ctrl-C is how a sandbox is meant to end, so it is no failure here. */
function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A listener for a signal does not keep Node running; a timer does.
    const alive = setInterval(() => undefined, 60_000);
    const finish = (): void => {
      clearInterval(alive);
      resolve();
    };
    signal.addEventListener("abort", finish, { once: true });
    if (signal.aborted) finish();
  });
}

function welcomeText(
  { url, version, password }: { readonly url: string; readonly version: string; readonly password: string },
  style: Style,
): string {
  return [
    `${style.green("Running:")} a throwaway Uptime Kuma (${version}) at ${style.bold(url)}`,
    "",
    `  user      ${username}`,
    `  password  ${password}`,
    "",
    "To use it from another shell:",
    "",
    `  export KUMA_SYNC_URL=${url}`,
    `  export KUMA_SYNC_USERNAME=${username}`,
    `  export KUMA_SYNC_PASSWORD=${password}`,
    "",
    style.dim("Ctrl-C stops it and removes everything."),
    "",
  ].join("\n");
}
