/** One step as a block that can be opened: one line with the object and its action, and the fields below. */
import { clip } from "../../model/clip.ts";
import type { Step, StepAction } from "../../model/plan.ts";
import type { StepOutcome } from "../../model/progress.ts";
import { actionVerbs } from "../words/actions.ts";
import { lossNote, maybeAppliedNote, sideEffectNotes, skipReason, stepNote } from "../words/step.ts";
import { changesHtml } from "./changes.ts";
import { code, html, htmlProse, type Markup } from "./markup.ts";

const longestName = 120;

export interface StepContext {
  /** Code of the blocker that names the step, by the step's key. */
  readonly blocked: ReadonlyMap<string, string>;
  /** How each step ended, by key; empty for a plan. */
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
}

/** The colour of an action. The word beside it has the same meaning. */
export const actionColors = {
  create: "green",
  update: "yellow",
  adopt: "blue",
  move: "blue",
  "take-over": "blue",
  delete: "red",
  retire: "yellow",
  release: "yellow",
} as const satisfies Record<StepAction, string>;

export function stepHtml(step: Step, context: StepContext): Markup {
  const body = html`${troubleHtml(step, context)}${notesHtml(step)}${
    "changes" in step && changesHtml(step.changes, step.action === "create")
  }`;
  const shown = body.text === "" ? html`<p>No fields.</p>` : body;
  return html`<details data-action="${step.action}"${isUrgent(step, context) && html` open`}>${lineHtml(step, context)}${shown}</details>`;
}

/** Only the line, for plans in which not every step has room. */
export function stepHeadHtml(step: Step, context: StepContext): Markup {
  return html`<details data-action="${step.action}">${lineHtml(step, context)}</details>`;
}

/** Whether the step must be shown first: it is blocked, deletes something or failed. */
export function isUrgent(step: Step, { blocked, outcomes }: StepContext): boolean {
  const result = outcomes.get(step.key)?.result;
  return step.action === "delete" || blocked.has(step.key) || (result !== undefined && result !== "done");
}

function lineHtml(step: Step, { blocked, outcomes }: StepContext): Markup {
  const { action, key, name } = step;
  const at = "at" in step ? step.at : undefined;
  const blocker = blocked.get(key);
  const result = outcomes.get(key)?.result;
  return html`<summary>${
    at !== undefined && html`<span class="place">${`${clip(at.file, longestName)}:${at.line}`}</span>`
  }<span class="tag ${actionColors[action]}">${actionVerbs[action]}</span> ${code(clip(key, longestName))}${
    name !== undefined && html` ${clip(name, longestName)}`
  }${blocker !== undefined && html` <span class="tag red">blocked ${blocker}</span>`}${
    result !== undefined && html` <span class="tag ${resultColors[result]}">${result}</span>`
  }</summary>`;
}

const resultColors = { done: "green", failed: "red", skipped: "yellow" } as const satisfies Record<
  StepOutcome["result"],
  string
>;

function troubleHtml({ key }: Step, { outcomes }: StepContext): Markup | undefined {
  const outcome = outcomes.get(key);
  if (outcome === undefined || outcome.result === "done") return undefined;
  if (outcome.result === "skipped") return html`<p class="box yellow">Skipped: ${skipReason(outcome.because)}</p>`;
  const { message, hint, isMaybeApplied } = outcome.error;
  return html`<div class="box red"><p class="say">${htmlProse(message)}</p>${
    hint !== undefined && html`<p>Help: ${htmlProse(hint)}</p>`
  }${isMaybeApplied && html`<p>${maybeAppliedNote}.</p>`}</div>`;
}

function notesHtml(step: Step): Markup {
  const note = stepNote(step);
  const loss = lossNote(step);
  return html`${note !== undefined && html`<p class="dim">${note}</p>`}${
    loss !== undefined && html`<p class="box red"><span class="say">${loss}</span></p>`
  }${sideEffectNotes(step).map((text) => html`<p class="box yellow">${text}</p>`)}`;
}
