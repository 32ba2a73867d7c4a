/** One way of telling which server object a declared entity is. */
import type { Desired, DesiredEntity, EntityKey, ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { Blocker } from "../../model/plan.ts";
import type { Moves } from "../moves.ts";
import type { Ownership } from "../ownership.ts";
import type { ReferenceIndex } from "../reference-index.ts";

/** What an object was before it is this entity. */
export type Tie =
  | { readonly type: "ours" }
  | { readonly type: "unmanaged" }
  | { readonly type: "moved"; readonly from: EntityKey }
  /** `from` is the key in the other project: `other/api`. */
  | { readonly type: "foreign"; readonly from: string };

export interface Scene {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly ownership: Ownership;
  readonly moves: Moves;
  /** Grows with every claim. */
  readonly index: ReferenceIndex;
  readonly options: { readonly adopt: boolean; readonly takeOver?: boolean };
  /** Whether a declared entity has the object already. */
  readonly isTaken: (found: ObservedEntity) => boolean;
}

export type Verdict =
  | { readonly found: ObservedEntity; readonly tie: Tie }
  /** Not on the server, or not to be taken from there. */
  | { readonly blocker: Blocker };

/** Undefined leaves the entity to the next claim. */
export type Claim = (entity: DesiredEntity, scene: Scene) => Verdict | undefined;
