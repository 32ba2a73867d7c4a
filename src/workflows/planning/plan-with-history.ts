import { readHistory } from "../../kuma/lists/read-history.ts";
import type { KumaId } from "../../model/entity.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { History, Plan } from "../../model/plan.ts";
import type { BoundPlan, PlanInput, PlanOptions } from "../../plan/make-plan.ts";
import { sortByOwner } from "../../plan/bind/objects-by-owner.ts";

/**
 * Adds to each delete of a monitor what it would erase, if the server reports it. Sends requests only if there are
 * deletes.
 */
export async function withLostHistory(plan: Plan, reader: KumaReader): Promise<Plan> {
  const ids = plan.steps.flatMap((step) => (step.action === "delete" && step.kind === "monitor" ? [step.id] : []));
  return ids.length === 0 ? plan : withHistory(plan, await readHistory(reader, ids));
}

/** `histories` are by the id of the monitor. */
function withHistory(plan: Plan, histories: ReadonlyMap<KumaId, History>): Plan {
  return {
    ...plan,
    steps: plan.steps.map((step) => {
      const history = step.action === "delete" && step.kind === "monitor" ? histories.get(step.id) : undefined;
      return history === undefined ? step : { ...step, history };
    }),
  };
}

export type MakePlan = (input: PlanInput) => Promise<BoundPlan>;

/**
 * Makes a plan. If there are monitors with the same marker, it first asks the server for their histories, which decide
 * which one is kept. Returns the plan with the options that it was made with.
 */
export async function planWithHistories(
  input: PlanInput,
  reader: KumaReader,
  make: MakePlan,
): Promise<BoundPlan & { readonly options: PlanOptions }> {
  const { desired, observed, options } = input;
  const { doubled } = sortByOwner(desired.project, observed);
  const ids = doubled.flatMap(({ kept, others }): readonly KumaId[] =>
    kept.kind === "monitor" ? [kept.id, ...others.map(({ id }) => id)] : [],
  );
  if (ids.length === 0) return { ...(await make(input)), options };
  const histories = await readHistory(reader, ids, { most: ids.length });
  const known = { ...options, histories };
  return { ...(await make({ ...input, options: known })), options: known };
}
