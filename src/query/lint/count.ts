/** What is never negative. */
import { calledName, type QueryNode } from "./query-tree.ts";

export function isCount(node: QueryNode): boolean {
  return ["count", "length"].includes(calledName(node) ?? "");
}

/** Whether a number from 0 up always (true) or never (false) stands so to `bound`; undefined when it depends. */
export function compareCount(operator: string, bound: number): boolean | undefined {
  if ((operator === ">=" && bound <= 0) || (operator === ">" && bound < 0) || (operator === "!=" && bound < 0))
    return true;
  if ((operator === "<" && bound <= 0) || (operator === "<=" && bound < 0) || (operator === "=" && bound < 0))
    return false;
  return undefined;
}
