/** One run, from arguments to its outcome. Errors of a command are printed here, once, in the requested format. */
import type { Outcome } from "../model/exit-code.ts";
import { outputFormats, type ReportingCommand } from "../output/report-format.ts";
import type { Context } from "../run/context.ts";
import type { OutputFlags } from "../run/flags.ts";
import { givenValues } from "../run/given-values.ts";
import { printError } from "../run/print-error.ts";
import { createTerminal } from "../run/terminal.ts";
import { wantsDetail } from "./wants-detail.ts";
import { findReports } from "../workflows/reports/parse-reports.ts";
import { publishError } from "../workflows/reports/publish.ts";
import { calledCommand, runProgram } from "./program.ts";

/** Never throws. `args` do not include the program's name. */
export function main(args: readonly string[], context: Context): Promise<Outcome> {
  return runProgram(args, context).catch(async (error: unknown) => {
    const flags = findOutputFlags(args);
    const reports = findReports(args, await reportsOf(args), context);
    return publishError({ context, terminal: createTerminal(context, flags), flags, reports }, error);
  });
}

async function reportsOf(args: readonly string[]): Promise<ReportingCommand | undefined> {
  return (await calledCommand(args)?.load())?.reportsOf;
}

/** For an error that no run waits for: prints it before the process ends. */
export function printUncaught(error: unknown, args: readonly string[], context: Context): Outcome {
  return printError({ context, terminal: createTerminal(context, findOutputFlags(args)) }, error);
}

/** Also reads arguments that could not be parsed, because a script that asked for JSON must get JSON. */
function findOutputFlags(args: readonly string[]): OutputFlags {
  const formats = givenValues("--format", args);
  const color = givenValues("--color", args);
  return {
    format: outputFormats.find((format) => formats.includes(format)) ?? "human",
    verbose: wantsDetail(args),
    color: color.includes("never") ? "never" : color.includes("always") ? "always" : "auto",
  };
}
