/** Many steps with equal changes as two lines. */
import { inert } from "../inert.ts";
import type { Fold } from "../layout/folds.ts";
import type { TextOptions } from "../style.ts";
import { changeText } from "./field-changes.ts";
import { plural } from "../words/counts.ts";
import { signOf } from "./plan-sign.ts";

const mostKeys = 6;

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
