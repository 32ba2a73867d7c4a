/** Which groups each monitor will be in after the plan. */
import { isEntityKey, type EntityKey, type EntityRef, type Reference } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { Binding } from "../bind/bind.ts";

/**
 * The groups above a monitor, from its parent up, in canonical form. If the monitor would be below itself, the list
 * ends with its own key. That can happen if a group of the chain is not declared, or ignores changes of its parent.
 */
export type GroupsAbove = (key: EntityKey) => readonly Reference[];

export function groupsAboveIn(
  { entities }: Observed,
  { pairs, missing, index }: Pick<Binding, "pairs" | "missing" | "index">,
): GroupsAbove {
  const byId = new Map(entities.filter(({ kind }) => kind === "monitor").map((entity) => [entity.id, entity]));

  const referencesOf = (group: Reference): readonly EntityRef[] => {
    if (!isEntityKey(group)) {
      const id = index.idOf("monitor", group);
      return (id === undefined ? undefined : byId.get(id))?.references ?? [];
    }
    const pair = pairs.get(group);
    if (pair === undefined) return missing.get(group)?.references ?? [];
    const { desired, observed } = pair;
    const isKept = observed.spec !== undefined && desired.lifecycle.ignoreChanges.includes("/parent");
    return isKept ? observed.references : desired.references;
  };
  const parentOf = (group: Reference): Reference | undefined => {
    const parent = referencesOf(group).find(({ at }) => at === "/parent");
    return parent === undefined ? undefined : index.label("monitor", parent.to);
  };

  return (key) => {
    const above: Reference[] = [];
    const seen = new Set<string>();
    for (let group = parentOf(key); group !== undefined; group = parentOf(group)) {
      const text = JSON.stringify(group);
      if (seen.has(text)) break;
      seen.add(text);
      above.push(group);
      if (group === key) break;
    }
    return above;
  };
}
