/**
 * Finds expected values that seem to mean several values, or no value
 * (docs/upstream/jsonata.md#expected-values-without-a-value).
 */
import type { LintContext, LintFinding } from "./lint-context.ts";

type Words = Pick<LintFinding, "message" | "hint" | "why">;

/** Only for json-query monitors, which compare by their operator. */
export function checkOddExpected({ askedBy = "json-query", expected, operator }: LintContext): readonly LintFinding[] {
  if (askedBy !== "json-query" || expected === null) return [];
  if (operator !== "==" && operator !== "!=" && operator !== "contains") return [];
  const words = several(expected) ?? other(expected) ?? (operator === "==" ? noValue(expected) : undefined);
  if (words === undefined) return [];
  return [
    { rule: "expected-no-value", severity: "warning", field: "expected", start: 0, end: expected.length, ...words },
  ];
}

/** States of services; of other texts a comma may be a part. */
const states =
  /^(?:ok|okay|up|green|yellow|healthy|degraded|warn|warning|pass|passed|ready|running|active|online|operational|available|success|true)$/iu;

/** `a|b`, `(a|b)`, `a or b`, `["a", "b"]`; of states also `a, b` and `a/b` */
function several(expected: string): Words | undefined {
  const words = (listed(expected) ?? statesIn(expected) ?? chosen(expected)).map((word) => word.trim());
  if (words.length < 2 || !words.every((word) => /^[\w .-]+$/u.test(word))) return undefined;
  return {
    message: "the expected value is one text, not several to choose from",
    hint: `write the choice into the query, field in [${words.map((word) => `"${word}"`).join(", ")}], and expect "true"`,
  };
}

function listed(expected: string): readonly string[] | undefined {
  if (!/^\s*\[.*\]\s*$/u.test(expected)) return undefined;
  const items = [...expected.matchAll(/"([^"]*)"|'([^']*)'/gu)];
  return items.length === 0 ? undefined : items.map(([, double, single]) => double ?? single ?? "");
}

function statesIn(expected: string): readonly string[] | undefined {
  const words = expected.split(/\s*[,;/]\s*/u);
  return words.length > 1 && words.every((word) => states.test(word)) ? words : undefined;
}

function chosen(expected: string): readonly string[] {
  return expected.replaceAll(/^\^?\(?|\)?\$?$/gu, "").split(/\s*\|\|?\s*|\s+or\s+/u);
}

/** `/a.*b/`, `> 5`, `!= down` */
function other(expected: string): Words | undefined {
  if (/^\/.+\/[im]*$/u.test(expected)) {
    return {
      message: "the expected value is a text, not a regular expression",
      hint: `write $contains(field, ${expected}) as the query, and expect "true"`,
    };
  }
  const [, order, equality, value = ""] =
    /^(?:(>=|<=|>|<)\s*(?=[-\d.]+$)|(!=|==)\s*(?=[\w.-]+$))(.*)$/u.exec(expected) ?? [];
  const sign = order ?? equality;
  if (sign === undefined) return undefined;
  return {
    message: "an operator is not part of the expected value",
    hint: `write jsonPathOperator: "${sign}" and expectedValue: "${value}"`,
  };
}

function noValue(expected: string): Words | undefined {
  if (expected === "") {
    return {
      message: "only an empty text equals the empty text: a list, an object or nothing does not",
      hint: 'for an empty list write $count(…) = 0, for nothing $not($exists(…)), and expect "true"',
    };
  }
  if (/^(?:\[\s*\]|\{\s*\})$/u.test(expected)) {
    return {
      message: `no list and no object equals the text "${expected}"`,
      hint: `write $count(${expected.startsWith("{") ? "$keys(…)" : "…"}) = 0 as the query, and expect "true"`,
      why: "Uptime Kuma 2.x compares neither; the monitor is down",
    };
  }
  if (expected !== "null" && expected !== "undefined") return undefined;
  return {
    message: `a value that is null or missing does not equal the text "${expected}"`,
    hint: 'write field = null or $not($exists(field)) as the query, and expect "true"',
    why: "without a value Uptime Kuma compares nothing, and the monitor is down",
  };
}
