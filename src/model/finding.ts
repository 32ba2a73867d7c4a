/**
 * Something wrong or doubtful in the user's files, as a value with a place. Findings are collected, never thrown: all
 * of them are shown, and every renderer reads the same object.
 */
import type { EntityKey } from "./entity.ts";
import type { FindingCode } from "./finding-codes.ts";
import type { JsonPointer } from "./json.ts";
import type { SourceSpan } from "./source-span.ts";

export interface Finding {
  readonly code: FindingCode;
  readonly severity: "error" | "warning" | "info";
  /** One sentence: lower case, no full stop, the wrong value in quotes. Never holds the value of a secret. */
  readonly message: string;
  readonly at?: SourceSpan;
  readonly pointer?: JsonPointer;
  readonly entity?: EntityKey;
  /** Printed beside the caret, for example `did you mean "interval"?`. */
  readonly hint?: string;
  /** The reason for the rule, where the message does not make it clear. */
  readonly why?: string;
  /** A second place that explains the first, for example where a similar key is declared. */
  readonly related?: { readonly message: string; readonly at: SourceSpan };
  /** Only a repair that is certain: nobody has to choose, and every other value stays what it is. `--fix` makes it. */
  readonly fix?: Fix;
  /** The configuration silences it: it is counted and not shown, and is not an error. */
  readonly suppressed?: Suppression;
}

export interface Suppression {
  /** `comment`: where the finding stands. `policy`: `policy.findings`, for the project. */
  readonly by: "comment" | "policy";
  /** Of a comment. */
  readonly reason?: string;
  /** Of the code in the comment, or of the entry. */
  readonly at: SourceSpan;
}

/** Those that are not silenced. */
export function audible(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === undefined);
}

/** A repair as edits of the files; either all of them are made or none. */
export interface Fix {
  /** What it does, as an order and lower case: `rename "max_retries" to "maxRetries"`. Never holds the value of a secret. */
  readonly title: string;
  /** At least one. They do not overlap. */
  readonly edits: readonly TextEdit[];
}

export interface TextEdit {
  /** What goes; an empty span when something is only put in. */
  readonly at: SourceSpan;
  /** What comes in its place, as it is written in the file. */
  readonly text: string;
}

/** By file, then place; findings without a place come first. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    compareText(left.at?.file ?? "", right.at?.file ?? "") ||
    (left.at?.line ?? 0) - (right.at?.line ?? 0) ||
    (left.at?.column ?? 0) - (right.at?.column ?? 0) ||
    compareText(left.code, right.code)
  );
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}
