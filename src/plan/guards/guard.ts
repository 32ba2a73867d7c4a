/** What a guard gets. A guard finds blockers; it never filters steps. */
import type { Desired, DesiredEntity, EntityKey } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { CostOfPlan, Step } from "../../model/plan.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import type { AfterPlan } from "../effects/after-plan.ts";
import type { Binding } from "../bind/bind.ts";
import type { Histories } from "../bind/objects-by-owner.ts";
import type { GroupsAbove } from "../order/groups-above.ts";

export interface GuardOptions {
  /** `--allow-deletes N`: the number of deletes that the user allows. */
  readonly allowDeletes: number;
  /** A prompt will ask about the deletes of this plan, however many there are. */
  readonly asksDeletes?: boolean;
  readonly allowEmpty: boolean;
  /** Allows unusually many changes at once. */
  readonly allowBulk?: boolean;
  /** Allows side effects on objects that this project does not manage. */
  readonly allowSharedChanges?: boolean;
  /** Treats apparent renames as delete plus create. */
  readonly notRenamed?: boolean;
  /** Allows deleting the duplicates of objects with the same marker. */
  readonly resolveDuplicates?: boolean;
  /** Histories of objects with the same marker. The one with the most history is kept. */
  readonly histories?: Histories;
  /** Deletes everything of the project, regardless of `onRemove`. */
  readonly destroys?: boolean;
}

export interface GuardInput {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly binding: Binding;
  /** The objects on the server as they will be after the plan. */
  readonly after: AfterPlan;
  readonly groupsAbove: GroupsAbove;
  /** Declared entities, except those that a selection leaves out. */
  readonly looked: readonly DesiredEntity[];
  /** The selected keys. Undefined: all, including keys that are no longer declared. */
  readonly lookedKeys: ReadonlySet<EntityKey> | undefined;
  readonly steps: readonly Step[];
  readonly cost: CostOfPlan;
  /** Nothing is removed, even if it is no longer declared. */
  readonly keepsRemoved: boolean;
}

export type Guard = (input: GuardInput, options: GuardOptions) => readonly BlockerFacts[];
