/** Whose each object on the server is, by its marker or, for kinds without one, by the ledgers. */
import { entityKey, kindIdentity, type EntityKey, type KumaId, type ObservedEntity } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Blocker } from "../model/plan.ts";

export interface Ownership {
  readonly ours: ReadonlyMap<EntityKey, ObservedEntity>;
  readonly foreign: readonly ObservedEntity[];
  readonly unmanaged: readonly ObservedEntity[];
  readonly blockers: readonly Blocker[];
}

/** Objects of kinds that are bound by name alone are everybody's, and in none of the lists. */
export function sortByOwner(project: string, { entities }: Observed): Ownership {
  const ours = new Map<EntityKey, ObservedEntity>();
  const foreign: ObservedEntity[] = [];
  const unmanaged: ObservedEntity[] = [];
  const copies = new Map<EntityKey, KumaId[]>();
  for (const entity of entities) {
    if (kindIdentity[entity.kind] === "shared") continue;
    if (entity.owner === undefined) unmanaged.push(entity);
    else if (entity.owner.project !== project) foreign.push(entity);
    else {
      const key = entityKey(entity.kind, entity.owner.key);
      const first = ours.get(key);
      if (first === undefined) ours.set(key, entity);
      else copies.set(key, [...(copies.get(key) ?? [first.id]), entity.id]);
    }
  }
  return { ours, foreign, unmanaged, blockers: [...copies].map(([key, ids]) => sameMarker(key, ids)) };
}

/** Cloning a monitor in the UI copies its tags, our marker among them. */
function sameMarker(key: EntityKey, ids: readonly KumaId[]): Blocker {
  return {
    code: "KS4007",
    message: `${key} is marked on ${ids.length} objects on the server (ids ${ids.join(", ")}); a clone made in the UI copies the marker`,
    keys: [key],
    waysOn: [`remove the kuma-sync tag from the copy in the UI, or delete the copy`],
  };
}
