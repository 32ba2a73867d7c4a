/** E8, E9: what does not depend on the document, or comes out the same whatever it depends on (jsonata.md 4.5). */
import { isNumberText } from "./comparison.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { calledName, filtersOf, leftOf, walk, type QueryNode } from "./query-tree.ts";
import { resultType } from "./result-type.ts";

export function checkConstants(context: TreeContext): readonly LintFinding[] {
  return [...checkConstant(context), ...checkInside(context), ...checkAgainstExpected(context)];
}

/** Functions without arguments whose value changes all the same. */
const changing: readonly string[] = ["now", "millis", "random"];

/** What no server compares, or only 1.23. */
const uncomparable: readonly string[] = ["array", "object", "function", "null", "undefined"];

function checkConstant({ tree, text }: TreeContext): readonly LintFinding[] {
  if (uncomparable.includes(resultType(tree))) return [];
  let isConstant = true;
  walk(tree, (node) => {
    const isInput = node.type === "variable" && (node.value === "" || node.value === "$");
    const isRead = ["name", "wildcard", "descendant", "parent", "transform"].includes(node.type);
    if (isInput || isRead || changing.includes(calledName(node) ?? "") || calledName(node) === "eval")
      isConstant = false;
  });
  if (!isConstant) return [];
  const whole = { start: text.length - text.trimStart().length, end: text.trimEnd().length };
  return [
    inQuery("E9", "error", whole, {
      message: "the query does not look at the response: it always gives the same",
      why: "the monitor would never change its state, whatever the service answers",
    }),
  ];
}

function checkInside(context: TreeContext): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  walk(context.tree, (node) => {
    for (const { expr } of filtersOf(node)) {
      if (expr?.type === "string" || expr?.type === "value") findings.push(literalPredicate(expr, context));
    }
    if (node.type === "binary") findings.push(...checkBinary(node, context));
    const [argument] = node.arguments ?? [];
    if (calledName(node) === "exists" && argument?.type === "variable" && argument.value === "") {
      const words = { message: "$exists($) holds for every response", hint: "name the field that must be there" };
      findings.push(inQuery("E9", "error", context.extentOf(node), words));
    }
  });
  return findings;
}

function literalPredicate(expr: QueryNode, context: TreeContext): LintFinding {
  const isText = expr.type === "string";
  return inQuery("E8", "error", context.spanOf(expr), {
    message: `${isText ? `the text "${String(expr.value)}"` : String(expr.value)} in brackets is a condition that never changes`,
    ...(isText && { hint: `for the field write ${fieldText(String(expr.value))}, without brackets` }),
    why: "brackets filter by truth; text that is not empty is always true and selects no field",
  });
}

function fieldText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;
}

/** Counts and other things that are never negative, against a bound that they cannot cross. */
function checkBinary(node: QueryNode, context: TreeContext): readonly LintFinding[] {
  const [left, right] = [leftOf(node), node.rhs];
  if (left === undefined || right === undefined) return [];
  const operator = String(node.value);
  const span = context.extentOf(node);
  const bound = constantNumber(right);
  const verdict = isCount(left) && bound !== undefined ? compareCount(operator, bound) : undefined;
  if (verdict !== undefined) {
    const message = verdict
      ? "a count is never negative: this always holds"
      : "a count is never negative: this never holds";
    return [inQuery("E9", "error", span, { message })];
  }
  const isOrder = ["<", "<=", ">", ">="].includes(operator);
  const [leftType, rightType] = [resultType(left), resultType(right)];
  if (isOrder && isMixed(leftType, rightType)) {
    return [
      inQuery("E9", "error", span, {
        message: `a ${leftType} and a ${rightType} cannot be put in order`,
        hint: "turn the text into a number with $number(…)",
      }),
    ];
  }
  if (["=", "!=", "<", ">", "<=", ">="].includes(operator) && isSameText(left, right, context)) {
    return [inQuery("E9", "error", span, { message: "both sides are the same" })];
  }
  return [];
}

function isCount(node: QueryNode): boolean {
  return ["count", "length"].includes(calledName(node) ?? "");
}

/** Whether a number from 0 up always (true) or never (false) stands so to `bound`; undefined when it depends. */
function compareCount(operator: string, bound: number): boolean | undefined {
  if ((operator === ">=" && bound <= 0) || (operator === ">" && bound < 0) || (operator === "!=" && bound < 0))
    return true;
  if ((operator === "<" && bound <= 0) || (operator === "<=" && bound < 0) || (operator === "=" && bound < 0))
    return false;
  return undefined;
}

