/**
 * The grammar of `${…}`. JSONata, shell snippets and regular expressions contain many dollars, so only a known prefix is
 * an expression. What other tools would read as a variable is an error that says how to write it here. Everything else
 * stays unchanged.
 */
import { guess } from "../../model/guess.ts";

interface Filtered {
  /** True with `|url` at the end: reserved characters of the value are encoded for a URL. */
  readonly isForUrl?: true;
}

/** One that `render` can leave unread: its value does not depend on the block around it. */
export type SharedExpression = (
  | { readonly from: "env"; readonly name: string; readonly fallback?: string }
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "var"; readonly name: string }
) &
  Filtered;

/** A column of a loop's row, `host` or `group.ips`. The fallback counts where the row has no value. */
export type EachExpression = {
  readonly from: "each";
  readonly name: string;
  readonly fallback?: readonly Segment[];
} & Filtered;

export type Expression = SharedExpression | EachExpression;

/** A part of a text, at `[start, end)`. */
export type Segment = { readonly start: number; readonly end: number } & (
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "expression"; readonly expression: Expression }
  | { readonly type: "malformed"; readonly message: string; readonly hint: string }
);

const prefixes = ["env", "file", "var", "each"] as const;
const escapeAdvice = "for a literal ${ write $${";

/** Fallbacks inside fallbacks; each is read by the function that reads the one around it. */
const deepestFallback = 20;

/** `depth`: in how many fallbacks the text stands. */
export function parseTemplate(text: string, depth = 0): Segment[] {
  const segments: Segment[] = [];
  let textStart = 0;
  const flush = (end: number): void => {
    if (end > textStart) segments.push({ type: "text", text: text.slice(textStart, end), start: textStart, end });
  };
  let at = text.indexOf("${");
  while (at !== -1) {
    let end = at + 2;
    if (text[at - 1] === "$" && at - 1 >= textStart) {
      flush(at - 1);
      segments.push({ type: "text", text: "${", start: at - 1, end });
      textStart = end;
    } else {
      const segment = parseExpression(text, at, depth);
      if (segment !== undefined) {
        flush(at);
        segments.push(segment);
        end = segment.end;
        textStart = end;
      }
    }
    at = text.indexOf("${", end);
  }
  flush(text.length);
  return segments;
}

/** Undefined if the text at `start` is not an expression of kuma-sync. */
function parseExpression(text: string, start: number, depth: number): Segment | undefined {
  const close = closeOf(text, start);
  const inside = text.slice(start + 2, close === -1 ? undefined : close);
  const malformed = (message: string, hint: string, end = close + 1): Segment => {
    return { type: "malformed", message, hint, start, end };
  };
  const spaced = /^\s*(env|file|var|each)\s*:/u.exec(inside);
  if (spaced !== null && close === -1) return malformed("${ without its }", "close it with }", text.length);
  if (close === -1) return undefined;
  const end = close + 1;
  const prefixed = /^(env|file|var|each):(.*)$/su.exec(inside);
  if (prefixed !== null) {
    const expression = expressionOf(prefixed[1] as Expression["from"], prefixed[2] ?? "", depth);
    if (typeof expression === "string") return malformed(`"\${${shortened(inside)}}" ${expression}`, escapeAdvice);
    return { type: "expression", expression, start, end };
  }
  if (spaced !== null)
    return malformed(`"\${${inside}}" has a space too many`, `write \${${inside.replaceAll(/\s/gu, "")}}`);
  if (/^\{[^}]*$/u.test(inside) && text[end] === "}") {
    return malformed("expressions of other tools are not read here", "use ${env:NAME}", end + 1);
  }
  return foreign(inside, malformed);
}

function shortened(inside: string): string {
  return inside.length > 80 ? `${inside.slice(0, 80)}…` : inside;
}

/** The brace that closes the expression at `start`, or -1. Only the fallback of `${each:…}` can have expressions inside. */
function closeOf(text: string, start: number): number {
  let close = text.indexOf("}", start);
  if (!text.startsWith("${each:", start)) return close;
  let inner = text.indexOf("${", start + 2);
  while (close !== -1 && inner !== -1 && inner < close) {
    close = text.indexOf("}", close + 1);
    inner = text.indexOf("${", inner + 2);
  }
  return close;
}

/** Variables as in shells and Compose files, and misspelt prefixes. */
function foreign(inside: string, malformed: (message: string, hint: string) => Segment): Segment | undefined {
  const shell = /^([A-Za-z_][A-Za-z0-9_.-]*?)(:?-.*)?$/su.exec(inside);
  if (shell !== null && !inside.includes("\n")) {
    const [, name = "", fallback = ""] = shell;
    // As Terraform and Ansible write the value of a loop.
    const column = /^(?:each|item)\.(.+)$/u.exec(name)?.[1];
    if (column !== undefined) return malformed(`"\${${inside}}" is not an expression`, `write \${each:${column}}`);
    const separator = fallback === "" || fallback.startsWith(":") ? fallback : `:${fallback}`;
    return malformed(
      `"\${${inside}}" does not say where the value comes from`,
      `write \${env:${name}${separator}} or \${var:${name}}; ${escapeAdvice}`,
    );
  }
  const unknown = /^([A-Za-z]+):[^\s"'{}[\]]*$/u.exec(inside);
  if (unknown !== null) {
    const near = guess(unknown[1] ?? "", prefixes);
    const advice = near === undefined ? "known are env, file, var and each" : `did you mean "${near}:"?`;
    return malformed(`unknown prefix "${unknown[1]}:" in "\${${inside}}"`, `${advice} (${escapeAdvice})`);
  }
  return inside === "" ? malformed('"${}" is empty', escapeAdvice) : undefined;
}

const urlFilter = "|url";

/** A text as result is the error message. */
function expressionOf(from: Expression["from"], written: string, depth: number): Expression | string {
  const isForUrl = written.endsWith(urlFilter);
  const expression = plainExpressionOf(from, isForUrl ? written.slice(0, -urlFilter.length) : written, depth);
  if (typeof expression !== "string") return isForUrl ? { ...expression, isForUrl } : expression;
  const isFiltered = from !== "file" && from !== "each" && /^[A-Za-z_][\w.-]*\s*\|/u.test(written);
  return isFiltered && !isForUrl ? "has an unknown filter: the only one is |url" : expression;
}

function eachExpressionOf(rest: string, depth: number): Expression | string {
  const match = /^([^\s:${}|][^:${}|]*?)(?::-(.*))?$/su.exec(rest);
  if (match === null) return "is not ${each:column} or ${each:column:-default}";
  const [, name = "", fallback] = match;
  if (fallback === undefined) return { from: "each", name };
  if (depth === deepestFallback) return "has too many fallbacks inside each other";
  return { from: "each", name, fallback: parseTemplate(fallback, depth + 1) };
}

function plainExpressionOf(from: Expression["from"], rest: string, depth: number): Expression | string {
  if (from === "each") return eachExpressionOf(rest, depth);
  if (rest.includes("${")) return "holds another expression, which cannot be";
  switch (from) {
    case "env": {
      const match = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/su.exec(rest);
      if (match === null) return "is not ${env:NAME} or ${env:NAME:-default}";
      const [, name = "", fallback] = match;
      return fallback === undefined ? { from, name } : { from, name, fallback };
    }
    case "file":
      return rest.trim() === "" ? "names no file" : { from, path: rest };
    case "var":
      return /^[A-Za-z_][A-Za-z0-9_.-]*$/u.test(rest) ? { from, name: rest } : "is not ${var:name}";
    default:
      return from satisfies never;
  }
}
