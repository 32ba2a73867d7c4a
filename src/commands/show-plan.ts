/** From a configuration and a connection to a plan on the screen. */
import { kinds } from "../kinds/index.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import { neededKinds } from "../kuma/needed-kinds.ts";
import { observe } from "../kuma/observe.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { hasChanges } from "../output/human/plan-summary.ts";
import { renderPlan } from "../output/human/plan.ts";
import { createDocument } from "../output/json.ts";
import { makePlan } from "../plan/make-plan.ts";
import { checkForServer, readConfiguration, refuseInvalid, showWarnings } from "./configuration.ts";
import { readConnection } from "./connection.ts";
import { untilAborted, type Context } from "./context.ts";
import type { EarlyConnection } from "./early-connection.ts";
import { planOptions } from "./plan-options.ts";
import type { PlanFlags } from "./plan.ts";
import type { Terminal } from "./terminal.ts";

export interface ShowPlanInput {
  readonly context: Context;
  readonly flags: PlanFlags;
  readonly terminal: Terminal;
  /** By the context's clock. */
  readonly started: number;
  readonly early: EarlyConnection | undefined;
}

export async function showPlan({ context, flags, terminal, started, early }: ShowPlanInput): Promise<Outcome> {
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
    const scope = { fresh: false, project: desired.project, needed: neededKinds(desired) };
    const observed = await untilAborted(observe(reader, kinds, scope), context.signal);
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
