/** All steps, with the filter above them. Steps that do not fit are counted. */
import type { Step, StepAction } from "../../model/plan.ts";
import { bytesOf } from "../markdown/budget.ts";
import { actionVerbs } from "../words/actions.ts";
import { plural } from "../words/counts.ts";
import { html, lines, type Markup } from "./markup.ts";
import { isUrgent, stepHeadHtml, stepHtml, type StepContext } from "./step.ts";

/** Bytes for the steps, so that the page stays below 2 MB. Beyond the first limit, steps are shown without fields. */
const roomForFields = 1_500_000;
const roomForLines = 1_600_000;
/** One body of a megabyte must not use the room of all other steps. */
const mostBytesOfStep = 60_000;

/** Blocked, deleting and failed steps come first. */
export function stepsHtml(steps: readonly Step[], context: StepContext): Markup | undefined {
  if (steps.length === 0) return undefined;
  const sorted = [
    ...steps.filter((step) => isUrgent(step, context)),
    ...steps.filter((step) => !isUrgent(step, context)),
  ];
  const shown: Markup[] = [];
  let bytes = 0;
  for (const step of sorted) {
    const full = bytes < roomForFields ? stepHtml(step, context) : undefined;
    const fitting = full !== undefined && bytesOf(full.text) <= mostBytesOfStep ? full : stepHeadHtml(step, context);
    bytes += bytesOf(fitting.text);
    if (bytes > roomForLines) break;
    shown.push(fitting);
  }
  const left = steps.length - shown.length;
  const rest = left > 0 ? html`<p>and ${plural(left, "more change")}, not shown here</p>` : undefined;
  return lines([html`<h2 id="steps">Changes</h2>`, filterHtml(steps), ...shown, rest]);
}

/** Hidden until the script runs, which filters the steps. */
function filterHtml(steps: readonly Step[]): Markup {
  const actions = (Object.keys(actionVerbs) as StepAction[]).filter((action) =>
    steps.some((step) => step.action === action),
  );
  const boxes = actions.map(
    (action) => html`<label><input type="checkbox" value="${action}" checked> ${actionVerbs[action]}</label>`,
  );
  return html`<div class="bar" id="filters" role="search" aria-label="Filter changes" hidden><input type="search" aria-label="Words in a change" placeholder="Filter: key, name, field or value">${boxes}<button type="button" id="open">Open all</button><button type="button" id="close">Close all</button><span class="dim" id="shown" role="status"></span></div>`;
}
