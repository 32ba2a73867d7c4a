/** What a plan means beyond its fields: what is watched less, and what the completions cost. */
import type { Plan } from "../../model/plan.ts";
import { costNote, costTable, impactNotes } from "../words/consequences.ts";
import { wrapText } from "../layout/wrap.ts";
import type { TextOptions } from "../style.ts";
import { renderTable } from "./table.ts";

const mostLosses = 8;

/** Empty if nothing changes; otherwise followed by an empty line. */
export function renderConsequences(
  { impact, cost }: Plan,
  { style, width, isFull }: TextOptions & { readonly isFull: boolean },
): string[] {
  const { arrow } = style.symbols;
  const notes = impactNotes(impact, arrow, isFull ? Number.POSITIVE_INFINITY : mostLosses);
  const money = costNote(cost, arrow);
  const lines = [
    ...notes.flatMap((note) => wrapText(note, width, "  ")),
    ...(money === undefined ? [] : wrapText(money, width, "  ")),
    ...(money !== undefined && isFull ? renderTable(costTable(cost, arrow)) : []),
  ];
  return lines.length === 0 ? [] : [...lines, ""];
}
