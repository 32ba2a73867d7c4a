/** Knows which values are never negative. */
import { calledName, type QueryNode } from "./query-tree.ts";

export function isCount(node: QueryNode): boolean {
  return ["count", "length"].includes(calledName(node) ?? "");
}

/**
 * Whether a number of 0 or more always (true) or never (false) compares like this with `bound`; undefined if it depends
 * on the number.
 */
export function compareCount(operator: string, bound: number): boolean | undefined {
  if ((operator === ">=" && bound <= 0) || (operator === ">" && bound < 0) || (operator === "!=" && bound < 0))
    return true;
  if ((operator === "<" && bound <= 0) || (operator === "<=" && bound < 0) || (operator === "=" && bound < 0))
    return false;
  return undefined;
}
