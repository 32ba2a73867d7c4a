import type { ReportingCommand } from "../output/report-format.ts";
import type { Context } from "../run/context.ts";
import type { OutputFlags, ReportFlags } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { createTerminal } from "../run/terminal.ts";
import { parseReports } from "./reports/parse-reports.ts";

/** A command without output flags prints text. */
export type RunFlags = Partial<OutputFlags<string>> & ReportFlags & { readonly out?: string };

/**
 * Creates a run; nothing else does. `reportsOf` names the command whose reports it can write; undefined for a command
 * without `--report`. Throws UsageError as `parseReports` does.
 */
export function createRun<Flags extends RunFlags>(
  context: Context,
  flags: Flags,
  reportsOf: ReportingCommand | undefined,
): Run<Flags> {
  const reports = reportsOf === undefined ? [] : parseReports(flags, reportsOf, context);
  return { context, terminal: createTerminal(context, flags), flags, reports };
}
