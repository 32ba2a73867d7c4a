import { isEntityKey, type EntityKey } from "../../model/entity.ts";
import { isMove } from "../order.ts";
import type { Guard } from "./guard.ts";

/**
 * The server refuses a group below itself in mid-apply. Among declared groups the configuration is refused; here another
 * group stands between, one made by hand, or one that ignores changes of its parent.
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
  return [...circles.values()].map((keys) => ({
    code: "KS4016",
    message: `${keys.join(" and ")} would be below ${keys.length === 1 ? "itself" : "themselves"}, by way of a group that is not declared or ignores changes of its parent`,
    keys,
    waysOn: ["declare another parent", "move the group between them elsewhere on the server"],
  }));
};
