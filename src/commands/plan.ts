/**
 * `plan`: what would change, and why. Its client has no way to write. This file is little on purpose: the connection is
 * opened before everything that reads configurations is loaded.
 */
import type { Outcome } from "../model/exit-code.ts";
import { readConnection } from "./connection.ts";
import { isInteractive, type Context } from "./context.ts";
import { connectEarly, type EarlyConnection } from "./early-connection.ts";
import type { ConfigFlags, OutputFlags, ScopeFlags, ServerFlags } from "./flags.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

export interface PlanFlags extends ConfigFlags, OutputFlags, ServerFlags, ScopeFlags {
  readonly detailedExitcode?: boolean;
  readonly full?: boolean;
}

export async function runPlan(context: Context, flags: PlanFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const started = context.now();
  // Who may be asked for a password is asked once the files are right.
  const early = isInteractive(context, flags) ? undefined : await startEarly(flags, context, terminal);
  const [{ showPlan }] = await Promise.all([import("./show-plan.ts"), early?.isAsked]);
  return showPlan({ context, flags, terminal, started, early });
}

/** Undefined when it is not clear how to connect: that is said once the files are right. */
async function startEarly(
  flags: PlanFlags,
  context: Context,
  terminal: Terminal,
): Promise<EarlyConnection | undefined> {
  try {
    return connectEarly(await readConnection(flags, context, terminal));
  } catch {
    return undefined;
  }
}
