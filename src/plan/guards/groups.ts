import type { KumaId, ObservedEntity } from "../../model/entity.ts";
import type { Blocker } from "../../model/plan.ts";
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
    else if ("changes" in step && step.changes.some(({ path }) => path === "/parent")) leaving.add(step.id);
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
