/** Below a list that selectors fill: what they bring in, and what goes. */
import type { FieldChange } from "../../model/plan.ts";
import { wrapItems } from "../layout/wrap.ts";
import type { TextOptions } from "../style.ts";
import { selectedWords } from "../words/selected.ts";

const mostItems = 12;

/** A line for each list, wrapped; nothing for a change without selectors. */
export function renderSelected(
  change: FieldChange,
  { width, isFull, indent }: TextOptions & { readonly isFull: boolean; readonly indent: string },
): string[] {
  if (change.sensitive) return [];
  return (change.selected ?? []).flatMap((selected) => {
    const { head, items } = selectedWords(selected);
    const shown = isFull ? items : items.slice(0, mostItems);
    const left = items.length - shown.length;
    const [first = "", ...others] = [...shown, ...(left > 0 ? [`and ${left} more (--full)`] : [])];
    return wrapItems([`${head}${first}`, ...others], width, indent);
  });
}
