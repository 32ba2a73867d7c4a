/**
 * A changed default affects every monitor in the same way. Ten or more updates with equal changes are shown once, with
 * their keys. Deletes are never folded, because each erases a history.
 */
import type { KindName } from "../../model/entity.ts";
import { canonicalText } from "../../model/json.ts";
import type { FieldChange, Step } from "../../model/plan.ts";

const fewestFolded = 10;
const mostChanges = 4;

export interface Fold {
  readonly action: "update" | "adopt";
  readonly kind: KindName;
  readonly changes: readonly FieldChange[];
  readonly steps: readonly Step[];
}

/** Steps keep their order; each fold has at least ten steps. */
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

/** A fold has one line for each field, which values with many lines do not fit. */
function isFoldable(step: Step): step is Extract<Step, { action: "update" | "adopt" }> {
  return (step.action === "update" || step.action === "adopt") && step.changes.length <= mostChanges;
}
