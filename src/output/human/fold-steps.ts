/**
 * A default that changes touches every monitor in the same way. Ten or more updates with equal changes are told once, with
 * their keys. Deletes are never folded: each is a history that is lost.
 */
import type { KindName } from "../../model/entity.ts";
import { canonicalText } from "../../model/json.ts";
import type { FieldChange, Step } from "../../model/plan.ts";
import { inert } from "../inert.ts";
import type { TextOptions } from "../style.ts";
import { changeText } from "./field-changes.ts";
import { plural } from "./layout.ts";
import { signOf } from "./plan-sign.ts";

const fewestFolded = 10;
const mostChanges = 4;
const mostKeys = 6;

export interface Fold {
  readonly action: "update" | "adopt";
  readonly kind: KindName;
  readonly changes: readonly FieldChange[];
  readonly steps: readonly Step[];
}

/** Steps keep their order; each fold has at least ten. */
export function splitFolds(steps: readonly Step[]): {
  readonly single: readonly Step[];
  readonly folds: readonly Fold[];
} {
  const groups = new Map<string, Step[]>();
  for (const step of steps) {
    if (!isFoldable(step)) continue;
    const text = canonicalText([step.action, step.kind, step.changes]);
    groups.set(text, [...(groups.get(text) ?? []), step]);
  }
  const folded = [...groups.values()].filter((group) => group.length >= fewestFolded);
  const inFold = new Set(folded.flat());
  return {
    single: steps.filter((step) => !inFold.has(step)),
    folds: folded.flatMap((group): Fold[] => {
      const [first] = group;
      if (first === undefined || !isFoldable(first)) return [];
      return [{ action: first.action, kind: first.kind, changes: first.changes, steps: group }];
    }),
  };
}

/** Values with many lines would not fit the one line that a fold has for each field. */
function isFoldable(step: Step): step is Extract<Step, { action: "update" | "adopt" }> {
  return (step.action === "update" || step.action === "adopt") && step.changes.length <= mostChanges;
}

export function renderFold({ action, kind, changes, steps }: Fold, { style }: TextOptions): string[] {
  const what =
    changes.length === 0 ? "adopted, no field changes" : changes.map((change) => changeText(change, style)).join(", ");
  const keys = steps.slice(0, mostKeys).map(({ key }) => inert(key));
  const left = steps.length - keys.length;
  return [
    `  ${signOf(action, style)} ${style.bold(plural(steps.length, kind))}  ${what}`,
    style.dim(`      ${keys.join(", ")}${left > 0 ? ` and ${left} more (--full)` : ""}`),
  ];
}
