/** Many steps with equal changes in two lines. */
import { inert } from "../inert.ts";
import type { Fold } from "../layout/folds.ts";
import { wrapText } from "../layout/wrap.ts";
import type { TextOptions } from "../style.ts";
import { causeMark } from "../words/causes.ts";
import { plural } from "../words/counts.ts";
import { changeText } from "../words/field.ts";
import { fieldIndent } from "./fields.ts";
import { signOf } from "./plan-sign.ts";

const mostKeys = 6;

export function renderFold({ action, kind, changes, steps }: Fold, { style, width }: TextOptions): string[] {
  const what = changes.map((change) => {
    const mark = causeMark(change);
    return `${changeText(change, style.symbols)}${mark === undefined ? "" : style.yellow(` (${mark})`)}`;
  });
  const head = `  ${signOf(action, style)} ${style.bold(plural(steps.length, kind))}  ${
    what.length === 0 ? "adopted, no field changes" : what.join(", ")
  }`;
  const keys = steps.slice(0, mostKeys).map(({ key }) => inert(key));
  const left = steps.length - keys.length;
  const list = `${fieldIndent}${keys.join(", ")}${left > 0 ? ` and ${left} more (--full)` : ""}`;
  return [...wrapText(head, width, fieldIndent), ...wrapText(list, width, fieldIndent).map((line) => style.dim(line))];
}
