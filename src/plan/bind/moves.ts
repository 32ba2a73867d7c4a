/**
 * Finds objects that `moved:` gives a new key. An object is found under any of its former keys: with a → b → c, a
 * server that still has `a` gets `c` at once. Entries that were applied before are ignored.
 */
import {
  kindIdentity,
  kindOf,
  type Desired,
  type EntityKey,
  type Move,
  type ObservedEntity,
} from "../../model/entity.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import type { ObjectsByOwner } from "./objects-by-owner.ts";

export interface Moves {
  /** By new key: the object, and the key that it has on the server now. */
  readonly origins: ReadonlyMap<EntityKey, { readonly from: EntityKey; readonly found: ObservedEntity }>;
  /** Objects whose move cannot be decided yet. They are not removed, although their keys are not declared. */
  readonly held: ReadonlySet<ObservedEntity>;
  readonly blockers: readonly BlockerFacts[];
}

export function settleMoves(desired: Desired, { ours }: Pick<ObjectsByOwner, "ours">): Moves {
  const origins = new Map<EntityKey, { readonly from: EntityKey; readonly found: ObservedEntity }>();
  const held = new Set<ObservedEntity>();
  const claimed = new Map<ObservedEntity, EntityKey>();
  const blockers = desired.moves.flatMap((move) => checkMove(move, desired));
  const byTarget = new Map<EntityKey, EntityKey[]>();
  for (const { from, to } of desired.moves) byTarget.set(to, [...(byTarget.get(to) ?? []), from]);
  for (const { key, kind } of desired.entities.values()) {
    if (kindIdentity[kind] === "shared" || !byTarget.has(key)) continue;
    const found = formerKeys(key, byTarget).flatMap((from) => {
      const object = desired.entities.has(from) || kindOf(from) !== kind ? undefined : ours.get(from);
      return object === undefined ? [] : [{ from, found: object }];
    });
    const [origin] = found;
    if (origin === undefined) continue;
    const keys = [...(ours.has(key) ? [key] : []), ...found.map(({ from }) => from)];
    const other = claimed.get(origin.found);
    if (keys.length === 1 && other === undefined) {
      origins.set(key, origin);
      claimed.set(origin.found, key);
    } else {
      for (const { found: object } of found) if (!claimed.has(object)) held.add(object);
      blockers.push(other === undefined ? severalObjects(key, keys) : movedTwice(origin.from, [other, key]));
    }
  }
  return { origins, held, blockers };
}

/** The keys that were moved to `key`, the nearest first. A circle ends where it began. */
function formerKeys(key: EntityKey, byTarget: ReadonlyMap<EntityKey, readonly EntityKey[]>): readonly EntityKey[] {
  const found: EntityKey[] = [];
  let ends: readonly EntityKey[] = [key];
  while (ends.length > 0) {
    const before = ends.flatMap((to) => byTarget.get(to) ?? []);
    ends = [...new Set(before.filter((from) => from !== key && !found.includes(from)))];
    found.push(...ends);
  }
  return found;
}

function checkMove({ from, to }: Move, { entities }: Desired): readonly BlockerFacts[] {
  if (kindOf(from) !== kindOf(to)) return [{ code: "KS4015", keys: [to], problem: "kinds", from, to }];
  return entities.has(from) ? [{ code: "KS4015", keys: [from, to], problem: "declared", from, to }] : [];
}

function severalObjects(to: EntityKey, from: readonly EntityKey[]): BlockerFacts {
  return { code: "KS4015", keys: [...new Set([to, ...from])], problem: "several", to, from };
}

function movedTwice(from: EntityKey, to: readonly EntityKey[]): BlockerFacts {
  return { code: "KS4015", keys: to, problem: "twice", from, to };
}
