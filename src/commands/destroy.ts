/** `destroy`: delete what the project owns on one server. */
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { readConfiguration, refuseInvalid } from "./configuration.ts";
import { readConnection } from "./connection.ts";
import type { Context } from "./context.ts";
import { converge } from "./converge.ts";
import type { ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlags } from "./flags.ts";
import { parseReports, publish } from "./reports.ts";
import { createTerminal } from "./terminal.ts";

export interface DestroyFlags extends ConfigFlags, OutputFlags, ReportFlags, ServerFlags, TargetFlags {
  /** `project@host`, as a person has to write it. */
  readonly confirm?: string;
}

export async function runDestroy(context: Context, flags: DestroyFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const publication = { context, terminal, reports: parseReports(flags.report ?? [], "apply") };
  const config = await readConfiguration(flags, context);
  if (hasErrors(config.findings)) return refuseInvalid(config, config.findings, publication);
  const connection = await readConnection(flags, context, terminal, config);
  const purpose = { type: "destroy", confirm: flags.confirm } as const;
  const scope = { allowDeletes: 0, deletes: true, onError: "continue" } as const;
  const data = await converge({
    config,
    connection,
    flags: { input: flags.input, ...scope },
    purpose,
    context,
    terminal,
  });
  await publish(data, publication);
  return data.outcome;
}
