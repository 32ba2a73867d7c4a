import type { Outcome } from "../model/exit-code.ts";
import { renderError } from "../output/human/error.ts";
import { createDocument, errorBody } from "../output/json.ts";
import type { Context } from "./context.ts";
import type { Terminal } from "./terminal.ts";

/** Writes the error to stderr, and in JSON format to stdout; says how the run ended. */
export function tellError(
  error: unknown,
  { context, terminal }: { readonly context: Context; readonly terminal: Terminal },
): Outcome {
  const cause = causeOf(error, context);
  const outcome: Outcome = context.signal.aborted
    ? { type: "interrupted", signal: context.interruptedBy() }
    : { type: "failed", error };
  terminal.alert(
    renderError(cause, {
      style: terminal.err.style,
      isVerbose: terminal.isVerbose,
      redact: (text) => terminal.withoutSecrets(text, "text"),
    }),
  );
  terminal.printDocument(createDocument("error", outcome, errorBody(cause)));
  return outcome;
}

/** An interruption has all kinds of consequences; it is what is told. */
export function causeOf(error: unknown, { signal }: Context): unknown {
  return signal.aborted ? signal.reason : error;
}
