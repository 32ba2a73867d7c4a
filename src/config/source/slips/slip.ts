/**
 * A slip is a common mistake that YAML reads as something else. The parser reports the place where it could not continue,
 * which is often not the line to correct.
 */
import type { Document, YAMLError } from "yaml";
import type { Finding } from "../../../model/finding.ts";
import type { FindingCode } from "../../../model/finding-codes.ts";
import type { SourceSpan } from "../../../model/source-span.ts";
import type { Lexeme } from "./lexemes.ts";

/** Offsets are in the text; the end is exclusive. */
export interface Slip {
  readonly code: FindingCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
  readonly related?: { readonly message: string; readonly start: number; readonly end: number };
  /** Only if the correction is certain. */
  readonly fix?: { readonly title: string; readonly edits: readonly SlipEdit[] };
}

export interface SlipEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with syntax errors. */
export interface BrokenText {
  readonly text: string;
  /** At least one, sorted by place. */
  readonly errors: readonly YAMLError[];
  readonly first: YAMLError;
  readonly documents: readonly Document.Parsed[];
  readonly lexemes: () => readonly Lexeme[];
}

/** Of one sort in one file; nobody reads more, and each costs a look at its line. */
export const mostSlips = 20;

/** Returns none if this slip is not the cause of the errors. */
export type SyntaxSlip = (broken: BrokenText) => readonly Slip[];

export function slipFinding(slip: Slip, spanAt: (start: number, end: number) => SourceSpan): Finding {
  const { code, message, hint, related, fix } = slip;
  const span = spanAt(slip.start, slip.end);
  return {
    code,
    severity: "error",
    message,
    at: span.endLine === span.line ? span : { ...span, endLine: span.line, endColumn: span.column + 1 },
    ...(hint === undefined ? {} : { hint }),
    ...(related === undefined ? {} : { related: { message: related.message, at: spanAt(related.start, related.end) } }),
    ...(fix === undefined
      ? {}
      : {
          fix: { title: fix.title, edits: fix.edits.map(({ start, end, text }) => ({ at: spanAt(start, end), text })) },
        }),
  };
}
