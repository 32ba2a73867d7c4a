/** The commands that compare a configuration with a server, or bring the server in line. */
import type { ApplyCommandFlags } from "../apply.ts";
import { addApplyFlags, addConfigFlags, addOutputFlags, addScopeFlags, addServerFlags } from "../flags.ts";
import type { PlanFlags } from "../plan.ts";
import type { StatusFlags } from "../status.ts";
import type { Declaring } from "./declaring.ts";

export function declareReconciling({ add, context, end }: Declaring): void {
  const plan = add("plan", "show what would change; writes nothing")
    .alias("diff")
    .option("--detailed-exitcode", "exit 2 when there are changes, 0 when there are none")
    .option("--full", "show default fields, whole values, and every step of a fold");
  addOutputFlags(addServerFlags(addScopeFlags(addConfigFlags(plan)))).action(async (flags: PlanFlags) =>
    end(await (await import("../plan.ts")).runPlan(context, flags)),
  );

  const apply = add("apply", "make the server equal the configuration, and verify it");
  addOutputFlags(addServerFlags(addApplyFlags(addConfigFlags(apply)))).action(async (flags: ApplyCommandFlags) =>
    end(await (await import("../apply.ts")).runApply(context, flags)),
  );

  const status = add("status", "show what the managed monitors say now").option(
    "--watch",
    "go on until Ctrl-C: the table redrawn, or without a terminal a line for each change",
  );
  addOutputFlags(addServerFlags(addConfigFlags(status))).action(async (flags: StatusFlags) =>
    end(await (await import("../status.ts")).runStatus(context, flags)),
  );
}
