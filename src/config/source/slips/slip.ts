/**
 * A slip: something that people write by habit or by mistake, and that YAML reads as something else. The parser's own
 * errors say where it stopped understanding, which is often another line than the one to mend.
 */
import type { Document, YAMLError } from "yaml";
import type { Finding } from "../../../model/finding.ts";
import type { FindingCode } from "../../../model/finding-codes.ts";
import type { SourceSpan } from "../../../model/source-span.ts";
import type { Lexeme } from "./lexemes.ts";

/** Offsets are those of the text; the end is exclusive. */
export interface Slip {
  readonly code: FindingCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
  readonly related?: { readonly message: string; readonly start: number; readonly end: number };
  /** Only where it is certain. */
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
  /** At least one, by their places. */
  readonly errors: readonly YAMLError[];
  readonly first: YAMLError;
  readonly documents: readonly Document.Parsed[];
  readonly lexemes: () => readonly Lexeme[];
}

/** None when the slip is not what broke the text. */
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
