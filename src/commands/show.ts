/** `show`: prints a saved plan again, in any format. */
import type { Outcome } from "../model/exit-code.ts";
import { renderPlan } from "../output/human/plan.ts";
import { reportFormats } from "../output/report-format.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addReportFlags } from "../run/declare-flags.ts";
import type { OutputFlags, ReportFlags } from "../run/flags.ts";
import { publish } from "../workflows/reports/publish.ts";
import { loadPlan } from "../workflows/planning/saved-plan.ts";
import type { Run } from "../run/run.ts";

interface ShowFlags extends OutputFlags, ReportFlags {
  /** A file of `plan --out`. */
  readonly plan: string;
  readonly full?: boolean;
}

export const showCommand: CommandDefinition<ShowFlags> = {
  help: `
Examples:
  kuma-sync show plan.json --full
  kuma-sync show plan.json --report html=plan.html
`,
  reportsOf: "plan",
  declare: (command) =>
    addReportFlags(
      command
        .argument("<plan>", "a file of plan --out")
        .option("--full", "show every field, whole values, and every step"),
      reportFormats.plan,
    ),
  run: runShow,
};

async function runShow(run: Run<ShowFlags>): Promise<Outcome> {
  const { terminal, flags } = run;
  const { plan, target } = await loadPlan(run, flags.plan);
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
  return publish(run, data);
}
