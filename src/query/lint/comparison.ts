/** Checks the monitor's settings besides the query. */
import { operators } from "../verdict/judge.ts";
import { guess } from "../../model/guess.ts";
import { checkOddExpected } from "./odd-expected.ts";
import type { LintContext, LintFinding, LintRule, Severity } from "./lint-context.ts";

const longestExpected = 255;
const operatorWords: Readonly<Record<string, string>> = {
  "=": "==",
  "===": "==",
  "<>": "!=",
  "!==": "!=",
  eq: "==",
  ne: "!=",
  gt: ">",
  gte: ">=",
  ge: ">=",
  lt: "<",
  lte: "<=",
  le: "<=",
  includes: "contains",
};

export function checkComparison(context: LintContext): readonly LintFinding[] {
  const { askedBy = "json-query", expected, isCompared = true } = context;
  if (!isCompared) return [];
  if (askedBy === "mongodb" && isEmptyText(expected)) return [neverAnswered(expected)];
  return [...checkOperator(context), ...checkExpected(context), ...checkOddExpected(context), ...checkMonitor(context)];
}

function checkOperator({ operator, servers }: LintContext): readonly LintFinding[] {
  const withOperators = servers.find(({ hasOperators }) => hasOperators);
  const without = servers.find(({ hasOperators }) => !hasOperators);
  const text = operator ?? "";
  const findings: LintFinding[] = [];
  if (withOperators !== undefined && (operator === null || !operators.includes(operator))) {
    const meant = operatorWords[text.toLowerCase().trim()] ?? guess(text.trim(), operators);
    findings.push(
      about(["unknown-operator", "error", "operator"], text, {
        message: operator === null ? "no operator" : `unknown operator "${text}"`,
        hint: meant === undefined ? `one of ${operators.join(" ")}` : `did you mean ${meant}?`,
        why: `Uptime Kuma ${withOperators.version} has no default: the monitor stays down with "Invalid condition ${String(operator)}"`,
      }),
    );
  }
  if (without !== undefined && operator !== null && operator !== "==") {
    findings.push(
      about(["unknown-operator", "error", "operator"], text, {
        message: `operator "${text}" is not known to Uptime Kuma ${without.version}, which always compares as ==`,
        hint: `put the comparison into the query, with the expected value "true"`,
      }),
    );
  }
  return findings;
}

function checkExpected({ expected, operator, servers }: LintContext): readonly LintFinding[] {
  if (expected === null) {
    return [
      about(["expected-never-equal", "error", "expected"], "", {
        message: "no expected value",
        why: "the comparison itself fails",
      }),
    ];
  }
  const findings: LintFinding[] = [];
  if (expected.length > longestExpected) {
    findings.push(
      about(["expected-too-long", "warning", "expected"], expected, {
        message: `expected value of ${expected.length} characters; the column holds ${longestExpected}`,
        why: "SQLite keeps the rest, MariaDB does not",
      }),
    );
  }
  const isOrder = operator !== null && /^[<>]=?$/.test(operator);
  if (isOrder && servers.some(({ hasOperators }) => hasOperators) && !isNumberText(expected)) {
    findings.push(
      about(["expected-never-equal", "error", "expected"], expected, {
        message: `expected value "${expected}" is not a number, which ${operator} needs`,
        hint: "digits only: no blanks, no unit, no plus sign, no thousands separator",
        why: `the monitor stays down with "Unable to cast value to a number"`,
      }),
    );
  } else if (expected !== expected.trim() && operator !== "contains") {
    findings.push(
      about(["expected-never-equal", "warning", "expected"], expected, {
        message: expected.endsWith("\n")
          ? "expected value ends in a line break"
          : "expected value has blanks around it",
        hint: expected.endsWith("\n") ? "in YAML write |- in place of |" : "leave them out",
        ...(/^[^\S\n]*\S+(?: \S+)*[^\S\n]*$/u.test(expected) ? { replacement: expected.trim() } : {}),
        why: "the texts are compared character by character",
      }),
    );
  }
  if (operator === "contains" && expected === "") {
    findings.push(
      about(["constant-query", "error", "expected"], expected, {
        message: "every text contains the empty text: the comparison always holds",
      }),
    );
  }
  return findings;
}

function checkMonitor({ headers, isUpsideDown }: LintContext): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  if (isUpsideDown === true) {
    findings.push(
      about(["upside-down-query", "warning", "monitor"], "", {
        message: "an upside-down JSON query is up for every error",
        hint: "turn the query round in place of the monitor",
        why: "an HTML page, an empty body, and a query that does not parse all count as up",
      }),
    );
  }
  const accept = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "accept")?.[1];
  if (headers !== undefined && accept?.includes("json") !== true) {
    findings.push(
      about(["no-accept-header", "warning", "monitor"], "", {
        message: "no Accept header that asks for JSON",
        hint: "add the header Accept: application/json",
        why: "Uptime Kuma asks for text/html first, and some APIs then answer with a page",
      }),
    );
  }
  return findings;
}

/** Empty or only white space. */
function isEmptyText(expected: string | null): expected is string {
  return ["false", "0", "null", "undefined", "NaN"].includes(expected ?? "");
}

function neverAnswered(expected: string): LintFinding {
  return about(["constant-query", "error", "expected"], expected, {
    message: `a MongoDB monitor takes the value ${expected} for no value: the comparison never holds`,
    hint: `turn the query round, and expect "true"`,
    why: "Uptime Kuma says `Queried value not found.` before it compares",
  });
}

/**
 * Whether jsonata's `$number` accepts the text, in all releases: `5`, `-5`, `01`, `1.5`, `1e3`, `0x1F`, `0b1`, `0o7`.
 */
export function isNumberText(text: string): boolean {
  return /^(?:-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(text);
}

/** A finding about a whole text other than the query. */
function about(
  [rule, severity, field]: readonly [LintRule, Severity, LintFinding["field"]],
  text: string,
  words: Pick<LintFinding, "message" | "hint" | "why" | "replacement">,
): LintFinding {
  return { rule, severity, field, start: 0, end: text.length, ...words };
}
