/** `sandbox`: runs a throwaway Uptime Kuma with an administrator until Ctrl-C. */
import { Option } from "commander";
import type { Outcome } from "../model/exit-code.ts";
import { createDocument } from "../output/json.ts";
import { renderSandbox } from "../output/human/sandbox.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addOutputFlags, parsePort } from "../run/declare-flags.ts";
import type { OutputFlags } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { startAdministered, stopSandbox } from "../workflows/sandboxes/start-administered.ts";

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

async function runSandbox(run: Run<SandboxFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { via, port } = flags;
  const { sandbox, username, password } = await startAdministered(run, { via, port });
  try {
    const { url, version } = sandbox;
    terminal.print(renderSandbox({ url, version, username, password }, terminal.out.style));
    const body = { url, version, via: sandbox.via, username, password };
    terminal.printDocument(createDocument("sandbox", { type: "done" }, body));
    await interruption(context.signal);
    return { type: "done" };
  } finally {
    await stopSandbox(run, sandbox);
  }
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
