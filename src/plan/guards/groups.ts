import { isEntityKey, type EntityKey, type KumaId, type ObservedEntity } from "../../model/entity.ts";
import type { Blocker } from "../../model/plan.ts";
import { isMove } from "../order.ts";
import { referencedId } from "../references.ts";
import type { Guard } from "./guard.ts";

/**
 * The server unlinks the children of a deleted group without a word, and those of a paused one cannot be changed until it
 * runs again (uptime-kuma-api.md 3.9). Children that this plan moves or deletes are gone by then; any other would be left
 * behind.
 */
export const checkGroups: Guard = ({ observed, steps }) => {
  const deleted = new Set<KumaId>();
  const leaving = new Set<KumaId>();
  const paused = new Set<KumaId>();
  for (const step of steps) {
    if (step.kind !== "monitor" || step.action === "create") continue;
    if (step.action === "delete") deleted.add(step.id);
    else if (step.action === "retire") paused.add(step.id);
    else if (isMove(step)) leaving.add(step.id);
  }
  const children = childrenByParent(observed.entities);
  return steps.flatMap((step): Blocker[] => {
    if (step.kind !== "monitor" || (step.action !== "delete" && step.action !== "retire")) return [];
    const isDelete = step.action === "delete";
    const left = (children.get(step.id) ?? []).filter(
      ({ id }) => !deleted.has(id) && !leaving.has(id) && (isDelete || !paused.has(id)),
    );
    if (left.length === 0) return [];
    const names = left.map((child) => `"${child.name}" (id ${child.id})`).join(", ");
    return [
      {
        code: "KS4008",
        message: isDelete
          ? `${step.key} is a group with children that this project does not delete or move: ${names}`
          : `${step.key} is a group that would be paused over children that this project does not move: ${names}`,
        keys: [step.key],
        waysOn: ["move the children out of the group on the server", `keep ${step.key} in the configuration`],
      },
    ];
  });
};

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

function childrenByParent(entities: readonly ObservedEntity[]): ReadonlyMap<KumaId, readonly ObservedEntity[]> {
  const children = new Map<KumaId, ObservedEntity[]>();
  for (const entity of entities) {
    const parent = entity.kind === "monitor" ? parentId(entity) : undefined;
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [entity]);
    else siblings.push(entity);
  }
  return children;
}

/** Also for monitors of types we do not know: their parent is still a plain number in the row. */
function parentId(entity: ObservedEntity): KumaId | undefined {
  const reference = entity.references.find(({ at }) => at === "/parent")?.to;
  if (reference !== undefined) return referencedId(reference);
  const parent = entity.row["parent"];
  return typeof parent === "number" ? parent : undefined;
}
