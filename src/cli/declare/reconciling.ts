/** The commands that compare a configuration with a server, or bring the server in line. */
import { InvalidArgumentError, Option } from "commander";
import { kindNames } from "../../model/entity.ts";
import { reportFormats } from "../../output/report-format.ts";
import type { ApplyCommandFlags } from "../../commands/apply.ts";
import type { DestroyFlags } from "../../commands/destroy.ts";
import {
  addApplyFlags,
  addConfigFlags,
  addOutputFlags,
  addReportFlags,
  addScopeFlags,
  addSecretsFlag,
  addSharedFlag,
  addServerFlags,
  addTargetFlag,
  addTargetFlags,
  addText,
} from "../../run/declare-flags.ts";
import { commandHelp } from "../help-texts.ts";
import type { ImportFlags } from "../../commands/import.ts";
import type { PlanFlags } from "../../run/plan-flags.ts";
import type { ShowFlags } from "../../commands/show.ts";
import type { SnapshotFlags } from "../../commands/snapshot.ts";
import type { StatusFlags } from "../../commands/status.ts";
import type { TestNotificationFlags } from "../../commands/test-notification.ts";
import type { Declaring } from "./declaring.ts";

export function declareReconciling({ add, context, end }: Declaring): void {
  const plan = add("plan", "show what would change; writes nothing")
    .alias("diff")
    .option("--detailed-exitcode", "exit 2 when there are changes, 0 when there are none")
    .option("--full", "show default fields, whole values, and every step of a fold")
    .option("--out <file>", "save the plan, to apply it as it is")
    .option("--against <file>", "plan against a snapshot, without credentials");
  const configured = addSecretsFlag(addConfigFlags(plan), "with --against: compare");
  addReportFlags(addTargetFlags(addServerFlags(addScopeFlags(configured))), reportFormats.plan).action(
    async (flags: PlanFlags) => end(await (await import("../../commands/plan.ts")).runPlan(context, flags)),
  );

  const apply = add("apply", "make the server match the configuration, and verify it").argument(
    "[plan]",
    "a saved plan: carried out as it was approved, or not at all",
  );
  addReportFlags(addTargetFlags(addServerFlags(addApplyFlags(addConfigFlags(apply)))), reportFormats.apply).action(
    async (file: string | undefined, flags: ApplyCommandFlags) =>
      end(await (await import("../../commands/apply.ts")).runApply(context, file, flags)),
  );

  const show = add("show", "show a saved plan again, in any format")
    .argument("<plan>", "a file of plan --out")
    .option("--full", "show default fields, whole values, and every step of a fold");
  addReportFlags(show, reportFormats.plan).action(async (file: string, flags: ShowFlags) =>
    end(await (await import("../../commands/show.ts")).runShow(context, file, flags)),
  );

  const destroy = add("destroy", "delete everything that the project owns on a server").option(
    "--confirm <project@host>",
    "the names of the project and of the server, as a person would write them",
  );
  addSharedFlag(destroy);
  addReportFlags(addTargetFlag(addServerFlags(addConfigFlags(destroy))), reportFormats.apply).action(
    async (flags: DestroyFlags) => end(await (await import("../../commands/destroy.ts")).runDestroy(context, flags)),
  );

  const imported = add("import", "write YAML for what is on a server; planning it shows no changes")
    .option("--project <name>", "name of the project (default: the only one there is, or monitoring)")
    .option("--select <pattern>", "only these, by key or name: web-*; may be repeated", addText)
    .addOption(new Option("--kind <kind>", "only this kind; may be repeated").choices(kindNames).argParser(addKind))
    .option("--out <file>", "where to write it (default: stdout); never over a file that is there")
    .option("--split <dir>", "one file for each group, and one for the rest")
    .option("--secrets-file <file>", "also write the values of the secrets, readable for you alone")
    .option("--plain <field>", "write this sensitive field as it is; may be repeated", addText)
    .option("--no-adopt", "without adopt: entries");
  addOutputFlags(addServerFlags(imported)).action(async (flags: ImportFlags) =>
    end(await (await import("../../commands/import.ts")).runImport(context, flags)),
  );

  const snapshot = add("snapshot", "write what a server holds, without its secrets")
    .option("--out <file>", "where to write it (default: stdout)")
    .option("--project <name>", "whose ledger goes along (default: the only project there is)");
  addOutputFlags(addServerFlags(snapshot)).action(async (flags: SnapshotFlags) =>
    end(await (await import("../../commands/snapshot.ts")).runSnapshot(context, flags)),
  );

  const status = add("status", "show what the managed monitors say now").option(
    "--watch",
    "go on until Ctrl-C: the table redrawn, or without a terminal a line for each change",
  );
  addOutputFlags(addTargetFlags(addServerFlags(addConfigFlags(status)))).action(async (flags: StatusFlags) =>
    end(await (await import("../../commands/status.ts")).runStatus(context, flags)),
  );

  const test = add("notifications", "try the notifications of the configuration")
    .helpCommand(false)
    .command("test")
    .description("send a test message, by the server")
    .argument("<key>", "the key of a declared notification, applied or not")
    .addHelpText("after", commandHelp.notifications);
  addOutputFlags(addTargetFlag(addServerFlags(addConfigFlags(test)))).action(
    async (key: string, flags: TestNotificationFlags) =>
      end(await (await import("../../commands/test-notification.ts")).runTestNotification(context, key, flags)),
  );
}

/** A parser of our own takes the place of the one that knows the choices. */
function addKind(text: string, before: readonly string[] | undefined): readonly string[] {
  if (!kindNames.some((kind) => kind === text))
    throw new InvalidArgumentError(`Allowed choices are ${kindNames.join(", ")}.`);
  return addText(text, before);
}
