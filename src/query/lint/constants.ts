/**
 * Finds parts that do not depend on the document, or always have the same result
 * (docs/upstream/jsonata.md#constant-queries).
 */
import { isComparable } from "./against-expected.ts";
import { compareCount, isCount } from "./count.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { calledName, filtersOf, leftOf, walk, type QueryNode } from "./query-tree.ts";
import { resultType } from "./result-type.ts";

export function checkConstants(context: TreeContext): readonly LintFinding[] {
  return [...checkConstant(context), ...checkInside(context)];
}

/** Functions without arguments whose values change anyway. */
const changing: readonly string[] = ["now", "millis", "random"];

function checkConstant({ tree, text }: TreeContext): readonly LintFinding[] {
  if (!isComparable(resultType(tree))) return [];
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
    inQuery("constant-query", "error", whole, {
      message: "the query does not use the response: its result is always the same",
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
      findings.push(inQuery("constant-query", "error", context.extentOf(node), words));
    }
  });
  return findings;
}

function literalPredicate(expr: QueryNode, context: TreeContext): LintFinding {
  const isText = expr.type === "string";
  return inQuery("literal-predicate", "error", context.spanOf(expr), {
    message: `${isText ? `the text "${String(expr.value)}"` : String(expr.value)} in brackets is a condition that never changes`,
    ...(isText && { hint: `for the field write ${fieldText(String(expr.value))}, without brackets` }),
    why: "brackets filter by truth; text that is not empty is always true and selects no field",
  });
}

function fieldText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;
}

/** Compares counts, and other values that are never negative, with bounds that they cannot cross. */
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
    return [inQuery("constant-query", "error", span, { message })];
  }
  const isOrder = ["<", "<=", ">", ">="].includes(operator);
  const [leftType, rightType] = [resultType(left), resultType(right)];
  if (isOrder && isMixed(leftType, rightType)) {
    return [
      inQuery("constant-query", "error", span, {
        message: `a ${leftType} and a ${rightType} cannot be put in order`,
        hint: "turn the text into a number with $number(…)",
      }),
    ];
  }
  if (["=", "!=", "<", ">", "<=", ">="].includes(operator) && isSameText(left, right, context)) {
    return [inQuery("constant-query", "error", span, { message: "both sides are the same" })];
  }
  return [];
}

function constantNumber(node: QueryNode): number | undefined {
  return node.type === "number" && typeof node.value === "number" ? node.value : undefined;
}

function isMixed(left: string, right: string): boolean {
  return [left, right].includes("string") && [left, right].includes("number");
}

/** Compares the lengths first; otherwise the texts of a long chain of comparisons would be read again and again. */
function isSameText(left: QueryNode, right: QueryNode, context: TreeContext): boolean {
  if ([left, right].some((node) => node.type === "number" || node.type === "string")) return false;
  const [from, to] = context.tokensOf(left);
  const [rightFrom, rightTo] = context.tokensOf(right);
  if (to - from !== rightTo - rightFrom) return false;
  for (let at = 0; at < to - from; at++) {
    const text = context.tokens[from + at]?.text;
    if (text !== context.tokens[rightFrom + at]?.text || text === "$random" || text === "$shuffle") return false;
  }
  return true;
}
