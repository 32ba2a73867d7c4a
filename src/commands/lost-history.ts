import { readHistory } from "../kuma/read-history.ts";
import type { KumaReader } from "../model/kuma-client.ts";
import type { Plan } from "../model/plan.ts";
import { withHistory } from "../plan/history.ts";

/** The plan with what each delete of a monitor would erase, as far as the server tells. Asks only when there are deletes. */
export async function withLostHistory(plan: Plan, reader: KumaReader): Promise<Plan> {
  const ids = plan.steps.flatMap((step) => (step.action === "delete" && step.kind === "monitor" ? [step.id] : []));
  return ids.length === 0 ? plan : withHistory(plan, await readHistory(reader, ids));
}
