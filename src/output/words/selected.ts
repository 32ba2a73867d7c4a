/** What selectors bring into a list and what goes: `Media: + sonarr (tag media), - plex`. All of it is inert. */
import { clip } from "../../model/clip.ts";
import type { SelectedChange } from "../../model/plan.ts";
import type { Json } from "../../model/json.ts";
import { selectorText } from "../../model/selector-text.ts";
import { inert } from "../inert.ts";
import { valueText } from "./value.ts";

const widestSelector = 60;

export interface SelectedWords {
  /** Begins the line; empty for a list without a heading. */
  readonly head: string;
  readonly items: readonly string[];
}

export function selectedWords({ group, added, removed }: SelectedChange): SelectedWords {
  return {
    head: headOf(group),
    items: [
      ...added.map(({ key, by }) => `+ ${valueText(key, "reference")} (${selectorWords(by)})`),
      ...removed.map((reference) => `- ${valueText(reference, "reference")}`),
    ],
  };
}

/** Of a new list, whose monitors are shown anyway: how many each selector brings in. */
export function selectedCounts({ group, added }: SelectedChange): SelectedWords {
  const counts = new Map<string, number>();
  for (const { by } of added) counts.set(selectorWords(by), (counts.get(selectorWords(by)) ?? 0) + 1);
  return { head: headOf(group), items: [...counts].map(([selector, count]) => `+ ${count} (${selector})`) };
}

function headOf(group: string | undefined): string {
  return group === undefined ? "" : `${inert(group)}: `;
}

function selectorWords(by: Json): string {
  return inert(clip(selectorText(by), widestSelector));
}
