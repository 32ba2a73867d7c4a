/** The actions of steps, as words and as counts. */
import type { PlanSummary, StepAction } from "../../model/plan.ts";
import type { StepOutcome } from "../../model/progress.ts";
import { joinWords } from "./counts.ts";

/** The verb of an action, as in the summary. */
export const actionVerbs = {
  create: "create",
  update: "update",
  adopt: "adopt",
  move: "move",
  "take-over": "take over",
  delete: "delete",
  retire: "pause",
  release: "release",
} as const satisfies Record<StepAction, string>;

/** The number of steps of each action, in the order of the summary; actions without steps are left out. */
export function actionCounts(summary: PlanSummary): readonly { readonly action: StepAction; readonly count: number }[] {
  const counts = { ...summary, "take-over": summary.takeOver };
  return (Object.keys(actionVerbs) as StepAction[]).flatMap((action) =>
    counts[action] === 0 ? [] : [{ action, count: counts[action] }],
  );
}

/** Objects without a step: `96 unchanged`, `2 kept although no longer declared`. */
export function restCounts({ unchanged, kept, unmanaged, foreign }: PlanSummary): readonly string[] {
  return [
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
    ...(kept > 0 ? [`${kept} kept although no longer declared`] : []),
    ...(unmanaged > 0 ? [`${unmanaged} not managed`] : []),
    ...(foreign > 0 ? [`${foreign} of other projects`] : []),
  ];
}

const pastTense = {
  create: "created",
  update: "updated",
  adopt: "adopted",
  move: "moved",
  "take-over": "taken over",
  delete: "deleted",
  retire: "paused",
  release: "released",
} as const satisfies Record<StepAction, string>;

/** `3 created, 1 failed and 2 skipped` */
export function countText(outcomes: readonly StepOutcome[]): string {
  const done = outcomes.filter(({ result }) => result === "done");
  const parts = (Object.keys(pastTense) as StepAction[]).flatMap((action) => {
    const count = done.filter((outcome) => outcome.action === action).length;
    return count === 0 ? [] : [`${count} ${pastTense[action]}`];
  });
  const failed = outcomes.filter(({ result }) => result === "failed").length;
  const skipped = outcomes.filter(({ result }) => result === "skipped").length;
  const all = [...parts, ...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  return all.length === 0 ? "nothing done" : joinWords(all);
}
