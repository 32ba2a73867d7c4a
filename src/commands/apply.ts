/** `apply`: make the server equal the configuration, prove it, report it. */
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { readConfiguration, refuseInvalid } from "./configuration.ts";
import { readConnection } from "./connection.ts";
import type { Context } from "./context.ts";
import { converge } from "./converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ServerFlags } from "./flags.ts";
import { createTerminal } from "./terminal.ts";

export type ApplyCommandFlags = ConfigFlags & OutputFlags & ServerFlags & ApplyFlags;

export async function runApply(context: Context, flags: ApplyCommandFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const config = await readConfiguration(flags, context);
  if (hasErrors(config.findings)) return refuseInvalid(config, config.findings, terminal);
  const connection = await readConnection(flags, context, terminal);
  const { outcome, document } = await converge({ config, connection, flags, context, terminal });
  terminal.printDocument(document);
  return outcome;
}
