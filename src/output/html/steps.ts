/** All steps, with the filter above them; what does not fit the page is counted. */
import type { Step, StepAction } from "../../model/plan.ts";
import { plural } from "../words/counts.ts";
import { bytesOf } from "../markdown/budget.ts";
import { actionVerbs } from "../words/actions.ts";
import { isUrgent, stepHeadHtml, stepHtml, type StepContext } from "./step.ts";

/** Bytes of the steps, so that the page stays below 2 MB. Beyond the first only the lines of steps are shown. */
const roomForFields = 1_500_000;
const roomForLines = 1_600_000;
/** One body of a megabyte does not push all others out. */
const mostBytesOfStep = 60_000;

/** What is blocked, lost or failed comes first. */
export function stepsHtml(steps: readonly Step[], context: StepContext): string {
  if (steps.length === 0) return "";
  const sorted = [
    ...steps.filter((step) => isUrgent(step, context)),
    ...steps.filter((step) => !isUrgent(step, context)),
  ];
  const shown: string[] = [];
  let bytes = 0;
  for (const step of sorted) {
    const full = bytes < roomForFields ? stepHtml(step, context) : "";
    const isFull = full !== "" && bytesOf(full) <= mostBytesOfStep;
    const text = isFull ? full : stepHeadHtml(step, context);
    bytes += bytesOf(text);
    if (bytes > roomForLines) break;
    shown.push(text);
  }
  const left = steps.length - shown.length;
  const rest = left > 0 ? `<p>and ${plural(left, "more change")}, not shown here</p>` : "";
  return `<h2 id="steps">Changes</h2>\n${filterHtml(steps)}\n${shown.join("\n")}\n${rest}`;
}

/** Hidden until the script runs: without it there is nothing that could filter. */
function filterHtml(steps: readonly Step[]): string {
  const actions = (Object.keys(actionVerbs) as StepAction[]).filter((action) =>
    steps.some((step) => step.action === action),
  );
  const boxes = actions.map(
    (action) => `<label><input type="checkbox" value="${action}" checked> ${actionVerbs[action]}</label>`,
  );
  return [
    '<div class="bar" id="filters" role="search" aria-label="Filter of changes" hidden>',
    '<input type="search" aria-label="Words that a change holds" placeholder="Filter: key, name, field or value">',
    ...boxes,
    '<button type="button" id="open">Open all</button><button type="button" id="close">Close all</button>',
    '<span class="dim" id="shown" role="status"></span></div>',
  ].join("");
}
