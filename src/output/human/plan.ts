/**
 * A plan for the terminal: what changes, where it is declared, old value to new, what would be lost, what blocks it.
 * The summary is last, next to the prompt.
 */
import type { EntityKey, KindName } from "../../model/entity.ts";
import { hasChanges, type ChangingStep, type Plan, type Step } from "../../model/plan.ts";
import type { OriginsOf } from "../../model/value-origin.ts";
import { inert } from "../inert.ts";
import { columnsOf, padTo, shorten } from "../layout/columns.ts";
import { splitFolds } from "../layout/folds.ts";
import { wrapText } from "../layout/wrap.ts";
import type { Style, TextOptions } from "../style.ts";
import { causeNotes } from "../words/causes.ts";
import { partialNote, serverText } from "../words/plan.ts";
import { lossNote, sideEffectNotes, stepNote } from "../words/step.ts";
import { nameText } from "../words/value.ts";
import { renderBlockers } from "./blockers.ts";
import { renderConsequences } from "./consequences.ts";
import { fieldIndent, renderFields, type FieldOptions } from "./fields.ts";
import { renderFold } from "./fold.ts";
import { commonValuesOf, renderCommonValues, renderNewObject } from "./new-objects.ts";
import { signOf } from "./plan-sign.ts";
import { renderSummary } from "./plan-summary.ts";

export interface PlanTextOptions extends TextOptions {
  /** Shows every field and value in full, and folds nothing. */
  readonly isFull: boolean;
  /** Where values are written, to be shown with them; only a full plan has the room. */
  readonly originsOf?: OriginsOf | undefined;
  /** Milliseconds that planning took. */
  readonly ms: number;
}

export function renderPlan(plan: Plan, options: PlanTextOptions): string {
  const summary = renderSummary(plan, options);
  if (!hasChanges(plan)) return `${summary}\n`;
  const { style } = options;
  const { single, folds } = options.isFull ? { single: plan.steps, folds: [] } : splitFolds(plan.steps);
  return [
    style.dim(`project ${inert(plan.project)} ${style.symbols.dot} ${serverText(plan.server)}`),
    ...scopeLines(plan, options),
    "",
    ...stepLines(single, plan, options),
    ...folds.flatMap((fold) => [...renderFold(fold, options), ""]),
    ...hiddenLines(single, options),
    ...renderBlockers(plan.blockers, style),
    ...renderConsequences(plan, options),
    summary,
    "",
  ].join("\n");
}

/** What limits the plan itself, shown before the first step. */
function scopeLines(plan: Plan, { style, width }: PlanTextOptions): string[] {
  const partial = partialNote(plan);
  return [
    ...(partial === undefined ? [] : wrapText(`${style.yellow("PARTIAL PLAN:")} ${partial}`, width, "  ")),
    ...(plan.ledgerNote === undefined
      ? []
      : wrapText(`note: ${inert(plan.ledgerNote)}`, width, "  ").map((line) => style.dim(line))),
  ];
}

/** Short new objects follow each other directly; an empty line follows every other step. */
function stepLines(steps: readonly Step[], { blockers }: Plan, options: PlanTextOptions): string[] {
  const blocked = new Map(blockers.flatMap(({ keys, code }) => keys.map((key) => [key, code] as const)));
  const heads = steps.map((step) => headText(step, options));
  const tails = steps.map((step) => tailText(step, { blocked, style: options.style }));
  // Places are aligned in one column, unless a very long name would push them off the screen.
  const room = options.width - Math.max(0, ...tails.map(columnsOf)) - 2;
  const column = Math.min(Math.max(0, ...heads.map(columnsOf)), Math.max(room, options.width / 2));
  const common: ReturnType<typeof commonValuesOf> = options.isFull ? new Map() : commonValuesOf(steps);
  const introduced = new Set<KindName>();
  const lines: string[] = [];
  for (const [index, step] of steps.entries()) {
    const isBrief = step.action === "create" && !options.isFull;
    if (isBrief && !introduced.has(step.kind)) {
      introduced.add(step.kind);
      const introduction = renderCommonValues(common.get(step.kind), options);
      if (introduction.length > 0 && lines.length > 0 && lines.at(-1) !== "") lines.push("");
      lines.push(...introduction);
    }
    lines.push(...headLines(heads[index] ?? "", tails[index] ?? "", { column, width: options.width }));
    lines.push(...noteLines(step, options));
    if (isBrief) lines.push(...renderNewObject(step, common.get(step.kind), options));
    else if ("changes" in step) lines.push(...changeLines(step, options));
    if (!isBrief || steps[index + 1]?.action !== "create") lines.push("");
  }
  return lines;
}

function headText({ action, key, name }: Step, { style, width, isFull }: PlanTextOptions): string {
  const shown = isFull ? nameText(name) : shorten(nameText(name), Math.floor(width / 3), style.symbols.ellipsis);
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

/** If the key leaves no room for the place, the place is on the next line. */
function headLines(head: string, tail: string, room: { readonly column: number; readonly width: number }): string[] {
  if (tail === "") return [head];
  const line = `${padTo(head, room.column)}  ${tail}`;
  return columnsOf(line) <= room.width ? [line] : [head, `${fieldIndent}${tail}`];
}

function noteLines(step: Step, { style, width }: PlanTextOptions): string[] {
  const note = stepNote(step);
  const loss = lossNote(step);
  const wrapped = (text: string): string[] => wrapText(`${fieldIndent}${text}`, width, `${fieldIndent}  `);
  return [
    ...(note === undefined ? [] : wrapped(note).map((line) => style.dim(line))),
    ...(loss === undefined ? [] : wrapped(loss).map((line) => style.red(line))),
    ...sideEffectNotes(step).flatMap((text) => wrapped(`! ${text}`).map((line) => style.yellow(line))),
  ];
}

function changeLines(step: ChangingStep, options: PlanTextOptions): string[] {
  const { style, width } = options;
  const notes = causeNotes(step.changes).flatMap((note) =>
    wrapText(`${fieldIndent}! ${note}`, width, `${fieldIndent}  `).map((line) => style.yellow(line)),
  );
  return [
    ...notes,
    ...renderFields(step.changes, { ...options, isNew: step.action === "create", originsOf: originsIn(step, options) }),
  ];
}

function originsIn({ key }: ChangingStep, { isFull, originsOf }: PlanTextOptions): FieldOptions["originsOf"] {
  return isFull && originsOf !== undefined ? (path) => originsOf(key, path) : undefined;
}

/** Shown once for all new objects. */
function hiddenLines(steps: readonly Step[], { isFull, style, width }: PlanTextOptions): string[] {
  const hasHidden = steps.some(
    (step) => step.action === "create" && step.changes.some(({ isDefault }) => isDefault === true),
  );
  if (isFull || !hasHidden) return [];
  const text = "Fields of new objects that have their default are not shown; --full shows them.";
  return [...wrapText(text, width, "  ").map((line) => style.dim(line)), ""];
}
