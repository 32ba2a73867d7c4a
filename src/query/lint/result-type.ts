import { builtinFunctions } from "./builtin-functions.ts";
import { calledName, type QueryNode } from "./query-tree.ts";

/** The type of an expression's value, if it has one. `unknown` if it depends on the document. */
export type StaticType =
  | "string"
  | "number"
  | "boolean"
  | "array"
  | "object"
  | "function"
  | "undefined"
  | "null"
  | "unknown";

const comparisons: ReadonlySet<unknown> = new Set(["=", "!=", "<", "<=", ">", ">=", "in", "and", "or"]);
const arithmetic: ReadonlySet<unknown> = new Set(["+", "-", "*", "/", "%"]);

export function resultType(node: QueryNode): StaticType {
  if ((node.predicate?.length ?? 0) > 0 || node.group !== undefined) return "unknown";
  switch (node.type) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "value":
      return node.value === null ? "null" : "boolean";
    case "regex":
    case "lambda":
    case "partial":
      return "function";
    case "binary":
      if (comparisons.has(node.value)) return "boolean";
      if (arithmetic.has(node.value)) return "number";
      return node.value === "&" ? "string" : "unknown";
    case "unary":
      if (node.value === "[") return "array";
      return node.value === "{" ? "object" : "number";
    case "block":
      return lastOf(node.expressions);
    case "condition":
      return typeOfBranches(node);
    case "bind":
      return node.rhs === undefined ? "unknown" : resultType(node.rhs);
    case "function":
      return builtinFunctions.get(calledName(node) ?? "") ?? "unknown";
    case "variable":
      return builtinFunctions.has(String(node.value)) ? "function" : "unknown";
    default:
      return "unknown";
  }
}

function lastOf(nodes: readonly QueryNode[] | undefined): StaticType {
  const last = nodes?.at(-1);
  return last === undefined ? "unknown" : resultType(last);
}

function typeOfBranches(node: QueryNode): StaticType {
  if (node.then === undefined || node.else === undefined) return "unknown";
  const [left, right] = [resultType(node.then), resultType(node.else)];
  return left === right ? left : "unknown";
}
