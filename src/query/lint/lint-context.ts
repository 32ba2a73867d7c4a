import type { Json } from "../../model/json.ts";
import type { AskingType } from "../check.ts";
import type { ServerRules } from "../server-rules.ts";
import type { QueryNode } from "./query-tree.ts";
import type { Token } from "./tokens.ts";

/** The rules that look at the text, the comparison and the tree (docs/upstream/jsonata.md#reading-the-result). */
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
  | "big-integer" // big integers as text
  | "expected-too-long" // expected value too long
  | "no-accept-header" // no Accept header
  | "wildcard-in-brackets" // [*]
  | "clock-or-chance"; // clock or random

export type Severity = "error" | "warning" | "info";

export interface LintFinding {
  readonly rule: LintRule;
  readonly severity: Severity;
  /** One sentence: lower case, no full stop. */
  readonly message: string;
  /** What `start` and `end` count in; `monitor` has no text. */
  readonly field: "query" | "operator" | "expected" | "monitor";
  /** UTF-16 offsets; equal for a place where something is missing. */
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
  readonly why?: string;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface LintInput {
  readonly text: string | null;
  readonly operator: string | null;
  readonly expected: string | null;
  /** The Uptime Kuma versions that it must work on, at least one. */
  readonly servers: readonly string[];
  readonly isUpsideDown?: boolean;
  /** Default: `json-query`. */
  readonly askedBy?: AskingType;
  /** False where nothing is compared with `expected`. */
  readonly isCompared?: boolean;
  /** A healthy response's JSON: lets unknown fields be told. */
  readonly sample?: Json;
  /** The monitor's own request headers; absent when they are not known. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the rules share. `tree` is absent for rules that run on text that does not parse. */
export interface LintContext extends Omit<LintInput, "servers" | "text"> {
  readonly text: string;
  readonly servers: readonly ServerRules[];
  readonly tokens: readonly Token[];
}

export interface TreeContext extends LintContext {
  readonly tree: QueryNode;
  /** The place of a node's own token; the whole query for a node that has none. */
  spanOf(node: QueryNode): Span;
  /** From the first to the last token of everything in a node. */
  extentOf(node: QueryNode): Span;
  /** The same as places in `tokens`: from the first, up to the one behind the last. */
  tokensOf(node: QueryNode): readonly [from: number, to: number];
}

/** A finding about the query's text. */
export function inQuery(
  rule: LintRule,
  severity: Severity,
  span: Span,
  words: Pick<LintFinding, "message" | "hint" | "why">,
): LintFinding {
  return { rule, severity, field: "query", start: span.start, end: span.end, ...words };
}
