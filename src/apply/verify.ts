import type { Desired } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Verification } from "../model/progress.ts";
import type { Step } from "../model/plan.ts";
import type { BlockerFacts } from "../model/plan-facts.ts";
import { makePlan, type PlanOptions } from "../plan/make-plan.ts";

export interface VerifyInput {
  readonly desired: Desired;
  /** The options of the applied plan: objects that it left out do not count as missing. */
  readonly options: PlanOptions;
  readonly observe: () => Promise<Observed>;
}

/**
 * Plans again from the server's current state. Reports the steps that are left, and what would block the next apply:
 * for example duplicates of two runs, which need no step but do not match the configuration.
 */
export async function verify({ desired, options, observe }: VerifyInput): Promise<Verification<BlockerFacts>> {
  try {
    const { steps, blockers: stopping } = makePlan({ desired, observed: await observe(), options });
    const blockers = [...stopping, ...unstorableBlockers(steps)];
    if (steps.length === 0 && blockers.length === 0) return { state: "converged" };
    return {
      state: "remaining",
      steps: steps.map((step) => ({
        key: step.key,
        action: step.action,
        paths: "changes" in step ? step.changes.map(({ path }) => path) : [],
      })),
      blockers,
    };
  } catch (error) {
    return { state: "unknown", reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Values that were written and acknowledged, but that the server returns differently. They block no later apply,
 * because a later apply repairs them once the database is converted.
 */
function unstorableBlockers(steps: readonly Step[]): readonly BlockerFacts[] {
  const keys = steps
    .filter((step) => "changes" in step && step.changes.some(({ cause }) => cause === "unstorable"))
    .map(({ key }) => key);
  if (keys.length === 0) return [];
  return [{ code: "KS4017", keys }];
}
