/** A rule that says which object on the server a declared entity is. */
import type { Desired, DesiredEntity, EntityKey, ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import type { Moves } from "./moves.ts";
import type { ObjectsByOwner } from "./objects-by-owner.ts";
import type { ReferenceIndex } from "../canonical/reference-index.ts";

/** Whose an object was before the plan. */
export type FormerOwner =
  | { readonly type: "ours" }
  | { readonly type: "unmanaged" }
  | { readonly type: "moved"; readonly from: EntityKey }
  /** `from` is the key in the other project: `other/api`. */
  | { readonly type: "foreign"; readonly from: string };

export interface MatchInput {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly objects: ObjectsByOwner;
  readonly moves: Moves;
  /** Gets a key for every object that is matched. */
  readonly index: ReferenceIndex;
  readonly options: { readonly adopt: boolean; readonly takeover?: boolean };
  /** Whether a declared entity has the object already. */
  readonly isTaken: (found: ObservedEntity) => boolean;
}

export type MatchResult =
  | { readonly found: ObservedEntity; readonly was: FormerOwner }
  /** Not on the server, or not to be taken from there. */
  | { readonly blocker: BlockerFacts };

/** Undefined: the next rule decides. */
export type MatchRule = (entity: DesiredEntity, input: MatchInput) => MatchResult | undefined;
