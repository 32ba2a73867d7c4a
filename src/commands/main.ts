/** One run from arguments to exit code: whatever a command throws is told here, once, in the format that was asked for. */
import { exitCodeOf, type ExitCode, type Outcome } from "../model/exit-code.ts";
import { renderError } from "../output/human/error.ts";
import { createDocument, errorBody } from "../output/json.ts";
import { outputFormats } from "../output/report-format.ts";
import type { Context } from "./context.ts";
import type { OutputFlags } from "./flags.ts";
import { runProgram } from "./program.ts";
import { publishError } from "./reports.ts";
import { createTerminal } from "./terminal.ts";

/** Never throws. `args` are without the program's own name. */
export async function main(args: readonly string[], context: Context): Promise<ExitCode> {
  const outcome = await runProgram(args, context).catch(async (error: unknown) => {
    const told = tellError(error, args, context);
    const terminal = createTerminal(context, peekFlags(args));
    await publishError({ error: causeOf(error, context), outcome: told, args }, { context, terminal });
    return told;
  });
  return exitCodeOf(outcome);
}

/** Writes the error where the format wants it, and says how the run ended. */
export function tellError(error: unknown, args: readonly string[], context: Context): Outcome {
  const terminal = createTerminal(context, peekFlags(args));
  const cause = causeOf(error, context);
  const outcome: Outcome = context.signal.aborted
    ? { type: "interrupted", signal: context.interruptedBy() }
    : { type: "failed", error };
  terminal.alert(renderError(cause, { style: terminal.err.style, isVerbose: terminal.isVerbose }));
  terminal.printDocument(createDocument("error", outcome, errorBody(cause)));
  return outcome;
}

/** An interruption has all kinds of consequences; it is what is told. */
function causeOf(error: unknown, { signal }: Context): unknown {
  return signal.aborted ? signal.reason : error;
}

/** Also works for arguments that could not be parsed: a script that asked for JSON gets JSON. */
function peekFlags(args: readonly string[]): OutputFlags {
  const formats = args.map(
    (arg, index) => /^--format=(.*)$/u.exec(arg)?.[1] ?? (args[index - 1] === "--format" ? arg : ""),
  );
  const color = args.map(
    (arg, index) => /^--color=(.*)$/u.exec(arg)?.[1] ?? (args[index - 1] === "--color" ? arg : ""),
  );
  return {
    format: outputFormats.find((format) => formats.includes(format)) ?? "human",
    verbose: args.some((arg) => arg === "--verbose" || /^-[qv]*v[qv]*$/u.test(arg)),
    color: color.includes("never") ? "never" : color.includes("always") ? "always" : "auto",
  };
}
