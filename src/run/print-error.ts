import type { Outcome } from "../model/exit-code.ts";
import { renderError } from "../output/human/error.ts";
import { createDocument, errorBody } from "../output/json.ts";
import type { Context } from "./context.ts";
import type { Run } from "./run.ts";

/** Writes the error to stderr, and in JSON format to stdout. Returns the outcome. */
export function printError({ context, terminal }: Pick<Run, "context" | "terminal">, error: unknown): Outcome {
  const cause = errorToPrint(error, context);
  const outcome: Outcome = context.signal.aborted
    ? { type: "interrupted", signal: context.interruptedBy() }
    : { type: "failed", error };
  terminal.alert(errorText({ terminal }, cause));
  terminal.printDocument(createDocument("error", outcome, errorBody(cause)));
  return outcome;
}

/** The text for stderr. */
export function errorText({ terminal }: Pick<Run, "terminal">, error: unknown): string {
  return renderError(error, {
    style: terminal.err.style,
    isVerbose: terminal.isVerbose,
    redact: (text) => terminal.withoutSecrets(text, "text"),
  });
}

/** After a signal, the signal itself, whatever error it caused. */
export function errorToPrint(error: unknown, { signal }: Context): unknown {
  return signal.aborted ? signal.reason : error;
}
