/**
 * Compares the type of the query's result with the operator and the expected value
 * (docs/upstream/jsonata.md#constant-queries).
 */
import { compareEngines } from "../engines.ts";
import { isNumberText } from "./comparison.ts";
import { compareCount, isCount } from "./count.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { calledName } from "./query-tree.ts";
import { resultType } from "./result-type.ts";

/** Types that no server compares, or only 1.23. */
const uncomparable: readonly string[] = ["array", "object", "function", "null", "undefined"];

export function isComparable(type: string): boolean {
  return !uncomparable.includes(type);
}

/** What is compared, and how. */
interface Comparison {
  readonly operator: string;
  readonly expected: string;
}

type ExpectedFinding = Omit<LintFinding, "field" | "start" | "end">;

export function checkAgainstExpected(context: TreeContext): readonly LintFinding[] {
  const { tree, expected, servers } = context;
  const type = resultType(tree);
  if (!isComparable(type)) return checkUncomparable(context, type);
  const hasOperators = servers.some((server) => server.hasOperators);
  const operator = hasOperators ? context.operator : "==";
  if (expected === null || operator === null) return [];
  const comparison = { operator, expected };
  const found =
    (type === "boolean" ? checkBoolean(comparison) : undefined) ??
    (type === "number" ? checkNumber(comparison) : undefined) ??
    (isCount(tree) ? checkCount(comparison) : undefined);
  return found === undefined ? [] : [{ field: "expected", start: 0, end: expected.length, ...found }];
}

function checkBoolean({ operator, expected }: Comparison): ExpectedFinding | undefined {
  const words = "the query gives true or false";
  if (/^[<>]=?$/.test(operator)) {
    const message = `${words}, which ${operator} cannot compare`;
    return { rule: "constant-query", severity: "error", message, hint: `use == with "true"` };
  }
  if (operator === "contains" && ["true", "false"].some((text) => text.includes(expected))) {
    const message = `${words}; contains looks for a part of that word`;
    return { rule: "constant-query", severity: "warning", message, hint: `use == with "true"` };
  }
  const isKnown = isEquality(operator) || operator === "contains";
  if (!isKnown || expected === "true" || expected === "false") return undefined;
  const word = expected.trim().toLowerCase();
  return {
    rule: word === "true" || word === "false" ? "expected-never-equal" : "constant-query",
    severity: "error",
    message: `${words}: the comparison with "${expected}" ${outcomeOf(operator)} holds`,
    hint: `write "${["false", "0", "no"].includes(word) ? "false" : "true"}"`,
    ...(word === "true" || word === "false" ? { replacement: word } : {}),
  };
}

function checkNumber({ operator, expected }: Comparison): ExpectedFinding | undefined {
  if (!isEquality(operator) || isCanonicalNumber(expected)) return undefined;
  return {
    rule: "expected-never-equal",
    severity: "error",
    message: `the query gives a number, and no number is written "${expected}": the comparison ${outcomeOf(operator)} holds`,
    hint: isNumberText(expected.trim()) ? `write "${String(Number(expected))}"` : "write digits only",
    ...(isNumberText(expected.trim()) && Number.isFinite(Number(expected))
      ? { replacement: String(Number(expected)) }
      : {}),
    why: "numbers are compared as the text JavaScript gives them",
  };
}

function checkCount({ operator, expected }: Comparison): ExpectedFinding | undefined {
  if (!isNumberText(expected)) return undefined;
  const holds = compareCount(operator === "==" ? "=" : operator, Number(expected));
  if (holds === undefined) return undefined;
  const message = `a count is never negative: the comparison ${holds ? "always" : "never"} holds`;
  return { rule: "constant-query", severity: "error", message };
}

function isEquality(operator: string): boolean {
  return operator === "==" || operator === "!=";
}

/** The result of a comparison with a value of another type. */
function outcomeOf(operator: string): "always" | "never" {
  return operator === "!=" ? "always" : "never";
}

function checkUncomparable(context: TreeContext, type: string): readonly LintFinding[] {
  // A function that is not called has a finding of its own.
  if (context.tree.type === "variable") return [];
  const strict = context.servers.filter(({ hasOperators }) => hasOperators);
  const isAssertion = type === "undefined";
  const span = context.spanOf(context.tree);
  if (isAssertion || strict.length > 0) {
    return [
      inQuery("constant-query", "error", span, {
        message: isAssertion
          ? "the query never gives a value: the monitor would never be up"
          : `the query gives ${article(type)}, which cannot be compared`,
        hint: hintFor(type, calledName(context.tree)),
      }),
    ];
  }
  if ((context.askedBy ?? "json-query") !== "json-query") return type === "object" ? checkTextOfObject(context) : [];
  if (type !== "array" && type !== "object") return [];
  const message = `the query gives ${article(type)}; Uptime Kuma 2.x does not compare that`;
  return [
    inQuery("differs-by-release", "warning", span, { message, why: "the monitor would go down with the upgrade" }),
  ];
}

/** MQTT and MongoDB monitors ask a value for its text, which an object of jsonata 2.2 does not have. */
function checkTextOfObject(context: TreeContext): readonly LintFinding[] {
  const isNew = context.servers.some(({ engine }) => compareEngines(engine, "2.2.2") >= 0);
  if (context.isCompared === false || !isNew) return [];
  return [
    inQuery("differs-by-engine", "warning", context.spanOf(context.tree), {
      message: "the query gives an object, which has no text from Uptime Kuma 2.5.4 on: the monitor would be down",
      hint: "give a text, a number, true or false",
      why: "before, the text of every object is [object Object]",
    }),
  ];
}

function hintFor(type: string, called: string | undefined): string {
  if (called === "match") return "write $contains(…, /…/), which gives true or false, or take $match(…).match";
  return type === "array" ? "take one item, or $count(…), $sum(…), $exists(…)" : "give a text, a number, true or false";
}

function article(type: string): string {
  return type === "null" ? "null" : `${/^[ao]/.test(type) ? "an" : "a"} ${type}`;
}

/** Whether JavaScript writes the number exactly like this. */
function isCanonicalNumber(text: string): boolean {
  return String(Number(text)) === text && text !== "";
}
