/**
 * A finding is something wrong or doubtful in the user's files, with its place. Findings are collected and not thrown, so
 * that all are shown, and every renderer reads the same object.
 */
import type { EntityKey } from "./entity.ts";
import type { FindingCode } from "./finding-codes.ts";
import type { JsonPointer } from "./json.ts";
import type { SourceSpan } from "./source-span.ts";

export interface Finding {
  readonly code: FindingCode;
  readonly severity: "error" | "warning" | "info";
  /** One sentence in lower case without a full stop, with the wrong value in quotes. Never contains a secret. */
  readonly message: string;
  readonly at?: SourceSpan;
  readonly pointer?: JsonPointer;
  readonly entity?: EntityKey;
  /** Printed beside the caret, for example `did you mean "interval"?`. */
  readonly hint?: string;
  /** The reason for the rule, if the message does not make it clear. */
  readonly why?: string;
  /** A second place that explains the first, for example where a similar key is declared. */
  readonly related?: { readonly message: string; readonly at: SourceSpan };
  /** Only a certain repair: there is no choice, and every other value stays the same. `--fix` applies it. */
  readonly fix?: Fix;
  /** Present if the configuration silences it: then it is counted but not shown, and is not an error. */
  readonly suppressed?: Suppression;
}

export interface Suppression {
  /** `comment`: a comment at the finding. `policy`: `policy.findings`, for the project. */
  readonly by: "comment" | "policy";
  /** The reason that a comment gives. */
  readonly reason?: string;
  /** The place of the code in the comment, or of the entry in the policy. */
  readonly at: SourceSpan;
}

/** The findings that are not silenced. */
export function audible(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === undefined);
}

/** A repair as edits of files; either all of them are made or none. */
export interface Fix {
  /** An imperative in lower case: `rename "max_retries" to "maxRetries"`. Never contains a secret. */
  readonly title: string;
  /** At least one. They do not overlap. */
  readonly edits: readonly TextEdit[];
}

export interface TextEdit {
  /** The text to replace; an empty span to insert. */
  readonly at: SourceSpan;
  /** The new text, as written in the file. */
  readonly text: string;
}

/** Sorts by file, then by place; findings without a place come first. */
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
