/** Sorts the objects on the server by owner: by their marker or, for kinds without one, by the ledgers. */
import { entityKey, kindIdentity, type EntityKey, type KumaId, type ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { History } from "../../model/plan.ts";

/** By monitor id. Monitors without a known history are missing. */
export type Histories = ReadonlyMap<KumaId, History>;

/** Objects with the same marker, because two runs created them at the same time or somebody cloned one in the UI. */
export interface Doubled {
  readonly key: EntityKey;
  readonly kept: ObservedEntity;
  /** Ordered by id. */
  readonly others: readonly ObservedEntity[];
}

export interface ObjectsByOwner {
  /** Of objects with the same marker, only the kept one. */
  readonly ours: ReadonlyMap<EntityKey, ObservedEntity>;
  readonly foreign: readonly ObservedEntity[];
  readonly unmanaged: readonly ObservedEntity[];
  readonly doubled: readonly Doubled[];
}

/** Objects of kinds that are matched by name alone belong to no project and are in none of the lists. */
export function sortByOwner(project: string, { entities }: Observed, histories: Histories = new Map()): ObjectsByOwner {
  const ours = new Map<EntityKey, ObservedEntity>();
  const foreign: ObservedEntity[] = [];
  const unmanaged: ObservedEntity[] = [];
  const copies = new Map<EntityKey, ObservedEntity[]>();
  for (const entity of entities) {
    if (kindIdentity[entity.kind] === "shared") continue;
    if (entity.owner === undefined) unmanaged.push(entity);
    else if (entity.owner.project !== project) foreign.push(entity);
    else {
      const key = entityKey(entity.kind, entity.owner.key);
      const first = ours.get(key);
      if (first === undefined) ours.set(key, entity);
      else copies.set(key, [...(copies.get(key) ?? [first]), entity]);
    }
  }
  const doubled = [...copies].map(([key, objects]) => choose(key, objects, histories));
  for (const { key, kept } of doubled) ours.set(key, kept);
  return { ours, foreign, unmanaged, doubled };
}

/**
 * Keeps the object with the most heartbeats. If several have equally many, or the number is unknown for one of them,
 * keeps the oldest, which has the lowest id.
 */
function choose(key: EntityKey, objects: readonly ObservedEntity[], histories: Histories): Doubled {
  const beats = ({ id }: ObservedEntity): number | undefined => histories.get(id)?.heartbeats;
  const isKnown = objects.every((object) => beats(object) !== undefined);
  const sorted = objects.toSorted(
    (left, right) => (isKnown ? (beats(right) ?? 0) - (beats(left) ?? 0) : 0) || left.id - right.id,
  );
  const [kept, ...others] = sorted as [ObservedEntity, ...ObservedEntity[]];
  return { key, kept, others: others.toSorted((left, right) => left.id - right.id) };
}
