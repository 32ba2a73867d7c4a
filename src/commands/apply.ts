/** `apply`: makes the server match the configuration, and verifies it; with a file, exactly as it was approved. */
import type { Config } from "../config/config.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { reportFormats } from "../output/report-format.ts";
import { readConfiguration, resolveConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { Purpose } from "../workflows/applying/consent.ts";
import type { CommandDefinition } from "../run/command.ts";
import {
  addApplyFlags,
  addConfigFlags,
  addFileArguments,
  addReportFlags,
  addServerFlags,
  addTargetFlags,
} from "../run/declare-flags.ts";
import { converge } from "../workflows/applying/converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlags } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { isPlanShaped } from "../workflows/planning/plan-options.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { publish } from "../workflows/reports/publish.ts";
import { runForTargets } from "../workflows/targets/run-for-targets.ts";
import { readApplyArguments } from "../workflows/planning/apply-arguments.ts";
import { loadPlan } from "../workflows/planning/saved-plan.ts";
import type { Run } from "../run/run.ts";

type ApplyCommandFlags = ConfigFlags & OutputFlags & ReportFlags & ServerFlags & ApplyFlags & TargetFlags;

export const applyCommand: CommandDefinition<ApplyCommandFlags> = {
  help: `
Shows the plan, asks, applies, and plans again to prove that nothing is left.

Examples:
  kuma-sync apply
  kuma-sync apply --auto-approve --wait 60s   for CI
  kuma-sync apply --auto-approve --allow-deletes 2
  kuma-sync apply plan.json                   exactly what was saved, or exit 6
  kuma-sync apply shop.yaml                   this configuration, as with -f
  kuma-sync apply --all-targets --auto-approve

A file that plan --out has written is a saved plan, and so is an argument that
ends in .json or is a pipe and holds no configuration.

Exit codes: 0 done, 3 invalid configuration, 4 partly done or not converged,
5 refused, 6 the saved plan is stale or another run is writing,
7 cannot connect or log in, 8 incompatible server,
9 the sample or a test of a monitor fails (nothing was written), or a new
monitor is not up (--wait).
`,
  reportsOf: "apply",
  declare: (command) =>
    addReportFlags(
      addTargetFlags(
        addServerFlags(
          addApplyFlags(
            addConfigFlags(
              addFileArguments(command, "; or a saved plan: carried out as it was approved, or not at all"),
            ),
          ),
        ),
      ),
      reportFormats.apply,
    ),
  run: runApply,
};

type ApplyRun = Run<ApplyCommandFlags>;

async function runApply(run: ApplyRun): Promise<Outcome> {
  refuseUntrusted(run, "apply");
  const { plan, files } = await readApplyArguments(run);
  if (plan !== undefined) return applySaved(run, plan, files);
  return runForTargets(run, "apply", async (own, opened) =>
    applyConfiguration(own, await resolveConfiguration(own, opened, "real"), { type: "apply" }),
  );
}

/** `files` are the arguments that are no plan. */
async function applySaved(run: ApplyRun, file: string, files: readonly string[]): Promise<Outcome> {
  const { flags } = run;
  if (isPlanShaped(flags)) {
    throw new UsageError(
      "a saved plan is applied as it was made, with the flags and consents it holds",
      "give these flags to plan --out instead",
    );
  }
  const { plan, target, shape } = await loadPlan(run, file);
  const own = flags.target === undefined && target !== undefined ? { target: [target] } : {};
  const asPlanned: ApplyRun = { ...run, flags: { ...flags, ...shape, ...own, files } };
  return applyConfiguration(asPlanned, await readConfiguration(asPlanned, "real"), { type: "approved", plan });
}

async function applyConfiguration(run: ApplyRun, config: Config, purpose: Purpose): Promise<Outcome> {
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(run, config, config.findings);
  const connection = await readConnection(run, config);
  return publish(run, await converge(run, { config, connection, purpose }));
}
