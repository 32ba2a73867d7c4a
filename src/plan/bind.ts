/**
 * Who is who: ties each declared entity to the server object that is it. Ownership is settled here, on the inputs of the
 * plan; no later stage filters steps.
 *
 * What is certain comes first, because the uncertain is told by its references, which the certain settles: the marker (or
 * the ledger, or the name, by the kind's identity), then `moved:`, then what a killed run set out to create, then `adopt:`,
 * and last the name.
 */
import type { Desired, DesiredEntity, EntityKey, ObservedEntity } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Blocker } from "../model/plan.ts";
import { claimAdopted } from "./claims/adopted.ts";
import type { Claim, Scene, Tie } from "./claims/claim.ts";
import { claimIntended } from "./claims/intended.ts";
import { claimMoved } from "./claims/moved.ts";
import { claimNamed } from "./claims/named.ts";
import { claimOwned } from "./claims/owned.ts";
import { settleMoves } from "./moves.ts";
import { sortByOwner, type Doubled, type Histories } from "./ownership.ts";
import { indexReferences, type ReferenceIndex } from "./reference-index.ts";

export interface Pair {
  readonly desired: DesiredEntity;
  readonly observed: ObservedEntity;
  readonly tie: Tie;
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
  readonly takeOver?: boolean;
  /** Of objects with the same marker: they decide which is kept. */
  readonly histories?: Histories;
}

const claims: readonly Claim[] = [claimOwned, claimMoved, claimIntended, claimAdopted, claimNamed];

export function bind(desired: Desired, observed: Observed, options: BindOptions): Binding {
  const ownership = sortByOwner(desired.project, observed, options.histories);
  const index = indexReferences(observed.entities);
  for (const [key, { id }] of ownership.ours) index.set(key, id);
  const pairs = new Map<EntityKey, Pair>();
  const taken = new Set<ObservedEntity>();
  const missing = new Set<DesiredEntity>();
  const moves = settleMoves(desired, ownership);
  const blockers: Blocker[] = [...moves.blockers];
  const isTaken = (found: ObservedEntity): boolean => taken.has(found);
  const scene: Scene = { desired, observed, ownership, moves, index, options, isTaken };

  let open: readonly DesiredEntity[] = [...desired.entities.values()];
  for (const claim of claims) {
    const left: DesiredEntity[] = [];
    for (const entity of open) {
      const verdict = claim(entity, scene);
      if (verdict === undefined) left.push(entity);
      else if ("blocker" in verdict) {
        missing.add(entity);
        blockers.push(verdict.blocker);
      } else {
        const { found, tie } = verdict;
        pairs.set(entity.key, { desired: entity, observed: found, tie });
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
    orphans: [...ownership.ours].filter(
      ([key, found]) => !desired.entities.has(key) && !taken.has(found) && !moves.held.has(found),
    ),
    foreign: ownership.foreign.filter((found) => !taken.has(found)).length,
    unmanaged: ownership.unmanaged.filter((found) => !taken.has(found)).length,
    doubled: ownership.doubled,
    blockers,
    index,
  };
}
