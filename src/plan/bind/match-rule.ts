/** A rule that finds the object of a declared entity on the server. */
import type { Desired, DesiredEntity, EntityKey, ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import type { Moves } from "./moves.ts";
import type { ObjectsByOwner } from "./objects-by-owner.ts";
import type { ReferenceIndex } from "../canonical/reference-index.ts";

/** Who owned an object before the plan. */
export type FormerOwner =
  | { readonly type: "ours" }
  | { readonly type: "unmanaged" }
  | { readonly type: "moved"; readonly from: EntityKey }
  /** `from` is the object's key with its project: `other/api`. */
  | { readonly type: "foreign"; readonly from: string };

export interface MatchInput {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly objects: ObjectsByOwner;
  readonly moves: Moves;
  /** Gets the key of every object that is matched. */
  readonly index: ReferenceIndex;
  readonly options: { readonly adopt: boolean; readonly takeover?: boolean };
  /** Whether another declared entity was matched with the object. */
  readonly isTaken: (found: ObservedEntity) => boolean;
}

export type MatchResult =
  | { readonly found: ObservedEntity; readonly was: FormerOwner }
  /** There is no object, or there is one that this plan may not use. */
  | { readonly blocker: BlockerFacts };

/** Returns undefined to leave the decision to the next rule. */
export type MatchRule = (entity: DesiredEntity, input: MatchInput) => MatchResult | undefined;
