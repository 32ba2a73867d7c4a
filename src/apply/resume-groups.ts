/**
 * A group shows the state of its monitors, checked once an interval. If it were created before them, it would be
 * "pending", which Uptime Kuma counts as down, for a whole minute. So a new group that gets monitors is created paused,
 * and resumed after its monitors were created and checked.
 */
import { isEntityKey, type Desired, type EntityKey, type KumaId } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Plan, Step } from "../model/plan.ts";
import type { StepOutcome } from "../model/progress.ts";
import { withRecovery } from "../model/with-recovery.ts";
import { waitForBeats } from "./wait.ts";

/** By group: the monitors that the plan puts into it. Groups are in the order in which the plan creates them. */
export type NewGroups = ReadonlyMap<EntityKey, readonly EntityKey[]>;

export function newGroupsOf({ steps }: Plan, { entities }: Desired): NewGroups {
  const groups = new Map<EntityKey, EntityKey[]>();
  for (const step of steps) {
    const spec = step.action === "create" ? entities.get(step.key)?.spec : undefined;
    if (step.kind === "monitor" && spec?.["type"] === "group" && spec["active"] !== false) groups.set(step.key, []);
  }
  for (const step of steps) {
    const parent = parentOf(step, entities);
    if (parent !== undefined) groups.get(parent)?.push(step.key);
  }
  return new Map([...groups].filter(([, children]) => children.length > 0));
}

function parentOf(step: Step, entities: Desired["entities"]): EntityKey | undefined {
  if (step.kind !== "monitor" || !("changes" in step)) return undefined;
  const to = entities.get(step.key)?.references.find(({ at }) => at === "/parent")?.to;
  return isEntityKey(to) ? to : undefined;
}

/**
 * Only outermost groups start paused. Below a paused group, the server does not show whether a monitor is paused
 * itself, so after an interrupted run the inner ones would need two more runs. They check again at the end instead.
 */
export function startsPausedIn(groups: NewGroups): (key: EntityKey) => boolean {
  const nested = new Set([...groups.values()].flat());
  return (key) => groups.has(key) && !nested.has(key);
}

/**
 * For the first checks of all new monitors in groups together, in milliseconds. Slower checks finish in the background.
 */
const longestWaitMs = 5000;

export interface ResumeInput {
  readonly groups: NewGroups;
  readonly outcomes: readonly StepOutcome[];
  readonly desired: Desired;
  readonly client: KumaClient;
  readonly signal?: AbortSignal;
  /** Whether this run still has the lease. */
  readonly mayWrite?: () => Promise<boolean>;
}

/**
 * Resumes from the bottom up, because a group that contains another one shows its state. A group that cannot be resumed
 * stays paused, and the verification reports it. Returns whether the connection was lost.
 */
export async function resumeGroups({
  groups,
  outcomes,
  desired,
  client,
  signal,
  mayWrite,
}: ResumeInput): Promise<boolean> {
  const ids = new Map(
    outcomes.flatMap((outcome) => (outcome.result === "done" ? [[outcome.key, outcome.id]] : [])) as [
      EntityKey,
      KumaId,
    ][],
  );
  const made = [...groups].filter(([key]) => ids.has(key)).toReversed();
  const deadline = performance.now() + longestWaitMs;
  for (const [key, children] of made) {
    const checked = children.flatMap((child) => (isCheckedAtOnce(child, desired) ? (ids.get(child) ?? []) : []));
    const left = deadline - performance.now();
    if (left > 0) await waitForBeats(client, checked, { timeoutMs: left, ...(signal === undefined ? {} : { signal }) });
    if (mayWrite !== undefined && !(await mayWrite())) return false;
    // Resuming twice is harmless: the monitor only checks once more.
    const resume = (): Promise<unknown> => client.write("resumeMonitor", ids.get(key) as KumaId);
    try {
      await withRecovery(resume, resume);
    } catch (error) {
      if (!(error instanceof KumaError)) throw error;
      if (error.code === "disconnected") return true;
    }
  }
  return false;
}

/** Push monitors wait for their first call. */
function isCheckedAtOnce(key: EntityKey, { entities }: Desired): boolean {
  const spec = entities.get(key)?.spec;
  return spec !== undefined && spec["active"] !== false && spec["type"] !== "push";
}
