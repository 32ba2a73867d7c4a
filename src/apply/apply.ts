/**
 * Carries out a plan and checks the result: after the last write it reads the server, plans again, and reports all
 * steps that are left. If a step fails, the steps that need it are skipped and the others continue. All decisions are
 * in the plan.
 *
 * The ledger is written twice: before the first create, with what the run is about to create, so that the next run can
 * finish an interrupted run; and after the last step, with the result.
 */
import type { KindRegistry } from "../kinds/kind.ts";
import { ensureMarkerTag } from "../kinds/marker.ts";
import type { Desired } from "../model/entity.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan, Step } from "../model/plan.ts";
import type { ApplyEvent, ReportFacts, LedgerOutcome, StepOutcome } from "../model/progress.ts";
import { withRecovery } from "../model/with-recovery.ts";
import type { PlanOptions } from "../plan/make-plan.ts";
import type { Binding } from "../plan/bind/bind.ts";
import { createKnownIds, type KnownIds } from "./known-ids.ts";
import { recordIntents, recordRun } from "../ledger/record-run.ts";
import { newGroupsOf, resumeGroups, startsPausedIn, type NewGroups } from "./resume-groups.ts";
import { createStepRunner } from "./run-step.ts";
import { runWindow } from "./step-window.ts";
import { verify } from "./verify.ts";

export interface ApplyInput {
  readonly plan: Plan;
  /** Which entity is which object, from making this plan. The ids of created objects are added. */
  readonly binding: Binding;
  /** The options of this plan. */
  readonly options: PlanOptions;
  readonly desired: Desired;
  readonly observed: Observed;
  readonly client: KumaClient;
  readonly kinds: KindRegistry;
  /** Whether steps that do not need a failed one continue: `continue` (default) or `stop`. */
  readonly onError?: "continue" | "stop";
  /** When aborted, writes in flight finish and no other starts. */
  readonly signal?: AbortSignal;
  readonly emit?: (event: ApplyEvent) => void;
  /** Reads the current state of the server, to settle lost acknowledgements and to verify. */
  readonly observe: () => Promise<Observed>;
  /** Called before each step: whether this run may still write (ledger/lease/). Absent: always. */
  readonly mayWrite?: () => Promise<boolean>;
  /** The current time in milliseconds, for durations. */
  readonly now?: () => number;
}

/** Throws KumaError if the marker tag and the ledger cannot be prepared; then no step was carried out. */
export async function apply(input: ApplyInput): Promise<ReportFacts> {
  const { plan, client } = input;
  const emit = input.emit ?? (() => undefined);
  const ids = createKnownIds(input.binding);
  const markerTagId = plan.steps.some(writesMarkerTag) ? await findMarkerTag(client) : 0;
  const before = await recordIntents(input);

  const groups = newGroupsOf(plan, input.desired);
  const { outcomes, stopped: stoppedBy } = await runSteps(input, { ids, markerTagId, emit, groups });
  const resuming = { ...input, groups, outcomes };
  // Another run may be writing already, so this one must not interfere.
  const mayResume = stoppedBy !== "disconnected" && stoppedBy !== "lease";
  const stopped = mayResume && (await resumeGroups(resuming)) ? "disconnected" : stoppedBy;
  const connectionLost = stopped === "disconnected";
  const ledger = await writeOutcome(input, {
    outcomes,
    ids: ids.all,
    declared: input.binding.declared,
    before,
    isSelected: input.options.isSelected,
    stopped,
  });

  emit({ type: "verifying" });
  const verification = connectionLost
    ? { state: "unknown" as const, reason: "the connection was lost" }
    : await verify(input);
  const isDone = outcomes.every((outcome) => outcome.result === "done");
  return {
    outcomes,
    ...(ledger === undefined ? {} : { ledger }),
    verification,
    interrupted: input.signal?.aborted === true && !isDone,
    ok: isDone && verification.state === "converged",
  };
}

type Stopped = "disconnected" | "stopped" | "lease" | undefined;

/** Leaves the ledger alone while another run writes it. */
async function writeOutcome(
  input: ApplyInput,
  { stopped, ...result }: Parameters<typeof recordRun>[1] & { readonly stopped: Stopped },
): Promise<LedgerOutcome | undefined> {
  if (stopped === "disconnected") return { state: "unwritten", reason: "the connection was lost" };
  const mayWrite = (await input.mayWrite?.()) ?? true;
  return mayWrite ? recordRun(input, result) : { state: "unwritten", reason: "another run may be writing" };
}

interface Run {
  readonly ids: KnownIds;
  readonly markerTagId: number;
  readonly groups: NewGroups;
  readonly emit: (event: ApplyEvent) => void;
}

async function runSteps(
  input: ApplyInput,
  { ids, markerTagId, emit, groups }: Run,
): Promise<{ readonly outcomes: readonly StepOutcome[]; readonly stopped: Stopped }> {
  const { plan, client, signal } = input;
  const now = input.now ?? performance.now.bind(performance);
  const total = plan.steps.length;
  const actions = new Map(plan.steps.map(({ key, action }) => [key, action]));
  const outcomes: StepOutcome[] = [];
  let started = 0;
  let stopped: Stopped;
  const runStep = createStepRunner({ ...input, ids, now, markerTagId, startsPaused: startsPausedIn(groups) });

  const finish = (outcome: StepOutcome): StepOutcome => {
    outcomes.push(outcome);
    emit({ type: "finished", outcome, index: outcomes.length, total });
    return outcome;
  };

  await runWindow(
    plan.steps.map((step) => ({
      key: step.key,
      dependsOn: step.dependsOn,
      run: async () => {
        if (input.mayWrite !== undefined && !(await input.mayWrite())) {
          stopped ??= "lease";
          return finish({ key: step.key, action: step.action, result: "skipped", because: "lease" });
        }
        started += 1;
        emit({ type: "started", key: step.key, action: step.action, index: started, total });
        const outcome = finish(await runStep(step));
        if (outcome.result === "failed" && outcome.error.isConnectionLost) stopped = "disconnected";
        else if (outcome.result === "failed" && input.onError === "stop") stopped ??= "stopped";
        return outcome;
      },
    })),
    {
      size: client.server.capabilities.writeWindow,
      isFailure: (outcome) => outcome.result !== "done",
      shouldStop: () => signal?.aborted === true || stopped !== undefined,
      onSkip: (key, because) => {
        const action = actions.get(key) as Step["action"];
        const reason = because === "stopped" ? (stopped ?? "interrupted") : because;
        finish({ key, action, result: "skipped", because: reason });
      },
    },
  );
  return { outcomes, stopped };
}

function writesMarkerTag({ kind, action }: Step): boolean {
  return kind === "monitor" && action !== "delete" && action !== "release";
}

/** Reads before it adds, so that after a lost acknowledgement it finds the added tag. */
function findMarkerTag(client: KumaClient): Promise<number> {
  return withRecovery(
    () => ensureMarkerTag(client),
    () => ensureMarkerTag(client),
  );
}
