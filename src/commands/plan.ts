/**
 * `plan`: what would change, and why. Its client has no way to write. This file is little on purpose: the connection is
 * opened before everything that reads configurations is loaded.
 */
import type { Outcome } from "../model/exit-code.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { isInteractive, type Context } from "../run/context.ts";
import { connectEarly, type EarlyConnection } from "../workflows/connection/early-connection.ts";
import type { PlanFlags } from "../run/plan-flags.ts";
import { parseReports } from "../workflows/reports/reports.ts";
import { createTerminal, type Terminal } from "../run/terminal.ts";

export async function runPlan(context: Context, flags: PlanFlags): Promise<Outcome> {
  const started = context.now();
  const terminal = createTerminal(context, flags);
  // Flags that cannot be meant are told before anybody logs in.
  parseReports(flags, "plan", context);
  const early = isEarly(context, flags) ? await startEarly(flags, context, terminal) : undefined;
  try {
    const [{ showPlan }] = await Promise.all([import("../workflows/planning/show-plan.ts"), early?.isAsked]);
    return await showPlan({ context, flags, started, early });
  } catch (error) {
    // A connection that nobody closes would hold the process open.
    await early?.abandon();
    throw error;
  }
}

/**
 * Who may be asked for a password is asked once the files are right, and stdin can be read once; a target's address stands in
 * the files.
 */
function isEarly(context: Context, flags: PlanFlags): boolean {
  const { target = [], allTargets = false, against, passwordStdin = false } = flags;
  const isAlone = target.length === 0 && !allTargets && against === undefined;
  return isAlone && !passwordStdin && !isInteractive(context, flags);
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
