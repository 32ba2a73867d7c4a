import type { Json } from "../../model/json.ts";
import type { AskingType } from "../check.ts";
import type { ServerRules } from "../server-rules.ts";
import type { QueryNode } from "./query-tree.ts";
import type { Token } from "./tokens.ts";

/** The rules about the text, the comparison and the tree (docs/upstream/jsonata.md#reading-the-result). */
export type LintRule =
  | "syntax-error" // syntax
  | "unknown-operator" // operator
  | "expected-never-equal" // expected value
  | "expected-no-value" // expected value that stands for several values, or for none
  | "unknown-function" // functions and variables
  | "literal-predicate" // literal predicate
  | "constant-query" // constant, always or never true
  | "unbounded-query" // may never end
  | "reaches-into-javascript" // reaches JavaScript
  | "odd-character" // invisible or typographic characters
  | "unknown-field" // unknown field
  | "upside-down-query" // upside down
  | "misleading-syntax" // reads otherwise than it looks
  | "object-member-name" // names of JavaScript's own members
  | "differs-by-release" // differs between 1.23 and 2.x
  | "differs-by-engine" // differs before and from Uptime Kuma 2.5.4 on
  | "unreadable-time" // $toMillis of a text that is no time
  | "big-integer" // big integers as text
  | "expected-too-long" // expected value too long
  | "no-accept-header" // no Accept header
  | "wildcard-in-brackets" // [*]
  | "clock-or-chance"; // clock or random

export type Severity = "error" | "warning" | "info";

export interface LintFinding {
  readonly rule: LintRule;
  readonly severity: Severity;
  /** One sentence in lower case, without a full stop. */
  readonly message: string;
  /** The text that `start` and `end` refer to; `monitor` has no text. */
  readonly field: "query" | "operator" | "expected" | "monitor";
  /** UTF-16 offsets. Equal at a place where something is missing. */
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
  readonly why?: string;
  /** The text to write in place of `[start, end)`, only if that is certain. */
  readonly replacement?: string;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface LintInput {
  readonly text: string | null;
  readonly operator: string | null;
  readonly expected: string | null;
  /** At least one Uptime Kuma version; the query must work on all of them. */
  readonly servers: readonly string[];
  readonly isUpsideDown?: boolean;
  /** Default: `json-query`. */
  readonly askedBy?: AskingType;
  /** False if the value is not compared with `expected`. */
  readonly isCompared?: boolean;
  /** The JSON of a healthy response, used to find unknown fields. */
  readonly sample?: Json;
  /** The monitor's request headers; absent if they are not known. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the rules share. `tree` is absent for rules that work on text that does not parse. */
export interface LintContext extends Omit<LintInput, "servers" | "text"> {
  readonly text: string;
  readonly servers: readonly ServerRules[];
  readonly tokens: readonly Token[];
}

export interface TreeContext extends LintContext {
  readonly tree: QueryNode;
  /** The position of a node's own token; the whole query for a node without one. */
  spanOf(node: QueryNode): Span;
  /** From the first to the last token inside a node. */
  extentOf(node: QueryNode): Span;
  /** The same as indexes in `tokens`: from the first token to the one after the last. */
  tokensOf(node: QueryNode): readonly [from: number, to: number];
}

/** A finding about the query's text. */
export function inQuery(
  rule: LintRule,
  severity: Severity,
  span: Span,
  words: Pick<LintFinding, "message" | "hint" | "why" | "replacement">,
): LintFinding {
  return { rule, severity, field: "query", start: span.start, end: span.end, ...words };
}
