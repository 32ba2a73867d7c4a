/**
 * Carries a plan out, and proves it: after the last write the server is observed and planned again, and anything left is
 * reported. A step that fails skips the steps that need it and lets the rest go on. Nothing here decides what to do; that
 * is all in the plan.
 */
import type { KindRegistry } from "../kinds/kind.ts";
import { ensureMarkerTag } from "../kinds/marker.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Desired } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import type { Plan, Step } from "../model/plan.ts";
import type { ApplyEvent, ApplyReport, StepOutcome, Verification } from "../model/progress.ts";
import { createKnownIds } from "./known-ids.ts";
import { createStepRunner } from "./run-step.ts";
import { runWindow } from "./step-window.ts";

export interface ApplyInput {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly observed: Observed;
  readonly client: KumaClient;
  readonly kinds: KindRegistry;
  /** Aborting finishes the writes in flight and starts no other. */
  readonly signal?: AbortSignal;
  readonly emit?: (event: ApplyEvent) => void;
  /** Reads everything on the server anew, to settle lost acks and to verify. */
  readonly observe: () => Promise<Observed>;
  /** Milliseconds, for durations. */
  readonly now?: () => number;
}

export async function apply(input: ApplyInput): Promise<ApplyReport> {
  const { plan, desired, observed, client } = input;
  const now = input.now ?? performance.now.bind(performance);
  const emit = input.emit ?? (() => undefined);
  const total = plan.steps.length;
  const ids = createKnownIds({ plan, desired, observed });
  const actions = new Map(plan.steps.map(({ key, action }) => [key, action]));
  const outcomes: StepOutcome[] = [];
  let connectionLost = false;
  let started = 0;

  const needsMarker = plan.steps.some(
    ({ kind, action }) => kind === "monitor" && (action === "create" || action === "adopt"),
  );
  const runStep = createStepRunner({
    ...input,
    ids,
    now,
    markerTagId: needsMarker ? await ensureMarkerTag(client) : 0,
  });

  const finish = (outcome: StepOutcome): StepOutcome => {
    outcomes.push(outcome);
    emit({ type: "finished", outcome, index: outcomes.length, total });
    return outcome;
  };
  const stopReason = (): "interrupted" | "disconnected" => (connectionLost ? "disconnected" : "interrupted");

  await runWindow(
    plan.steps.map((step) => ({
      key: step.key,
      dependsOn: step.dependsOn,
      run: async () => {
        started += 1;
        emit({ type: "started", key: step.key, action: step.action, index: started, total });
        const outcome = finish(await runStep(step));
        if (outcome.result === "failed" && outcome.error.isConnectionLost) connectionLost = true;
        return outcome;
      },
    })),
    {
      size: client.server.capabilities.writeWindow,
      isFailure: (outcome) => outcome.result !== "done",
      shouldStop: () => input.signal?.aborted === true || connectionLost,
      onSkip: (key, because) => {
        const action = actions.get(key) as Step["action"];
        finish({ key, action, result: "skipped", because: because === "stopped" ? stopReason() : because });
      },
    },
  );

  emit({ type: "verifying" });
  const verification = connectionLost
    ? { state: "unknown" as const, reason: "the connection was lost" }
    : await verify(input);
  const isDone = outcomes.every((outcome) => outcome.result === "done");
  return {
    outcomes,
    verification,
    interrupted: input.signal?.aborted === true && !isDone,
    ok: isDone && verification.state === "converged",
  };
}

/** Plans again over what the server holds now. What was skipped or failed is left over, and is said. */
async function verify({ desired, observe }: ApplyInput): Promise<Verification> {
  try {
    const { steps } = makePlan({
      desired,
      observed: await observe(),
      options: { allowDeletes: Number.POSITIVE_INFINITY, adopt: false, allowEmpty: true },
    });
    if (steps.length === 0) return { state: "converged" };
    return {
      state: "remaining",
      steps: steps.map((step) => ({
        key: step.key,
        action: step.action,
        paths: "changes" in step ? step.changes.map(({ path }) => path) : [],
      })),
    };
  } catch (error) {
    return { state: "unknown", reason: error instanceof Error ? error.message : String(error) };
  }
}
