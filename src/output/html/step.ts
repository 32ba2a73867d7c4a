/** One step as a block that opens: what and where in its line, the fields below. */
import type { Step, StepAction } from "../../model/plan.ts";
import type { StepOutcome } from "../../model/progress.ts";
import { clip } from "../../model/clip.ts";
import { skipReason, lossNote, sideEffectNotes, stepNote } from "../words/step.ts";
import { actionVerbs } from "../words/actions.ts";
import { changesHtml } from "./changes.ts";
import { code, escapeHtml, html } from "./escape.ts";

const longestName = 120;

export interface StepContext {
  /** Codes of the blockers that name the step's key. */
  readonly blocked: ReadonlyMap<string, string>;
  /** What became of each step, by key; empty for a plan. */
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
}

/** The colour of an action; the word beside it says the same. */
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

export function stepHtml(step: Step, context: StepContext): string {
  const body = [
    troubleHtml(step, context),
    noteHtml(step),
    "changes" in step ? changesHtml(step.changes, step.action === "create") : "",
  ].join("");
  return `<details data-action="${step.action}"${isUrgent(step, context) ? " open" : ""}>${lineHtml(step, context)}${body === "" ? "<p>No fields.</p>" : body}</details>`;
}

/** Only the line, for plans so big that not every step finds room. */
export function stepHeadHtml(step: Step, context: StepContext): string {
  return `<details data-action="${step.action}">${lineHtml(step, context)}</details>`;
}

/** What needs a look before anything else. */
export function isUrgent(step: Step, { blocked, outcomes }: StepContext): boolean {
  const result = outcomes.get(step.key)?.result;
  return step.action === "delete" || blocked.has(step.key) || (result !== undefined && result !== "done");
}

function lineHtml(step: Step, { blocked, outcomes }: StepContext): string {
  const { action, key, name } = step;
  const place =
    "at" in step && step.at !== undefined
      ? `<span class="place">${html(`${cut(step.at.file)}:${step.at.line}`)}</span>`
      : "";
  const blocker = blocked.get(key);
  const result = outcomes.get(key)?.result;
  return [
    `<summary>${place}<span class="tag ${actionColors[action]}">${actionVerbs[action]}</span> ${code(cut(key))}`,
    name === undefined ? "" : ` ${html(cut(name))}`,
    blocker === undefined ? "" : ` <span class="tag red">blocked ${html(blocker)}</span>`,
    result === undefined ? "" : ` <span class="tag ${resultColors[result]}">${result}</span>`,
    "</summary>",
  ].join("");
}

const resultColors = { done: "green", failed: "red", skipped: "yellow" } as const satisfies Record<
  StepOutcome["result"],
  string
>;

function troubleHtml({ key }: Step, { outcomes }: StepContext): string {
  const outcome = outcomes.get(key);
  if (outcome === undefined || outcome.result === "done") return "";
  if (outcome.result === "skipped")
    return `<p class="box yellow">Skipped: ${escapeHtml(skipReason(outcome.because))}</p>`;
  const { message, hint, isMaybeApplied } = outcome.error;
  return [
    `<div class="box red"><p class="say">${html(message)}</p>`,
    hint === undefined ? "" : `<p>Help: ${html(hint)}</p>`,
    isMaybeApplied ? "<p>It is not known whether the server carried this out; the next run will see.</p>" : "",
    "</div>",
  ].join("");
}

function noteHtml(step: Step): string {
  const note = stepNote(step);
  const loss = lossNote(step);
  const effects = sideEffectNotes(step).map((text) => `<p class="box yellow">${escapeHtml(text)}</p>`);
  return `${note === undefined ? "" : `<p class="dim">${escapeHtml(note)}</p>`}${loss === undefined ? "" : `<p class="box red"><span class="say">${escapeHtml(loss)}</span></p>`}${effects.join("")}`;
}

function cut(text: string): string {
  return clip(text, longestName);
}
