/**
 * A plan for the eyes of somebody at two in the morning: what, where it is declared, old value to new, what would be lost,
 * what stops it. One line of summary comes last, where the terminal stands.
 */
import type { EntityKey } from "../../model/entity.ts";
import { type ChangingStep, type Plan, type Step, hasChanges } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import { causeNotes } from "../words/causes.ts";
import { lossNote, sideEffectNotes, stepNote } from "../words/step.ts";
import { partialNote, serverText } from "../words/plan.ts";
import type { Style, TextOptions } from "../style.ts";
import { renderBlockers } from "./blockers.ts";
import { renderConsequences } from "./consequences.ts";
import { inertName, renderFields } from "./field-changes.ts";
import { renderFold } from "./fold.ts";
import { splitFolds } from "../layout/folds.ts";
import { columnsOf, padTo, shorten } from "../layout/columns.ts";
import { signOf } from "./plan-sign.ts";
import { renderSummary } from "./plan-summary.ts";

export interface PlanTextOptions extends TextOptions {
  /** Every field, every value whole, nothing folded. */
  readonly isFull: boolean;
  /** How long it took to know, milliseconds. */
  readonly ms: number;
}

export function renderPlan(plan: Plan, options: PlanTextOptions): string {
  const summary = renderSummary(plan, options);
  if (!hasChanges(plan)) return `${summary}\n`;
  const { style } = options;
  const { single, folds } = options.isFull ? { single: plan.steps, folds: [] } : splitFolds(plan.steps);
  const blocked = new Map(plan.blockers.flatMap(({ keys, code }) => keys.map((key) => [key, code] as const)));
  const heads = single.map((step) => headText(step, options));
  // Places stand in one column, unless a very long name would push them off the screen.
  const column = Math.min(Math.max(0, ...heads.map(columnsOf)), Math.max(50, options.width - 28));
  return [
    style.dim(`project ${inert(plan.project)} ${style.symbols.dot} ${serverText(plan.server)}`),
    ...scopeLines(plan, style),
    "",
    ...single.flatMap((step, index) => {
      const tail = tailText(step, { blocked, style });
      const head = heads[index] ?? "";
      return [tail === "" ? head : `${padTo(head, column)}  ${tail}`, ...bodyLines(step, options), ""];
    }),
    ...folds.flatMap((fold) => [...renderFold(fold, options), ""]),
    ...renderBlockers(plan.blockers, style),
    ...renderConsequences(plan, options),
    summary,
    "",
  ].join("\n");
}

function headText({ action, key, name }: Step, { style, width, isFull }: PlanTextOptions): string {
  const shown = isFull ? inertName(name) : shorten(inertName(name), Math.floor(width / 2), style.symbols.ellipsis);
  return `  ${signOf(action, style)} ${style.bold(inert(key))}${shown === "" ? "" : `  ${shown}`}`;
}

interface TailOptions {
  readonly blocked: ReadonlyMap<EntityKey, string>;
  readonly style: Style;
}

function tailText(step: Step, { blocked, style }: TailOptions): string {
  const code = blocked.get(step.key);
  const place = "at" in step && step.at !== undefined ? `${inert(step.at.file)}:${step.at.line}` : "";
  const words = [style.dim(place), code === undefined ? "" : style.red(`BLOCKED ${code}`)];
  return words.filter((word) => word !== "").join("  ");
}

/** What limits the plan itself, before anything of it is read. */
function scopeLines(plan: Plan, style: Style): string[] {
  const partial = partialNote(plan);
  return [
    ...(partial === undefined ? [] : [`${style.yellow("PARTIAL PLAN:")} ${partial}`]),
    ...(plan.ledgerNote === undefined ? [] : [style.dim(`note: ${inert(plan.ledgerNote)}`)]),
  ];
}

function bodyLines(step: Step, options: PlanTextOptions): string[] {
  const { style } = options;
  const note = stepNote(step);
  const loss = lossNote(step);
  return [
    ...(note === undefined ? [] : [`      ${style.dim(note)}`]),
    ...(loss === undefined ? [] : [`      ${style.red(loss)}`]),
    ...sideEffectNotes(step).map((text) => `      ${style.yellow(`! ${text}`)}`),
    ...("changes" in step ? changeLines(step, options) : []),
  ];
}

function changeLines(step: ChangingStep, options: PlanTextOptions): string[] {
  const { style, isFull } = options;
  // The head says the name already.
  const isNew = step.action === "create";
  const changes = isFull || !isNew ? step.changes : step.changes.filter(({ path }) => path !== "/name");
  return [
    ...causeNotes(step.changes).map((note) => `      ${style.yellow(`! ${note}`)}`),
    ...renderFields(changes, { ...options, isNew }),
  ];
}
