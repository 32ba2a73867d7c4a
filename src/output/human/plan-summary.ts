/** The last line of a plan, and the one question that the exit code asks of it. */
import type { Plan } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import { actionCounts, actionVerbs, matchedText, partialNote, restCounts } from "../plan-words.ts";
import type { Style } from "../style.ts";
import { durationText, plural } from "./layout.ts";
import { paintOf } from "./plan-sign.ts";

/** Both the words "No changes" and the exit code 2 come from here. */
export function hasChanges(plan: Plan): boolean {
  return plan.steps.length > 0 || plan.blockers.length > 0;
}

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
