/**
 * `plan`: shows what would change and why. Its client cannot write. This file imports little, so that the connection is
 * opened before the modules that read configurations are loaded.
 */
import type { Outcome } from "../model/exit-code.ts";
import { reportFormats } from "../output/report-format.ts";
import type { CommandDefinition } from "../run/command.ts";
import { isInteractive } from "../run/is-interactive.ts";
import {
  addConfigFlags,
  addFileArguments,
  addReportFlags,
  addScopeFlags,
  addSecretsFlag,
  addServerFlags,
  addTargetFlags,
} from "../run/declare-flags.ts";
import type { PlanFlags } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { connectEarly, type EarlyConnection } from "../workflows/connection/early-connection.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";

export const planCommand: CommandDefinition<PlanFlags> = {
  help: `
Examples:
  kuma-sync plan
  kuma-sync plan monitors/ shop.yaml          these files, as with -f
  kuma-sync plan --detailed-exitcode          for CI: 0 no changes, 2 changes
  kuma-sync plan --out plan.json --report markdown=plan.md
  kuma-sync plan --select "monitor/web-*"     a part; never removes anything
  kuma-sync plan --against snapshot.json      no credentials, no secrets: for
                                              forks
  kuma-sync plan --format json | jq .summary

Exit codes: 0 done, also when something blocks the plan; 2 changes (only with
--detailed-exitcode), 3 invalid configuration, 7 cannot connect or log in,
8 incompatible server, 9 the sample or a test of a monitor fails.
`,
  reportsOf: "plan",
  declare: (command) =>
    addReportFlags(
      addTargetFlags(
        addServerFlags(
          addScopeFlags(
            addSecretsFlag(
              addConfigFlags(
                addFileArguments(command)
                  .option("--detailed-exitcode", "exit 2 when there are changes, 0 when there are none")
                  .option("--full", "show every field, whole values, and every step")
                  .option("--out <file>", "save the plan, to apply it as it is")
                  .option("--against <file>", "plan against a snapshot, without credentials"),
              ),
              "with --against: compare",
            ),
          ),
        ),
      ),
      reportFormats.plan,
    ),
  run: runPlan,
};

async function runPlan(run: Run<PlanFlags>): Promise<Outcome> {
  const started = run.context.now();
  const early = canConnectEarly(run) ? await startEarly(run) : undefined;
  try {
    const [{ showPlan }] = await Promise.all([import("../workflows/planning/show-plan.ts"), early?.isAsked]);
    return await showPlan(run, { started, early });
  } catch (error) {
    // An open connection would keep the process running.
    await early?.abandon();
    throw error;
  }
}

/**
 * Not if a password prompt or stdin is needed: a person is asked only after the files were found to be right, and stdin
 * can be read once. Not for targets either, whose address is in the files.
 */
function canConnectEarly(run: Run<PlanFlags>): boolean {
  const { target = [], allTargets = false, against, passwordStdin = false } = run.flags;
  const isAlone = target.length === 0 && !allTargets && against === undefined;
  return isAlone && !passwordStdin && !isInteractive(run);
}

/** Undefined if it is not clear how to connect; the error is reported after the files were checked. */
async function startEarly(run: Run<PlanFlags>): Promise<EarlyConnection | undefined> {
  try {
    return connectEarly(await readConnection(run));
  } catch {
    return undefined;
  }
}
