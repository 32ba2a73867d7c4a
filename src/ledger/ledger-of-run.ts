/** What a run reads from the ledger, and what it adds before its first create and after its last write. Pure. */
import { kindIdentity, type Desired, type EntityKey, type KindName, type KumaId } from "../model/entity.ts";
import { isWithin } from "../model/json.ts";
import { emptyLedger, type Intent, type Ledger, type LedgerState } from "../model/ledger.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan, Step } from "../model/plan.ts";
import type { StepOutcome } from "../model/progress.ts";

export function knownLedger(state: LedgerState): Ledger {
  return state.state === "known" ? state.ledger : emptyLedger;
}

/**
 * The objects that the plan is about to create. Shared kinds are left out, because they are found by name. An earlier
 * run's intent for the same key is replaced: its object was looked for and not found.
 */
export function intentsOf(plan: Plan, desired: Desired, observed: Observed): readonly Intent[] {
  const greatest = new Map<KindName, KumaId>();
  for (const { kind, id } of observed.entities) greatest.set(kind, Math.max(id, greatest.get(kind) ?? 0));
  return plan.steps.flatMap((step): Intent[] => {
    const entity = desired.entities.get(step.key);
    if (step.action !== "create" || entity === undefined || kindIdentity[step.kind] === "shared") return [];
    const name = isWithin("/name", entity.sensitive) ? "" : entity.name;
    return [{ key: step.key, name, after: greatest.get(step.kind) ?? 0 }];
  });
}

export function withIntents(before: Ledger, intents: readonly Intent[]): Ledger {
  const keys = new Set(intents.map(({ key }) => key));
  return { ...before, intents: [...before.intents.filter(({ key }) => !keys.has(key)), ...intents] };
}

/** Keys whose objects this run deleted or released. */
export function goneKeys(plan: Plan, outcomes: readonly StepOutcome[]): ReadonlySet<EntityKey> {
  const steps = new Map(plan.steps.map((step): [EntityKey, Step] => [step.key, step]));
  return new Set(
    outcomes.flatMap(({ key, result }): EntityKey[] => {
      const step = steps.get(key);
      if (result !== "done" || step === undefined) return [];
      if (step.action === "move") return [step.from];
      return step.action === "delete" || step.action === "release" ? [key] : [];
    }),
  );
}

/**
 * The intents that may still come true: the create may have reached the server although its answer was lost. A refused
 * `add` can leave an object behind as well (docs/upstream/uptime-kuma.md#adding-a-monitor), so only intents of skipped
 * steps are removed.
 */
export function openIntents({ intents }: Ledger, outcomes: readonly StepOutcome[]): readonly Intent[] {
  const settled = new Set(outcomes.filter(({ result }) => result !== "failed").map(({ key }) => key));
  return intents.filter(({ key }) => !settled.has(key));
}

/** Existing objects whose write failed, by the key that they have in the ledger. */
export function unfinishedKeys(plan: Plan, outcomes: readonly StepOutcome[]): ReadonlySet<EntityKey> {
  const steps = new Map(plan.steps.map((step): [EntityKey, Step] => [step.key, step]));
  return new Set(
    outcomes.flatMap(({ key, result }): EntityKey[] => {
      const step = steps.get(key);
      if (result !== "failed" || step === undefined || !("changes" in step)) return [];
      return [step.action === "move" ? step.from : key];
    }),
  );
}

/**
 * Whether the lists may be older than the ledger: the server pushes them at login, and the ledger is read later. A run
 * that ended in between has recorded objects that the lists do not have, and this plan would create them again.
 */
export function isBehind({ steps }: Pick<Plan, "steps">, { ledger }: Observed): boolean {
  if (ledger.state !== "known") return false;
  return steps.some(({ action, key }) => action === "create" && ledger.ledger.entries.has(key));
}
