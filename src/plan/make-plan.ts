/** Desired and observed to a plan: pure, so the same input gives the same bytes, and a second run finds nothing to do. */
import { entityKey, type EntityKey, type Desired, type DesiredEntity, type ObservedEntity } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import { isWithin } from "../model/json.ts";
import { planFormatVersion, type Plan, type PlanSummary, type Step } from "../model/plan.ts";
import { bind, labeller, type Pair } from "./bind.ts";
import { compareSpecs, describeNew } from "./compare.ts";
import { findBlockers, type GuardOptions } from "./guards.ts";
import { orderSteps, type Draft } from "./order.ts";
import { normaliseDesired, normaliseObserved } from "./normal-form.ts";
import { referencedId, type Label } from "./references.ts";

export interface PlanOptions extends GuardOptions {
  /** Take over unmanaged objects that have the name of a declared one. */
  readonly adopt: boolean;
  /** Take objects from other projects that a declared entity claims. */
  readonly takeOver?: boolean;
  /** What is no longer declared is left alone. */
  readonly keepsRemoved?: boolean;
  /** Only these are looked at, and nothing is removed; absent: everything. */
  readonly isSelected?: (key: EntityKey) => boolean;
}

export interface PlanInput {
  readonly desired: Desired;
  readonly observed: Observed;
  readonly options: PlanOptions;
}

export function makePlan({ desired, observed, options }: PlanInput): Plan {
  const binding = bind(desired, observed, options);
  const label = labeller(desired, observed, binding.pairs);
  const missing = new Set(binding.missing);
  const drafts = [...desired.entities.values()].flatMap((entity): Draft[] => {
    const pair = binding.pairs.get(entity.key);
    if (pair !== undefined) return draftUpdate(pair, label);
    return missing.has(entity) ? [draftCreate(entity, label)] : [];
  });
  const steps = orderSteps([...drafts, ...binding.orphans.map(draftDelete)]);
  const blockers = [...binding.blockers, ...findBlockers({ desired, observed, steps }, options)];
  const count = (action: Step["action"]): number => steps.filter((step) => step.action === action).length;
  const summary: PlanSummary = {
    create: count("create"),
    update: count("update"),
    adopt: count("adopt"),
    move: count("move"),
    takeOver: count("take-over"),
    delete: count("delete"),
    retire: count("retire"),
    release: count("release"),
    kept: 0,
    unchanged: desired.entities.size - count("create") - count("update") - count("adopt"),
    foreign: binding.foreign,
    unmanaged: binding.unmanaged,
  };
  return {
    type: "kuma-sync.plan",
    formatVersion: planFormatVersion,
    project: desired.project,
    server: { url: observed.server.url, version: observed.server.version },
    steps,
    blockers,
    summary,
    impact: { checksPerMinute: { before: 0, after: 0 }, coverage: [] },
    cost: {
      before: { requests: 0, completions: 0, tokens: 0 },
      after: { requests: 0, completions: 0, tokens: 0 },
      monitors: [],
    },
  };
}

function draftCreate(entity: DesiredEntity, label: Label): Draft {
  const { spec } = normaliseDesired(entity, label);
  const step: Step = { ...stepBase(entity), action: "create", changes: describeNew(spec, entity) };
  return { step, wants: entity.references, holds: [] };
}

function draftUpdate({ desired, observed, isAdoption }: Pair, label: Label): Draft[] {
  const after = normaliseDesired(desired, label).spec;
  const before = normaliseObserved(observed, label).spec ?? {};
  const sensitive = [...desired.sensitive, ...observed.sensitive];
  const changes = compareSpecs({ before, after, sensitive });
  if (changes.length === 0 && !isAdoption) return [];
  const action = isAdoption ? "adopt" : "update";
  const step: Step = { ...stepBase(desired), action, id: observed.id, changes };
  return [{ step, wants: desired.references, holds: heldIds(observed) }];
}

function draftDelete(observed: ObservedEntity): Draft {
  const key = entityKey(observed.kind, observed.owner?.key ?? "");
  const step: Step = {
    key,
    kind: observed.kind,
    name: observed.name,
    dependsOn: [],
    action: "delete",
    id: observed.id,
  };
  return { step, wants: [], holds: heldIds(observed) };
}

function heldIds(observed: ObservedEntity): Draft["holds"] {
  return observed.references.flatMap(({ kind, to }) => {
    const id = referencedId(to);
    return id === undefined ? [] : [{ kind, id }];
  });
}

/** A name that comes from a secret is not shown. */
function stepBase(
  entity: DesiredEntity,
): Pick<Step, "key" | "kind" | "name" | "dependsOn"> & { readonly at?: NonNullable<DesiredEntity["at"]> } {
  return {
    key: entity.key,
    kind: entity.kind,
    ...(isWithin("/name", entity.sensitive) ? {} : { name: entity.name }),
    ...(entity.at === undefined ? {} : { at: entity.at }),
    dependsOn: [],
  };
}
