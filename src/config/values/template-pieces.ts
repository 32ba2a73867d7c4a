/** The pieces that a text is composed of, and its mistakes. */
import type { Finding } from "../../model/finding.ts";
import type { FindingCode } from "../../model/finding-codes.ts";
import type { Expression } from "./template.ts";

/** A mistake in `[start, end)` of the text. */
export interface TemplateProblem {
  readonly code: FindingCode;
  /** Absent: an error. With any other severity the text is complete. */
  readonly severity?: "warning";
  readonly message: string;
  readonly hint?: string;
  readonly why?: string;
  readonly related?: NonNullable<Finding["related"]>;
  readonly start: number;
  readonly end: number;
}

/** A part of the result, and the part of the written text that it comes from. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly isSecret: boolean;
  /** Absent for a part without an expression. */
  readonly expression?: Expression;
}
