/** An error in words: what happened, and what to try. */
import {
  InternalError,
  InvalidConfigError,
  KumaError,
  MachineError,
  RefusedError,
  UsageError,
} from "../../model/errors.ts";
import { inert, inertLines } from "../inert.ts";
import type { Style } from "../style.ts";

export interface ErrorOptions {
  readonly style: Style;
  /** Show where in our code it happened. */
  readonly isVerbose: boolean;
  /** Takes the secrets out of a text before it is made inert. */
  readonly redact: (text: string) => string;
}

/** The first SIGINT or SIGTERM, for what was waiting when it came. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** What every format says of an error. */
export interface ErrorFacts {
  readonly kind: "usage" | "refused" | "server" | "config" | "system" | "interrupted" | "bug";
  /** Which error of the server or the system, as a word that stays the same. */
  readonly code?: string;
  readonly message: string;
  readonly hint?: string;
}

export function describeError(error: unknown): ErrorFacts {
  if (error instanceof InterruptedError) return { kind: "interrupted", message: "interrupted" };
  if (error instanceof KumaError) {
    return { kind: "server", code: error.code, message: error.message, ...hintOf(error.hint) };
  }
  if (error instanceof UsageError) return { kind: "usage", message: error.message, ...hintOf(error.hint) };
  if (error instanceof RefusedError) return { kind: "refused", message: error.message, ...hintOf(error.hint) };
  if (error instanceof MachineError) return { kind: "system", message: error.message, ...hintOf(error.hint) };
  if (error instanceof InvalidConfigError) return { kind: "config", message: error.message };
  // Errors of the operating system are the world's, not ours: a full disk, a file that may not be read.
  if (error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string") {
    return { kind: "system", code: error.code, message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: "bug",
    message: `this is a bug in kuma-sync: ${message}`,
    hint: "please report it, with the output of the same command and -v",
  };
}

export function renderError(error: unknown, { style, isVerbose, redact }: ErrorOptions): string {
  const { kind, message, hint } = describeError(error);
  // What a program of this machine said last is part of the message, line by line; what a server says is one line.
  const [first = "", ...rest] = kind === "system" ? inertLines(redact(message)) : [inert(redact(message))];
  const label = kind === "refused" ? "refused:" : "error:";
  const lines = [`${style.red(label)} ${style.bold(first)}`, ...rest.map((line) => `  ${line}`)];
  if (hint !== undefined) lines.push(` ${style.bold("help:")} ${inert(redact(hint))}`);
  const wantsStack = isVerbose && (kind === "bug" || error instanceof InternalError);
  if (isVerbose) lines.push(...causeLines(error, wantsStack, redact).map((line) => style.dim(line)));
  return `${lines.join("\n")}\n`;
}

function hintOf(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
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
