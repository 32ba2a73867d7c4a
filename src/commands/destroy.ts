/** `destroy`: delete what the project owns on one server. */
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { readConfiguration, refuseInvalid } from "../workflows/configuration/configuration.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import type { Context } from "../run/context.ts";
import { converge } from "../workflows/applying/converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlag } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { parseReports, publish } from "../workflows/reports/reports.ts";
import { createTerminal } from "../run/terminal.ts";

export interface DestroyFlags extends ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlag {
  /** `project@host`, as a person has to write it. */
  readonly confirm?: string;
  readonly allowSharedChanges?: boolean;
}

/** All of the project, and whatever can go is to go; who consents to that is the purpose's concern. */
const everything: ApplyFlags = { allowDeletes: 0, deletes: true, onError: "continue" };

export async function runDestroy(context: Context, flags: DestroyFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const publication = { context, terminal, reports: parseReports(flags, "apply", context) };
  refuseUntrusted("destroy", context);
  const config = await readConfiguration(flags, context, "hidden");
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(config, config.findings, publication);
  const connection = await readConnection(flags, context, terminal, config);
  const { input, allowSharedChanges = false } = flags;
  const scope = { ...everything, input, allowSharedChanges };
  const purpose = { type: "destroy", confirm: flags.confirm } as const;
  return publish(await converge({ config, connection, flags: scope, purpose, context, terminal }), publication);
}
