/** One run from arguments to exit code: whatever a command throws is told here, once, in the format that was asked for. */
import { exitCodeOf, type ExitCode, type Outcome } from "../model/exit-code.ts";
import { renderError } from "../output/human/error.ts";
import { createDocument, errorBody } from "../output/json.ts";
import type { Context } from "./context.ts";
import type { OutputFlags } from "./flags.ts";
import { runProgram } from "./program.ts";
import { createTerminal } from "./terminal.ts";

/** Never throws. `args` are without the program's own name. */
export async function main(args: readonly string[], context: Context): Promise<ExitCode> {
  return exitCodeOf(await runProgram(args, context).catch((error: unknown) => tellError(error, args, context)));
}

/** Writes the error where the format wants it, and says how the run ended. */
export function tellError(error: unknown, args: readonly string[], context: Context): Outcome {
  const terminal = createTerminal(context, peekFlags(args));
  const cause: unknown = context.signal.aborted ? context.signal.reason : error;
  const outcome: Outcome = context.signal.aborted
    ? { type: "interrupted", signal: context.interruptedBy() }
    : { type: "failed", error };
  terminal.alert(renderError(cause, { style: terminal.err.style, isVerbose: terminal.isVerbose }));
  terminal.printDocument(createDocument("error", outcome, errorBody(cause)));
  return outcome;
}

/** Also works for arguments that could not be parsed: a script that asked for JSON gets JSON. */
function peekFlags(args: readonly string[]): OutputFlags {
  const isJson = args.some(
    (arg, index) => arg === "--format=json" || (arg === "json" && args[index - 1] === "--format"),
  );
  const color = args.map(
    (arg, index) => /^--color=(.*)$/u.exec(arg)?.[1] ?? (args[index - 1] === "--color" ? arg : ""),
  );
  return {
    format: isJson ? "json" : "human",
    verbose: args.some((arg) => arg === "--verbose" || /^-[qv]*v[qv]*$/u.test(arg)),
    color: color.includes("never") ? "never" : color.includes("always") ? "always" : "auto",
  };
}
