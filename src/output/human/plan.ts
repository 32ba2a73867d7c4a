/**
 * A plan for the eyes of somebody at two in the morning: what, where it is declared, old value to new, what would be lost,
 * what stops it. One line of summary comes last, where the terminal stands.
 */
import type { EntityKey } from "../../model/entity.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import type { Style, TextOptions } from "../style.ts";
import { renderBlockers } from "./blockers.ts";
import { inertName, renderFields } from "./field-changes.ts";
import { renderFold, splitFolds } from "./fold-steps.ts";
import { columnsOf, padTo, shorten } from "./layout.ts";
import { signOf } from "./plan-sign.ts";
import { hasChanges, renderSummary } from "./plan-summary.ts";

export interface PlanOptions extends TextOptions {
  /** Every field, every value whole, nothing folded. */
  readonly isFull: boolean;
  /** How long it took to know, milliseconds. */
  readonly ms: number;
}

export function renderPlan(plan: Plan, options: PlanOptions): string {
  const summary = renderSummary(plan, options);
  if (!hasChanges(plan)) return `${summary}\n`;
  const { style } = options;
  const server = `${inert(plan.server.url)} (Uptime Kuma ${inert(plan.server.version)})`;
  const { single, folds } = options.isFull ? { single: plan.steps, folds: [] } : splitFolds(plan.steps);
  const blocked = new Map(plan.blockers.flatMap(({ keys, code }) => keys.map((key) => [key, code] as const)));
  const heads = single.map((step) => headText(step, options));
  // Places stand in one column, unless a very long name would push them off the screen.
  const column = Math.min(Math.max(0, ...heads.map(columnsOf)), Math.max(50, options.width - 28));
  return [
    style.dim(`project ${inert(plan.project)} ${style.symbols.dot} ${server}`),
    "",
    ...single.flatMap((step, index) => {
      const tail = tailText(step, { blocked, style });
      const head = heads[index] ?? "";
      return [tail === "" ? head : `${padTo(head, column)}  ${tail}`, ...bodyLines(step, options), ""];
    }),
    ...folds.flatMap((fold) => [...renderFold(fold, options), ""]),
    ...renderBlockers(plan.blockers, style),
    summary,
    "",
  ].join("\n");
}

function headText({ action, key, name }: Step, { style, width, isFull }: PlanOptions): string {
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

function bodyLines(step: Step, options: PlanOptions): string[] {
  const { style } = options;
  switch (step.action) {
    case "create": {
      // The head says the name already.
      const changes = options.isFull ? step.changes : step.changes.filter(({ path }) => path !== "/name");
      return renderFields(changes, { ...options, isNew: true });
    }
    case "update":
      return renderFields(step.changes, { ...options, isNew: false });
    case "adopt": {
      const note = step.changes.length === 0 ? "adopted, no field changes" : "adopted; its history is kept";
      return [`      ${style.dim(note)}`, ...renderFields(step.changes, { ...options, isNew: false })];
    }
    case "move":
      return [
        `      ${style.dim(`was ${inert(step.from)}, history kept`)}`,
        ...renderFields(step.changes, { ...options, isNew: false }),
      ];
    case "take-over":
      return [
        `      ${style.dim(`was ${inert(step.from)} of another project, history kept`)}`,
        ...renderFields(step.changes, { ...options, isNew: false }),
      ];
    case "retire":
      return [`      ${style.dim("no longer declared: paused, history kept")}`];
    case "release":
      return [`      ${style.dim("no longer declared: let go of, stays as it is")}`];
    case "delete":
      return step.kind === "monitor" ? [`      ${style.red("its history is lost for ever")}`] : [];
    default:
      return step satisfies never;
  }
}
