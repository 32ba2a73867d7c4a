/** An error in words: what happened, and what to try. */
import { describeError } from "../words/error.ts";
import { InternalError } from "../../model/errors.ts";
import { inert, inertLines } from "../inert.ts";
import type { Style } from "../style.ts";

export interface ErrorOptions {
  readonly style: Style;
  /** Whether to show the place in kuma-sync's code. */
  readonly isVerbose: boolean;
  /** Removes secrets from a text, before it is made inert. */
  readonly redact: (text: string) => string;
}

export function renderError(error: unknown, { style, isVerbose, redact }: ErrorOptions): string {
  const { kind, message, hint } = describeError(error);
  // Output of a local program is shown line by line; a server's message is one line.
  const [first = "", ...rest] = kind === "system" ? inertLines(redact(message)) : [inert(redact(message))];
  const label = kind === "refused" ? "refused:" : "error:";
  const lines = [`${style.red(label)} ${style.bold(first)}`, ...rest.map((line) => `  ${line}`)];
  if (hint !== undefined) lines.push(` ${style.bold("help:")} ${inert(redact(hint))}`);
  const wantsStack = isVerbose && (kind === "bug" || error instanceof InternalError);
  if (isVerbose) lines.push(...causeLines(error, wantsStack, redact).map((line) => style.dim(line)));
  return `${lines.join("\n")}\n`;
}

function causeLines(error: unknown, wantsStack: boolean, redact: ErrorOptions["redact"]): string[] {
  if (!(error instanceof Error)) return [];
  const stack = wantsStack ? inertLines(redact(error.stack ?? "")).map((line) => `  ${line}`) : [];
  if (!(error.cause instanceof Error)) return stack;
  return [
    ...stack,
    `  caused by: ${inert(redact(error.cause.message))}`,
    ...causeLines(error.cause, wantsStack, redact),
  ];
}