function constantNumber(node: QueryNode): number | undefined {
  return node.type === "number" && typeof node.value === "number" ? node.value : undefined;
}

function isMixed(left: string, right: string): boolean {
  return [left, right].includes("string") && [left, right].includes("number");
}

function isSameText(left: QueryNode, right: QueryNode, context: TreeContext): boolean {
  const read = (node: QueryNode): string => {
    const { start, end } = context.extentOf(node);
    return context.text.slice(start, end).replaceAll(/\s+/g, "");
  };
  if ([left, right].some((node) => node.type === "number" || node.type === "string")) return false;
  const leftText = read(left);
  return leftText === read(right) && !/\$(?:random|shuffle)/.test(leftText);
}

/** The query's type against the operator and the expected value. */
function checkAgainstExpected(context: TreeContext): readonly LintFinding[] {
  const { tree, expected, servers } = context;
  const type = resultType(tree);
  const hasOperators = servers.some((server) => server.hasOperators);
  const operator = hasOperators ? context.operator : "==";
  if (uncomparable.includes(type)) return checkUncomparable(context, type);
  if (expected === null || operator === null) return [];
  const isOrder = /^[<>]=?$/.test(operator);
  const at = { field: "expected", start: 0, end: expected.length } as const;
  const isEquality = operator === "==" || operator === "!=";
  if (type === "boolean") {
    const words = "the query gives true or false";
    if (isOrder) {
      return [
        {
          rule: "E9",
          severity: "error",
          ...at,
          message: `${words}, which ${operator} cannot compare`,
          hint: `use == with "true"`,
        },
      ];
    }
    if (operator === "contains") {
      const isPossible = ["true", "false"].some((text) => text.includes(expected));
      const hint = `use == with "true"`;
      if (isPossible)
        return [
          { rule: "E9", severity: "warning", ...at, message: `${words}; contains looks for a part of that word`, hint },
        ];
    }
    if ((isEquality || operator === "contains") && expected !== "true" && expected !== "false") {
      const word = expected.trim().toLowerCase();
      const hint = `write "${["false", "0", "no"].includes(word) ? "false" : "true"}"`;
      const rule = word === "true" || word === "false" ? "E3" : "E9";
      const always = operator === "!=" ? "always" : "never";
      return [
        {
          rule,
          severity: "error",
          ...at,
          message: `${words}: the comparison with "${expected}" ${always} holds`,
          hint,
        },
      ];
    }
  }
  if (type === "number" && isEquality && !isCanonicalNumber(expected)) {
    const always = operator === "!=" ? "always" : "never";
    const message = `the query gives a number, and no number is written "${expected}": the comparison ${always} holds`;
    const hint = isNumberText(expected.trim()) ? `write "${String(Number(expected))}"` : "write digits only";
    return [
      {
        rule: "E3",
        severity: "error",
        ...at,
        message,
        hint,
        why: "numbers are compared as the text JavaScript gives them",
      },
    ];
  }
  const bound = isNumberText(expected) ? Number(expected) : undefined;
  const counted =
    isCount(tree) && bound !== undefined ? compareCount(operator === "==" ? "=" : operator, bound) : undefined;
  if (counted === undefined) return [];
  const message = `a count is never negative: the comparison ${counted ? "always" : "never"} holds`;
  return [{ rule: "E9", severity: "error", ...at, message }];
}

function checkUncomparable(context: TreeContext, type: string): readonly LintFinding[] {
  // A function that is not called has its own finding.
  if (context.tree.type === "variable") return [];
  const strict = context.servers.filter(({ hasOperators }) => hasOperators);
  const isAssertion = type === "undefined";
  const span = context.spanOf(context.tree);
  if (isAssertion || strict.length > 0) {
    return [
      inQuery("E9", "error", span, {
        message: isAssertion
          ? "the query never gives a value: the monitor would never be up"
          : `the query gives ${article(type)}, which cannot be compared`,
        hint:
          type === "array"
            ? "take one item, or $count(…), $sum(…), $exists(…)"
            : "give a text, a number, true or false",
      }),
    ];
  }
  if ((type !== "array" && type !== "object") || (context.askedBy ?? "json-query") !== "json-query") return [];
  const message = `the query gives ${article(type)}; Uptime Kuma 2.x does not compare that`;
  return [inQuery("W7", "warning", span, { message, why: "the monitor would go down with the upgrade" })];
}

function article(type: string): string {
  return type === "null" ? "null" : `${/^[ao]/.test(type) ? "an" : "a"} ${type}`;
}

/** As JavaScript writes a number. */
function isCanonicalNumber(text: string): boolean {
  return String(Number(text)) === text && text !== "";
}
