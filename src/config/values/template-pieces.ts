/** What a text is put together from, and what may be wrong with it. */
import type { FindingCode } from "../../model/finding-codes.ts";
import type { Expression } from "./template.ts";

/** What is wrong with `[start, end)` of the text. */
export interface TemplateProblem {
  readonly code: FindingCode;
  /** An error unless said otherwise; then the text is complete all the same. */
  readonly severity?: "warning";
  readonly message: string;
  readonly hint?: string;
  readonly why?: string;
  readonly start: number;
  readonly end: number;
}

/** A part of the result, and what it was made from. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly isSecret: boolean;
  /** Absent for what stands there as it is. */
  readonly expression?: Expression;
}
