/** `apply`: make the server equal the configuration, prove it, report it; with a file, exactly as it was approved. */
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { readConfiguration, refuseInvalid } from "./configuration.ts";
import { readConnection } from "./connection.ts";
import type { Context } from "./context.ts";
import { converge } from "./converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlags } from "./flags.ts";
import { parseReports, publish } from "./reports.ts";
import { runForTargets } from "./run-for-targets.ts";
import { loadPlan } from "./saved-plan.ts";
import { createTerminal } from "./terminal.ts";

export type ApplyCommandFlags = ConfigFlags & OutputFlags & ReportFlags & ServerFlags & ApplyFlags & TargetFlags;

/** `file` is a plan of `plan --out`; without it the plan is made now. */
export async function runApply(context: Context, file: string | undefined, flags: ApplyCommandFlags): Promise<Outcome> {
  if (file === undefined) return runForTargets(context, flags, applyOne);
  const saved = await loadPlan(file, context);
  const { target = saved.target === undefined ? undefined : [saved.target] } = flags;
  const scope = { ...flags, ...saved.shape, ...(target === undefined ? {} : { target }) };
  return applyOne(context, scope, { type: "approved", plan: saved.plan });
}

async function applyOne(
  context: Context,
  flags: ApplyCommandFlags,
  purpose: Parameters<typeof converge>[0]["purpose"] = { type: "apply" },
): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const publication = { context, terminal, reports: parseReports(flags.report ?? [], "apply") };
  const config = await readConfiguration(flags, context);
  if (hasErrors(config.findings)) return refuseInvalid(config, config.findings, publication);
  const connection = await readConnection(flags, context, terminal, config);
  const data = await converge({ config, connection, flags, purpose, context, terminal });
  await publish(data, publication);
  return data.outcome;
}
