/** Writes the project's ledger, twice in a run. */
import {
  entityKey,
  kindIdentity,
  type Desired,
  type DesiredEntity,
  type EntityKey,
  type KumaId,
} from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Ledger } from "../model/ledger.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan } from "../model/plan.ts";
import type { LedgerOutcome, StepOutcome } from "../model/progress.ts";
import { nextLedger } from "./next-ledger.ts";
import { goneKeys, intentsOf, knownLedger, openIntents, unfinishedKeys, withIntents } from "./ledger-of-run.ts";
import { writeLedger } from "./write-ledger.ts";

export interface RecordedRun {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly observed: Observed;
  readonly client: KumaClient;
}

/**
 * Records what is about to be created, and returns the ledger that the run starts from. If the server refuses the
 * write, the run continues without it. Throws KumaError if the server does not answer, so that nothing is created
 * without a record.
 */
export async function recordIntents({ plan, desired, observed, client }: RecordedRun): Promise<Ledger> {
  const before = knownLedger(observed.ledger);
  const intents = intentsOf(plan, desired, observed);
  if (intents.length === 0) return before;
  const next = withIntents(before, intents);
  await writeLedger(client, desired.project, () => next);
  return next;
}

export interface RunResult {
  readonly outcomes: readonly StepOutcome[];
  /** Every object with a key, including those that this run created. */
  readonly ids: ReadonlyMap<EntityKey, KumaId>;
  /** All declared entities, in canonical form. */
  readonly declared: ReadonlyMap<EntityKey, DesiredEntity>;
  /** Which entities the plan looked at. Absent: all. */
  readonly isSelected?: ((key: EntityKey) => boolean) | undefined;
  /** As the run left it, with its intents. */
  readonly before: Ledger;
}

/** Records what was done, even if the run was cut short. Undefined when the plan had no steps. */
export async function recordRun(
  { plan, desired, client }: RecordedRun,
  { outcomes, ids, declared, before, isSelected = () => true }: RunResult,
): Promise<LedgerOutcome | undefined> {
  if (plan.steps.length === 0) return undefined;
  const inSteps = new Set(plan.steps.map(({ key }) => key));
  const done = outcomes.filter(({ result }) => result === "done").map(({ key }) => key);
  const unchanged = [...declared.keys()].filter((key) => !inSteps.has(key) && isSelected(key) && ids.has(key));
  const next = nextLedger({
    before: { ...before, intents: openIntents(before, outcomes) },
    declared,
    ids,
    applied: new Set([...done, ...unchanged]),
    gone: goneKeys(plan, outcomes),
    unfinished: unfinishedKeys(plan, outcomes),
  });
  try {
    const outcome = await writeLedger(client, desired.project, () => next);
    await leaveOtherLedgers({ plan, client }, new Set(done));
    return outcome;
  } catch (error) {
    if (error instanceof KumaError) return { state: "unwritten", reason: error.message };
    throw error;
  }
}

/**
 * Removes taken-over objects from the ledgers of their former projects; otherwise both projects would be refused the
 * object.
 */
async function leaveOtherLedgers(
  { plan, client }: Pick<RecordedRun, "plan" | "client">,
  done: ReadonlySet<EntityKey>,
): Promise<void> {
  const left = new Map<string, EntityKey[]>();
  for (const step of plan.steps) {
    if (step.action !== "take-over" || kindIdentity[step.kind] !== "ledger" || !done.has(step.key)) continue;
    const slash = step.from.indexOf("/");
    const project = step.from.slice(0, slash);
    left.set(project, [...(left.get(project) ?? []), entityKey(step.kind, step.from.slice(slash + 1))]);
  }
  for (const [project, keys] of left) {
    await writeLedger(client, project, (now) => {
      if (now.state !== "known") return undefined;
      return { ...now.ledger, entries: new Map([...now.ledger.entries].filter(([key]) => !keys.includes(key))) };
    });
  }
}
