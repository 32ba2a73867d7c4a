/** Whose each object on the server is, by its marker or, for kinds without one, by the ledgers. */
import { entityKey, kindIdentity, type EntityKey, type KumaId, type ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { History } from "../../model/plan.ts";

/** By the id of the monitor; what is not known is not in it. */
export type Histories = ReadonlyMap<KumaId, History>;

/** Objects with the same marker: two runs created them at the same time, or one was cloned in the UI. */
export interface Doubled {
  readonly key: EntityKey;
  readonly kept: ObservedEntity;
  /** In the order of their ids. */
  readonly others: readonly ObservedEntity[];
}

export interface ObjectsByOwner {
  /** Of doubled objects, the one that is kept. */
  readonly ours: ReadonlyMap<EntityKey, ObservedEntity>;
  readonly foreign: readonly ObservedEntity[];
  readonly unmanaged: readonly ObservedEntity[];
  readonly doubled: readonly Doubled[];
}

/** Objects of kinds that are bound by name alone are everybody's, and in none of the lists. */
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
 * The one with the most heartbeats is kept; of equal ones, and where that is not known of all, the oldest: ids only
 * grow.
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
