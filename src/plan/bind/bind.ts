/**
 * Who is who: matches each declared entity with the object on the server that is the same thing. Ownership is decided here; no later stage
 * filters steps.
 *
 * The rules run in this order, because the later ones compare references, which the earlier ones settle: the marker (or the
 * ledger, or the name, by the kind's identity), then `moved:`, then what a killed run was about to create, then `adopt:`, and
 * last the name.
 */
import type { Desired, DesiredEntity, EntityKey, ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { Blocker } from "../../model/plan.ts";
import { matchAdopted } from "./rules/adopted.ts";
import type { MatchRule, MatchInput, FormerOwner } from "./match-rule.ts";
import { matchIntended } from "./rules/intended.ts";
import { matchNamed } from "./rules/named.ts";
import { matchMoved, matchOwned } from "./rules/by-key.ts";
import { settleMoves } from "./moves.ts";
import { sortByOwner, type Doubled, type Histories } from "./objects-by-owner.ts";
import { indexReferences, type ReferenceIndex } from "../canonical/reference-index.ts";

export interface Pair {
  readonly desired: DesiredEntity;
  readonly observed: ObservedEntity;
  readonly was: FormerOwner;
}

export interface Binding {
  readonly pairs: ReadonlyMap<EntityKey, Pair>;
  /** Declared, and not on the server. */
  readonly missing: ReadonlySet<DesiredEntity>;
  /** Ours, and no longer declared. */
  readonly orphans: readonly (readonly [EntityKey, ObservedEntity])[];
  readonly foreign: number;
  readonly unmanaged: number;
  /** Of each, the kept object is the one that is bound. */
  readonly doubled: readonly Doubled[];
  readonly blockers: readonly Blocker[];
  /** Knows everything that is ours by its key, the key that it will have included. */
  readonly index: ReferenceIndex;
}

export interface BindOptions {
  /** Take over unmanaged objects that have the name of a declared one. */
  readonly adopt: boolean;
  /** Take objects from other projects that a declared entity claims. */
  readonly takeover?: boolean;
  /** Of objects with the same marker: they decide which is kept. */
  readonly histories?: Histories;
}

const rules: readonly MatchRule[] = [matchOwned, matchMoved, matchIntended, matchAdopted, matchNamed];

export function bind(desired: Desired, observed: Observed, options: BindOptions): Binding {
  const objects = sortByOwner(desired.project, observed, options.histories);
  const index = indexReferences(observed.entities);
  for (const [key, { id }] of objects.ours) index.set(key, id);
  const pairs = new Map<EntityKey, Pair>();
  const taken = new Set<ObservedEntity>();
  const missing = new Set<DesiredEntity>();
  const moves = settleMoves(desired, objects);
  const blockers: Blocker[] = [...moves.blockers];
  const isTaken = (found: ObservedEntity): boolean => taken.has(found);
  const input: MatchInput = { desired, observed, objects, moves, index, options, isTaken };

  let open: readonly DesiredEntity[] = [...desired.entities.values()];
  for (const rule of rules) {
    const left: DesiredEntity[] = [];
    for (const entity of open) {
      const result = rule(entity, input);
      if (result === undefined) left.push(entity);
      else if ("blocker" in result) {
        missing.add(entity);
        blockers.push(result.blocker);
      } else {
        const { found, was } = result;
        pairs.set(entity.key, { desired: entity, observed: found, was });
        taken.add(found);
        index.set(entity.key, found.id);
      }
    }
    open = left;
  }
  for (const entity of open) missing.add(entity);

  return {
    pairs,
    missing,
    orphans: [...objects.ours].filter(
      ([key, found]) => !desired.entities.has(key) && !taken.has(found) && !moves.held.has(found),
    ),
    foreign: objects.foreign.filter((found) => !taken.has(found)).length,
    unmanaged: objects.unmanaged.filter((found) => !taken.has(found)).length,
    doubled: objects.doubled,
    blockers,
    index,
  };
}
