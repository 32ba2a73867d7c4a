import { isEntityKey, type EntityKey } from "../../model/entity.ts";
import { isMove } from "../order/order-steps.ts";
import type { Guard } from "./guard.ts";

/**
 * The server refuses a group below itself in mid-apply. Among declared groups the configuration is refused; here the circle
 * closes over a parent written by name or id (perhaps a group made by hand), or a group that ignores changes of its parent.
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
