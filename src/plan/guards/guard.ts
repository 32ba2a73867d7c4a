/** What a guard looks at. A guard finds blockers; it never filters steps. */
import type { Desired, DesiredEntity, EntityKey } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { CostOfPlan, Step } from "../../model/plan.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import type { AfterPlan } from "../effects/after-plan.ts";
import type { Binding } from "../bind/bind.ts";
import type { Histories } from "../bind/objects-by-owner.ts";
import type { GroupsAbove } from "../order/groups-above.ts";

export interface GuardOptions {
  /** How many deletes the user has allowed, by number. */
  readonly allowDeletes: number;
  /** A person will be asked about the deletes of this very plan, whatever their number. */
  readonly asksDeletes?: boolean;
  readonly allowEmpty: boolean;
  /** Consents to unusually many changes at once. */
  readonly allowBulk?: boolean;
  /** Consents to side effects on objects that this project does not manage. */
  readonly allowSharedChanges?: boolean;
  /** What looks like a rename is a delete and a create. */
  readonly notRenamed?: boolean;
  /** Consents to deleting what is surplus of objects with the same marker. */
  readonly resolveDuplicates?: boolean;
  /** Of objects with the same marker: they decide which is kept. */
  readonly histories?: Histories;
  /** Everything of the project is deleted, regardless of `onRemove`. */
  readonly destroys?: boolean;
}

export interface GuardInput {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly binding: Binding;
  /** What the objects on the server will be. */
  readonly after: AfterPlan;
  readonly groupsAbove: GroupsAbove;
  /** Declared, and not left out by a selection. */
  readonly looked: readonly DesiredEntity[];
  /** The keys that a selection is about; undefined: all, also those that are no longer declared. */
  readonly lookedKeys: ReadonlySet<EntityKey> | undefined;
  readonly steps: readonly Step[];
  readonly cost: CostOfPlan;
  /** Nothing is removed, even if it is no longer declared. */
  readonly keepsRemoved: boolean;
}

export type Guard = (input: GuardInput, options: GuardOptions) => readonly BlockerFacts[];
