/** Makes a plan from the desired and the observed side. Pure: the same input gives the same bytes. */
import {
  duplicateKey,
  kindOf,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type Removal,
} from "../model/entity.ts";
import { ownRemoval } from "../model/ledger.ts";
import type { Observed } from "../model/observed.ts";
import { planFormatVersion, type PlanSummary, type Step, type StepAction } from "../model/plan.ts";
import type { PlanFacts } from "../model/plan-facts.ts";
import { afterPlan } from "./effects/after-plan.ts";
import { bind, type BindOptions, type Binding } from "./bind/bind.ts";
import { noteOn } from "./compare/causes.ts";
import { costOfPlan } from "./effects/cost.ts";
import { draftChange, draftCreate, draftRemoval } from "./compare/draft.ts";
import { findBlockers } from "./guards/find-blockers.ts";
import { groupsAboveIn } from "./order/groups-above.ts";
import type { GuardOptions } from "./guards/guard.ts";
import { impactOf } from "./effects/impact.ts";
import { projectRemoval } from "./compare/lifecycle-changes.ts";
import { orderSteps, type Draft } from "./order/order-steps.ts";
import { pausedGroupsOf } from "./effects/paused-groups.ts";
import { rememberedForm } from "./compare/remembered-form.ts";
import { selectDrafts } from "./order/selection.ts";
import { withSideEffects } from "./effects/side-effects.ts";
import { slugOrderOf } from "./order/slug-order.ts";
import { plannedMonitors } from "./effects/planned-monitors.ts";

export interface PlanOptions extends GuardOptions, BindOptions {
  /** Objects that are no longer declared are left alone. */
  readonly keepsRemoved?: boolean;
  /** Only these entities are looked at, and nothing is removed. Absent: everything. */
  readonly isSelected?: (key: EntityKey) => boolean;
}

export interface PlanInput {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly options: PlanOptions;
}

/** A plan, and which entity is which object on the server. `apply` needs both. */
export interface BoundPlan {
  readonly plan: PlanFacts;
  readonly binding: Binding;
}

export function makePlan(input: PlanInput): PlanFacts {
  return makeBoundPlan(input).plan;
}

export function makeBoundPlan({ desired, observed, options }: PlanInput): BoundPlan {
  const { isSelected } = options;
  const keepsRemoved = options.keepsRemoved === true || isSelected !== undefined;
  const binding = bind(desired, observed, options);
  const drafts = draftAll(desired, observed, binding);
  const groupsAbove = groupsAboveIn(observed, binding);
  const chosen = isSelected === undefined ? drafts : selectDrafts(drafts, isSelected, groupsAbove);
  const removals = keepsRemoved ? [] : draftRemovals({ desired, observed, options }, binding);
  const surplus = options.resolveDuplicates === true ? draftSurplus(binding, isSelected) : [];
  const taken = [...chosen, ...removals, ...surplus];
  const ordered = orderSteps(taken, groupsAbove, slugOrderOf(taken, observed.entities));
  const after = afterPlan(binding, ordered);
  const steps = withSideEffects(ordered, { observed, binding, after });

  const inSteps = new Set(steps.map(({ key }) => key));
  const looked = [...desired.entities.values()].filter(
    ({ key }) => isSelected === undefined || isSelected(key) || inSteps.has(key),
  );
  const monitors = plannedMonitors(binding, steps, pausedGroupsOf(binding, after, groupsAbove));
  const cost = costOfPlan(monitors);
  const lookedKeys = new Set(looked.map(({ key }) => key));
  const guarded = {
    desired,
    observed,
    binding,
    after,
    groupsAbove,
    looked,
    lookedKeys: isSelected === undefined ? undefined : lookedKeys,
    steps,
    cost,
    keepsRemoved,
  };
  const isLookedAt = (keys: readonly EntityKey[]): boolean =>
    isSelected === undefined || keys.some((key) => lookedKeys.has(key));
  const isAnythingManaged = observed.entities.some(({ owner }) => owner?.project === desired.project);
  const ledgerNote = noteOn(observed.ledger, { isAnythingManaged, steps });
  const plan: PlanFacts = {
    type: "kuma-sync.plan",
    formatVersion: planFormatVersion,
    project: desired.project,
    server: { url: observed.server.url, version: observed.server.version },
    steps,
    blockers: [...binding.blockers.filter(({ keys }) => isLookedAt(keys)), ...findBlockers(guarded, options)],
    summary: summarise({ steps, binding, looked }),
    impact: impactOf(monitors),
    cost,
    ...(isSelected === undefined ? {} : { isPartial: true }),
    ...(ledgerNote === undefined ? {} : { ledgerNote }),
  };
  return { plan, binding };
}

function draftAll(desired: Desired, { ledger }: Observed, { declared, pairs, index }: Binding): readonly Draft[] {
  const memory = { ledger, policy: desired.policy, rememberedForm: rememberedForm(ledger, desired, index) };
  return [...declared].flatMap(([key, entity]): Draft[] => {
    const pair = pairs.get(key);
    const draft = pair === undefined ? draftCreate(entity) : draftChange(pair, memory);
    return draft === undefined ? [] : [draft];
  });
}

/** Protected objects get no step; a guard refuses their removal. */
function draftRemovals({ desired, observed, options }: PlanInput, { orphans }: Binding): readonly Draft[] {
  const { ledger } = observed;
  const removalOf = (key: EntityKey): Removal => {
    const entry = ledger.state === "known" ? ledger.ledger.entries.get(key) : undefined;
    return (entry && ownRemoval(entry)) ?? projectRemoval(desired.policy, kindOf(key));
  };
  return orphans
    .filter(([, { owner, spec }]) => owner?.isProtected !== true && (spec !== undefined || options.destroys === true))
    .flatMap(
      ([key, orphan]) => draftRemoval([key, orphan], options.destroys === true ? "destroy" : removalOf(key)) ?? [],
    );
}

/**
 * Drafts the deletes of duplicates: objects with the same marker as a kept one. They are deleted regardless of
 * `onRemove`, because the kept one stays.
 */
function draftSurplus({ doubled }: Binding, isSelected: PlanOptions["isSelected"]): readonly Draft[] {
  return doubled
    .filter(({ key }) => isSelected === undefined || isSelected(key))
    .flatMap(({ key, others }) =>
      others.flatMap((other) => draftRemoval([duplicateKey(key, other.id), other], "destroy") ?? []),
    );
}

function summarise({
  steps,
  binding,
  looked,
}: {
  readonly steps: readonly Step[];
  readonly binding: Binding;
  readonly looked: readonly DesiredEntity[];
}): PlanSummary {
  const inSteps = new Set(steps.map(({ key }) => key));
  const count = (action: StepAction): number => steps.filter((step) => step.action === action).length;
  return {
    create: count("create"),
    update: count("update"),
    adopt: count("adopt"),
    move: count("move"),
    takeOver: count("take-over"),
    delete: count("delete"),
    retire: count("retire"),
    release: count("release"),
    kept: binding.orphans.filter(([key]) => !inSteps.has(key)).length,
    unchanged: looked.filter(({ key }) => !inSteps.has(key)).length,
    foreign: binding.foreign,
    unmanaged: binding.unmanaged,
  };
}
