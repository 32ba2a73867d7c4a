/** Notes of a run beside its plan. */
import type { Plan } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import { plural } from "../words/counts.ts";

/** `first` is a field that was not compared, such as `headers of monitor/api`; `more` is the number of others. */
export function withheldText(first: string, more: number): string {
  const others = more === 0 ? "" : ` and ${plural(more, "more field")}`;
  return `note: not compared, because values of \${env:…} and \${file:…} are not read: ${inert(first)}${others} (--with-secrets compares them)\n`;
}

/** What can be done with the saved plan. */
export function savedPlanText({ blockers, summary }: Plan, file: string): string {
  if (blockers.length > 0) {
    return `saved, but blocked: kuma-sync apply ${file} refuses it; plan again with the flags above to allow what it shows\n`;
  }
  const { delete: deletes } = summary;
  const without = deletes > 0 ? `, its ${plural(deletes, "delete")} without a further question` : "";
  return `saved: kuma-sync apply ${file} carries out this plan and no other${without}\n`;
}
