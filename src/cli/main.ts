/** One run from arguments to how it ended: whatever a command throws is told here, once, in the format that was asked for. */
import type { Outcome } from "../model/exit-code.ts";
import { outputFormats } from "../output/report-format.ts";
import type { Context } from "../run/context.ts";
import type { OutputFlags } from "../run/flags.ts";
import { givenValues } from "../run/given-values.ts";
import { runProgram } from "./program.ts";
import { findReports, publishError } from "../workflows/reports/reports.ts";
import { causeOf, tellError } from "../run/tell-error.ts";
import { createTerminal } from "../run/terminal.ts";
import { wantsDetail } from "./wants-detail.ts";

/** Never throws. `args` are without the program's own name. */
export function main(args: readonly string[], context: Context): Promise<Outcome> {
  return runProgram(args, context).catch(async (error: unknown) => {
    const terminal = createTerminal(context, peekFlags(args));
    const told = tellError(error, { context, terminal });
    const publication = { context, terminal, reports: findReports(args, context) };
    await publishError({ error: causeOf(error, context), outcome: told }, publication);
    return told;
  });
}

/** For an error that no run waits for: told on the streams alone, before the process ends. */
export function tellUncaught(error: unknown, args: readonly string[], context: Context): Outcome {
  return tellError(error, { context, terminal: createTerminal(context, peekFlags(args)) });
}

/** Also works for arguments that could not be parsed: a script that asked for JSON gets JSON. */
function peekFlags(args: readonly string[]): OutputFlags {
  const formats = givenValues("--format", args);
  const color = givenValues("--color", args);
  return {
    format: outputFormats.find((format) => formats.includes(format)) ?? "human",
    verbose: wantsDetail(args),
    color: color.includes("never") ? "never" : color.includes("always") ? "always" : "auto",
  };
}
