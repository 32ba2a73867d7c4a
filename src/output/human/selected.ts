/** Below a list that selectors fill: what they bring in, and what goes. */
import type { FieldChange } from "../../model/plan.ts";
import { wrapItems } from "../layout/wrap.ts";
import type { TextOptions } from "../style.ts";
import { selectedCounts, selectedWords } from "../words/selected.ts";

const mostItems = 12;

interface SelectedOptions extends TextOptions {
  readonly isFull: boolean;
  /** The list is new: only how many monitors a selector brings in, unless all is shown. */
  readonly isNew: boolean;
  readonly indent: string;
}

/** A line for each list, wrapped; nothing for a change without selectors. */
export function renderSelected(change: FieldChange, { width, isFull, isNew, indent }: SelectedOptions): string[] {
  if (change.sensitive) return [];
  return (change.selected ?? []).flatMap((selected) => {
    const { head, items } = isNew && !isFull ? selectedCounts(selected) : selectedWords(selected);
    const shown = isFull ? items : items.slice(0, mostItems);
    const left = items.length - shown.length;
    const [first = "", ...others] = [...shown, ...(left > 0 ? [`and ${left} more (--full)`] : [])];
    return wrapItems([`${head}${first}`, ...others], width, indent);
  });
}
