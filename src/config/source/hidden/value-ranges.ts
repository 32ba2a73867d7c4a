/** Where the value behind a key stands in a line, without a parser: what is to be shown often does not parse. */
import type { TextRange } from "../../../secrets/text-finder.ts";

export interface KeyInLine {
  readonly name: string;
  /** Of the name, with its quotes. */
  readonly start: number;
  /** Where its value begins, or the end of the line. */
  readonly valueAt: number;
}

/** What follows the value on later lines: nothing, or what a quote or a bracket left open, a block, or what is not known. */
export type Continuation =
  | { readonly type: "none" }
  | { readonly type: "quote"; readonly mark: '"' | "'" }
  | { readonly type: "brackets"; readonly depth: number }
  | { readonly type: "text" }
  | { readonly type: "block" };

export interface LineValue {
  /** Undefined if nothing is to be hidden: the value is elsewhere, or it is an expression. */
  readonly range: TextRange | undefined;
  readonly text: string;
  readonly continuation: Continuation;
}

/** Also in JSON inside a text, where quotes are escaped, and with "=" or without a blank. A scheme is not a key. */
const keyPattern =
  /(?<=^|[\s\uFEFF{[,"'])(?<!\$\{)(?<quote>\\?["']?)(?<name>[A-Za-z_][\w.-]*)\k<quote>\s*(?:(?<!\[[\w.-]*)=|:(?!\/\/))\s*/gu;
/** With nothing between the key and its value, which is a mistake. */
const bareKey = /^(?<lead>[\s\uFEFF-]*)(?<quote>["']?)(?<name>[A-Za-z_][\w.-]*)\k<quote>\s+(?=[^\s:=#])/u;

export function keysIn(line: string): readonly KeyInLine[] {
  return [...line.matchAll(keyPattern)].map(({ index, 0: key, groups }) => ({
    name: groups?.["name"] ?? "",
    start: index,
    valueAt: index + key.length,
  }));
}

export function bareKeyIn(line: string): KeyInLine | undefined {
  const found = bareKey.exec(line);
  const { lead = "", name = "" } = found?.groups ?? {};
  return found === null ? undefined : { name, start: lead.length, valueAt: found[0].length };
}

const properties = /(?:[&!][^\s,{}[\]]+\s*)*/uy;
const quoted = /\\?"(?:[^"\\]|\\.)*(?<end>"?)|'(?:[^']|'')*(?<single>'?)/uy;
const inFlow = /(?:\$\{[^}]*\}|[^,{}[\]\s]|\s+(?=[^\s#,}\]]))+/uy;
const expression = /^(["']?)(?:[\w ]*\$\{(?:env|file|var|each):[^}]*\})+\1$/u;
const none: Continuation = { type: "none" };

/** `isInFlow`: the key is inside brackets that were opened in this line. */
export function valueIn(line: string, valueAt: number): LineValue {
  const start = valueAt + matchAt(properties, line, valueAt).length;
  const rest = line.slice(start);
  // Behind a "#" stands what was meant to be the value, or a comment on it.
  if (/^(?:#|$)/u.test(rest)) {
    const range = rest === "" ? undefined : { start, end: line.trimEnd().length };
    return { range, text: rest, continuation: { type: "block" } };
  }
  if (/^[|>][\d+-]*\s*(?:#.*)?$/u.test(rest)) return { range: undefined, text: "", continuation: { type: "text" } };
  const { length, continuation } = lengthAt(line, start);
  const text = rest.slice(0, length).trimEnd();
  const isOpen = expression.test(text) || /^\*[\w-]+$/u.test(text);
  return { range: isOpen ? undefined : { start, end: start + text.length }, text, continuation };
}

function lengthAt(line: string, start: number): { readonly length: number; readonly continuation: Continuation } {
  const first = line.charAt(start);
  if (/^\\?["']/u.test(line.slice(start, start + 2))) {
    quoted.lastIndex = start;
    const found = quoted.exec(line);
    const isClosed = found?.groups?.["end"] === '"' || found?.groups?.["single"] === "'";
    if (found !== null && isClosed) return { length: found[0].length, continuation: none };
    return { length: line.length - start, continuation: { type: "quote", mark: first === "'" ? "'" : '"' } };
  }
  if (first === "{" || first === "[") {
    const { length, depth } = collectionAt(line, start);
    return { length, continuation: depth > 0 ? { type: "brackets", depth } : none };
  }
  // With a comment behind it: a "#" may also be a part of a password that was not quoted.
  if (!isInFlow(line, start)) return { length: line.length - start, continuation: { type: "text" } };
  return { length: matchAt(inFlow, line, start).length, continuation: none };
}

function isInFlow(line: string, start: number): boolean {
  return /[{[]/u.test(line.slice(0, start).replaceAll(/\$\{[^}]*\}/gu, ""));
}

/** Up to the bracket that closes it, or to the end of the line with the brackets that are open there. */
export function collectionAt(
  line: string,
  start: number,
  open = 0,
): { readonly length: number; readonly depth: number } {
  let depth = open;
  let at = start;
  while (at < line.length) {
    at += depth > 0 ? matchAt(quoted, line, at).length : 0;
    const character = line.charAt(at);
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    at += 1;
    if (depth <= 0) break;
  }
  return { length: Math.min(at, line.length) - start, depth: Math.max(0, depth) };
}

function matchAt(form: RegExp, line: string, start: number): string {
  form.lastIndex = start;
  return form.exec(line)?.[0] ?? "";
}
