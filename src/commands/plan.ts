/** `plan`: what would change, and why. Its client has no way to write. */
import { kinds } from "../kinds/index.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import { observe } from "../kuma/observe.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { hasChanges } from "../output/human/plan-summary.ts";
import { renderPlan } from "../output/human/plan.ts";
import { createDocument } from "../output/json.ts";
import { makePlan } from "../plan/make-plan.ts";
import { checkForServer, readConfiguration, refuseInvalid, showWarnings } from "./configuration.ts";
import { readConnection } from "./connection.ts";
import { isInteractive, untilAborted, type Context } from "./context.ts";
import { connectEarly, type EarlyConnection } from "./early-connection.ts";
import type { ConfigFlags, OutputFlags, ScopeFlags, ServerFlags } from "./flags.ts";
import { planOptions } from "./plan-options.ts";
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
  await early?.isAsked;
  const config = await readConfiguration(flags, context);
  if (hasErrors(config.findings)) {
    await early?.abandon();
    return refuseInvalid(config, config.findings, terminal);
  }

  const reader = await (early?.reader ?? connectReadOnly(await readConnection(flags, context, terminal)));
  try {
    const { desired, findings } = checkForServer(config, reader.server);
    if (desired === undefined) return refuseInvalid(config, findings, terminal);
    showWarnings(config, findings, terminal);
    const observed = await untilAborted(observe(reader, kinds, { fresh: false }), context.signal);
    const plan = makePlan({ desired, observed, options: planOptions(flags) });
    const outcome: Outcome =
      flags.detailedExitcode === true && hasChanges(plan) ? { type: "changes" } : { type: "done" };
    terminal.print(renderPlan(plan, { ...terminal.out, isFull: flags.full === true, ms: context.now() - started }));
    terminal.printDocument(createDocument("plan", outcome, { ...plan, findings }));
    return outcome;
  } finally {
    terminal.clearStatus();
    await reader.close();
  }
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
