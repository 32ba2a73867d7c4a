import type { KumaId } from "../model/entity.ts";
import type { History, Plan } from "../model/plan.ts";

/** The plan with what each delete would erase; `histories` by the id of the monitor. */
export function withHistory(plan: Plan, histories: ReadonlyMap<KumaId, History>): Plan {
  return {
    ...plan,
    steps: plan.steps.map((step) => {
      const history = step.action === "delete" && step.kind === "monitor" ? histories.get(step.id) : undefined;
      return history === undefined ? step : { ...step, history };
    }),
  };
}
