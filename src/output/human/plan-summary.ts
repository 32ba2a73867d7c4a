/** The last line of a plan, and whether the plan has changes. */
import { hasChanges } from "../../model/plan.ts";
import type { Plan } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import { actionCounts, actionVerbs, restCounts } from "../words/actions.ts";
import { matchedText, partialNote } from "../words/plan.ts";
import type { Style } from "../style.ts";
import { durationText } from "../../model/duration.ts";
import { plural } from "../words/counts.ts";
import { paintOf } from "./plan-sign.ts";

export function renderSummary(plan: Plan, { style, ms }: { readonly style: Style; readonly ms: number }): string {
  const { summary, blockers } = plan;
  const partial = partialNote(plan);
  if (!hasChanges(plan)) {
    const where = `${inert(plan.server.url)} (checked in ${durationText(ms)})`;
    const others = restCounts({ ...summary, unchanged: 0 }).join(", ");
    const scope = partial === undefined ? "" : ` ${style.yellow(`PARTIAL PLAN: ${partial}.`)}`;
    return `${style.bold(style.green("No changes."))} ${matchedText(plan)} ${where}.${others === "" ? "" : ` ${others}.`}${scope}`;
  }
  const parts = actionCounts(summary).map(({ action, count }) =>
    paintOf(action, style)(`${count} to ${actionVerbs[action]}`),
  );
  const rest = restCounts(summary).join(", ");
  const blocked = blockers.length > 0 ? ` ${style.red(`Blocked by ${plural(blockers.length, "problem")}.`)}` : "";
  return `${style.bold(partial === undefined ? "Plan:" : "PARTIAL PLAN:")} ${
    parts.length === 0 ? "nothing to do" : parts.join(", ")
  }.${rest === "" ? "" : ` ${rest}.`}${blocked}`;
}
