/** Finds queries that an engine of a target does not parse. */
import { parserOf, type Engine, type EngineVersion } from "../engines.ts";
import { errorSpan, type EngineError } from "./error-span.ts";
import { syntaxHint } from "./syntax-hint.ts";
import { inQuery, type LintContext, type LintFinding, type Span } from "./lint-context.ts";
import { expandedSize } from "./expanded-size.ts";
import type { QueryNode } from "./query-tree.ts";
import { tokenize } from "./tokens.ts";

/**
 * jsonata's own errors have a code. A bad regular expression, or nesting that is too deep, throws an error of the
 * platform.
 */
export type ParseError = EngineError | Error;

export type Parsed = { readonly tree: QueryNode } | { readonly error: ParseError };

/** Thousands of monitors share a few queries, and a tree is never changed. */
const known = new WeakMap<Engine, Map<string, Parsed>>();
const mostKnown = 1000;

export function parse(text: string, engine: Engine): Parsed {
  const texts = known.get(engine) ?? new Map<string, Parsed>();
  known.set(engine, texts);
  const before = texts.get(text);
  if (before !== undefined) return before;
  if (texts.size >= mostKnown) texts.clear();
  const parsed = parseAnew(text, engine);
  texts.set(text, parsed);
  return parsed;
}

/** jsonata takes minutes for some short texts, and nothing could stop it in this process. */
class TooLargeError extends Error {}

const largestExpansion = 200_000;

function parseAnew(text: string, engine: Engine): Parsed {
  if (expandedSize(tokenize(text)) > largestExpansion) return { error: new TooLargeError("it is nested too deeply") };
  try {
    return { tree: engine(text).ast() as QueryNode };
  } catch (error) {
    return { error: error as ParseError };
  }
}

/** `refusing` are the parsers (`parserOf`) that do not take the text, the oldest first. */
export function syntaxFinding(
  context: LintContext,
  error: ParseError,
  refusing: readonly EngineVersion[],
): LintFinding {
  const { text, servers } = context;
  const names = servers
    .filter(({ engine }) => refusing.includes(parserOf(engine)))
    .map(({ version, engine }) => `Uptime Kuma ${version} (jsonata ${engine})`);
  const span = placeOf(context, error);
  const isTooLarge = error instanceof TooLargeError;
  const hint = isTooLarge
    ? "keep what stands left of ?? or ?: in a variable"
    : isNewOperator(text, span)
      ? "?? and ?: came with jsonata 2.1.0; write $exists(a) ? a : b"
      : "code" in error && syntaxHint(text, error, span.start);
  return inQuery("syntax-error", "error", span, {
    message: `JSONata does not parse: ${wordsOf(error)}`,
    ...(typeof hint === "string" && { hint }),
    why: isTooLarge
      ? `JSONata parses the left side of ?? and ?: twice, and what is nested there twice again; ${names.join(", ")} would do nothing else meanwhile`
      : `${names.join(", ")} would show the monitor down with this message at every check`,
  });
}

function placeOf({ text, tokens }: LintContext, error: ParseError): Span {
  const open = tokens.find((token) => !token.isClosed);
  if ("code" in error && ["S0101", "S0105", "S0302"].includes(error.code) && open !== undefined) {
    // The engine reports the end of the text, but the unclosed part starts here.
    return { start: open.start, end: open.end };
  }
  if ("code" in error) {
    const [start, end] = errorSpan(text, error);
    return { start, end };
  }
  const regex = tokens.find((token) => token.kind === "regex" && !isRegex(token.text));
  return regex === undefined ? { start: 0, end: text.length } : { start: regex.start, end: regex.end };
}

function isRegex(literal: string): boolean {
  try {
    return new RegExp(literal.slice(1, literal.lastIndexOf("/"))) instanceof RegExp;
  } catch {
    return false;
  }
}

function isNewOperator(text: string, { start, end }: Span): boolean {
  return ["??", "?:"].some((sign) => text.slice(start, end + 1) === sign || text.slice(start - 1, end) === sign);
}

function wordsOf(error: ParseError): string {
  if (error instanceof RangeError) return "it is nested too deeply";
  return error.message.charAt(0).toLowerCase() + error.message.slice(1);
}
