/** `show`: a saved plan once more, in any format. */
import type { Outcome } from "../model/exit-code.ts";
import { renderPlan } from "../output/human/plan.ts";
import type { Context } from "../run/context.ts";
import type { OutputFlags, ReportFlags } from "../run/flags.ts";
import { parseReports, publish } from "../workflows/reports/reports.ts";
import { loadPlan } from "../workflows/planning/saved-plan.ts";
import { createTerminal } from "../run/terminal.ts";

export interface ShowFlags extends OutputFlags, ReportFlags {
  readonly full?: boolean;
}

export async function runShow(context: Context, file: string, flags: ShowFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const reports = parseReports(flags, "plan", context);
  const { plan, target } = await loadPlan(file, context);
  terminal.print(renderPlan(plan, { ...terminal.out, isFull: flags.full === true, ms: 0 }));
  const data = {
    type: "plan",
    outcome: { type: "done" },
    plan,
    findings: [],
    sources: new Map(),
    target,
    ms: 0,
  } as const;
  return publish(data, { context, terminal, reports });
}
