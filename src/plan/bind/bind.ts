/**
 * Matches each declared entity with its object on the server, and so decides who owns what; no later stage filters
 * steps.
 *
 * The rules run in this order, because the later ones compare references, which need the matches of the earlier ones:
 * the marker (or the ledger or the name, by the kind's identity), `moved:`, intents of an interrupted run, `adopt:`,
 * and last the name.
 */
import type { Desired, DesiredEntity, EntityKey, ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import { matchAdopted } from "./rules/adopted.ts";
import type { MatchRule, MatchInput, FormerOwner } from "./match-rule.ts";
import { matchIntended } from "./rules/intended.ts";
import { matchNamed } from "./rules/named.ts";
import { matchMoved, matchOwned } from "./rules/by-key.ts";
import { settleMoves } from "./moves.ts";
import { sortByOwner, type Doubled, type Histories } from "./objects-by-owner.ts";
import { canonicalDesired, canonicalObserved, type Canonical } from "../canonical/canonical-form.ts";
import { effectiveEntity } from "../canonical/effective-entity.ts";
import { indexReferences, type ReferenceIndex } from "../canonical/reference-index.ts";
import type { Label } from "../canonical/references.ts";

export interface Pair {
  /** As declared. */
  readonly desired: Canonical<DesiredEntity>;
  /**
   * What the object should become: like `desired`, but ignored places and places whose value was not read keep what the
   * server has.
   */
  readonly wanted: Canonical<DesiredEntity>;
  readonly observed: Canonical<ObservedEntity>;
  readonly was: FormerOwner;
}

export interface Binding {
  /** All declared entities. */
  readonly declared: ReadonlyMap<EntityKey, Canonical<DesiredEntity>>;
  readonly pairs: ReadonlyMap<EntityKey, Pair>;
  /** Declared entities that are not on the server. */
  readonly missing: ReadonlyMap<EntityKey, Canonical<DesiredEntity>>;
  /** Managed objects that are no longer declared. */
  readonly orphans: readonly (readonly [EntityKey, Canonical<ObservedEntity>])[];
  readonly foreign: number;
  readonly unmanaged: number;
  /** Objects with the same marker. The kept one of each is in `pairs`. */
  readonly doubled: readonly Doubled[];
  readonly blockers: readonly BlockerFacts[];
  /** Knows the key of every managed object, after this plan. */
  readonly index: ReferenceIndex;
  /** The canonical form of any observed object. */
  readonly canonical: (object: ObservedEntity) => Canonical<ObservedEntity>;
}

export interface BindOptions {
  /** Adopt unmanaged objects that have the name of a declared entity. */
  readonly adopt: boolean;
  /** Take over objects of other projects that a declared entity matches. */
  readonly takeover?: boolean;
  /** Histories of objects with the same marker. The one with the most history is kept. */
  readonly histories?: Histories;
}

const rules: readonly MatchRule[] = [matchOwned, matchMoved, matchIntended, matchAdopted, matchNamed];

export function bind(desired: Desired, observed: Observed, options: BindOptions): Binding {
  const objects = sortByOwner(desired.project, observed, options.histories);
  const index = indexReferences(observed.entities);
  for (const [key, { id }] of objects.ours) index.set(key, id);
  const found = new Map<EntityKey, { readonly object: ObservedEntity; readonly was: FormerOwner }>();
  const taken = new Set<ObservedEntity>();
  const moves = settleMoves(desired, objects);
  const blockers: BlockerFacts[] = [...moves.blockers];
  const isTaken = (object: ObservedEntity): boolean => taken.has(object);
  const input: MatchInput = { desired, observed, objects, moves, index, options, isTaken };

  let open: readonly DesiredEntity[] = [...desired.entities.values()];
  for (const rule of rules) {
    const left: DesiredEntity[] = [];
    for (const entity of open) {
      const result = rule(entity, input);
      if (result === undefined) left.push(entity);
      else if ("blocker" in result) blockers.push(result.blocker);
      else {
        found.set(entity.key, { object: result.found, was: result.was });
        taken.add(result.found);
        index.set(entity.key, result.found.id);
      }
    }
    open = left;
  }

  const canonical = canonicalOnce(index.label);
  const declared = new Map<EntityKey, Canonical<DesiredEntity>>();
  const pairs = new Map<EntityKey, Pair>();
  const missing = new Map<EntityKey, Canonical<DesiredEntity>>();
  for (const [key, entity] of desired.entities) {
    const own = canonicalDesired(entity, index.label);
    declared.set(key, own);
    const match = found.get(key);
    if (match === undefined) missing.set(key, own);
    else {
      const object = canonical(match.object);
      pairs.set(key, { desired: own, wanted: effectiveEntity(own, object), observed: object, was: match.was });
    }
  }
  const isOrphan = (key: EntityKey, object: ObservedEntity): boolean =>
    !desired.entities.has(key) && !taken.has(object) && !moves.held.has(object);
  return {
    declared,
    pairs,
    missing,
    orphans: [...objects.ours].flatMap(([key, object]) =>
      isOrphan(key, object) ? [[key, canonical(object)] as const] : [],
    ),
    foreign: objects.foreign.filter((object) => !taken.has(object)).length,
    unmanaged: objects.unmanaged.filter((object) => !taken.has(object)).length,
    doubled: objects.doubled,
    blockers,
    index,
    canonical,
  };
}

/** Caches the canonical forms, because most objects are asked for several times and many never. */
function canonicalOnce(label: Label): Binding["canonical"] {
  const made = new Map<ObservedEntity, Canonical<ObservedEntity>>();
  return (object) => {
    const known = made.get(object) ?? canonicalObserved(object, label);
    made.set(object, known).set(known, known);
    return known;
  };
}
