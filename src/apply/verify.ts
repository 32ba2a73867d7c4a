import type { Desired } from "../model/entity.ts";
import type { Observed } from "../model/observed.ts";
import type { Verification } from "../model/progress.ts";
import { makePlan, type PlanOptions } from "../plan/make-plan.ts";

export interface VerifyInput {
  readonly desired: Desired;
  /** Those of the plan that was applied: what it left aside is not missing afterwards. */
  readonly options: PlanOptions;
  readonly observe: () => Promise<Observed>;
}

/**
 * Plans again over what the server holds now. What was skipped or failed is left over, and is said. So is what would stop
 * the next apply: objects made twice by two runs need no step, and are not what the configuration says.
 */
export async function verify({ desired, options, observe }: VerifyInput): Promise<Verification> {
  try {
    const { steps, blockers } = makePlan({ desired, observed: await observe(), options });
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
