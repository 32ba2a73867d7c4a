import { isEntityKey, type EntityKey } from "../../model/entity.ts";
import { isMove } from "../order/order-steps.ts";
import type { Guard } from "./guard.ts";

/**
 * The server refuses a group below itself in the middle of an apply. If all groups of the circle are declared, the
 * configuration is refused before. Here, a parent is written by name or id (it may be made by hand), or a group ignores
 * changes of its parent.
 */
export const checkNesting: Guard = ({ groupsAbove, steps }) => {
  const circles = new Map<string, readonly EntityKey[]>();
  for (const step of steps) {
    if (!isMove(step)) continue;
    const above = groupsAbove(step.key);
    if (!above.includes(step.key)) continue;
    const keys = above.filter(isEntityKey).toSorted();
    circles.set(keys.join(), keys);
  }
  return [...circles.values()].map((keys) => ({ code: "KS4016", keys }));
};
