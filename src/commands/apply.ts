/** `apply`: make the server match the configuration, prove it, report it; with a file, exactly as it was approved. */
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { readConfiguration, refuseInvalid } from "../workflows/configuration/configuration.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { Purpose } from "../workflows/applying/consent.ts";
import type { Context } from "../run/context.ts";
import { converge } from "../workflows/applying/converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlags } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { isPlanShaped } from "../workflows/planning/plan-options.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { parseReports, publish } from "../workflows/reports/reports.ts";
import { runForTargets } from "../workflows/targets/run-for-targets.ts";
import { loadPlan } from "../workflows/planning/saved-plan.ts";
import { createTerminal } from "../run/terminal.ts";

export type ApplyCommandFlags = ConfigFlags & OutputFlags & ReportFlags & ServerFlags & ApplyFlags & TargetFlags;

/** `file` is a plan of `plan --out`; without it the plan is made now. */
export async function runApply(context: Context, file: string | undefined, flags: ApplyCommandFlags): Promise<Outcome> {
  refuseUntrusted("apply", context);
  if (file !== undefined) return applySaved(file, context, flags);
  const run = (own: Context, ownFlags: ApplyCommandFlags): Promise<Outcome> =>
    applyOne(own, ownFlags, { type: "apply" });
  return runForTargets({ context, flags, command: "apply", run });
}

async function applySaved(file: string, context: Context, flags: ApplyCommandFlags): Promise<Outcome> {
  if (isPlanShaped(flags)) {
    throw new UsageError(
      "a saved plan is applied as it was made, with the flags and consents it holds",
      "give these flags to plan --out instead",
    );
  }
  const { plan, target, shape } = await loadPlan(file, context);
  const own = flags.target === undefined && target !== undefined ? { target: [target] } : {};
  return applyOne(context, { ...flags, ...shape, ...own }, { type: "approved", plan });
}

async function applyOne(context: Context, flags: ApplyCommandFlags, purpose: Purpose): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const publication = { context, terminal, reports: parseReports(flags, "apply", context) };
  const config = await readConfiguration(flags, context, "real");
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(config, config.findings, publication);
  const connection = await readConnection(flags, context, terminal, config);
  return publish(await converge({ config, connection, flags, purpose, context, terminal }), publication);
}
