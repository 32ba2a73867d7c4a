/** What selectors bring into a list and what goes: `Media: + sonarr (tag media), - plex`. All of it is inert. */
import { clip } from "../../model/clip.ts";
import type { SelectedChange } from "../../model/plan.ts";
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
    head: group === undefined ? "" : `${inert(group)}: `,
    items: [
      ...added.map(
        ({ key, by }) => `+ ${valueText(key, "reference")} (${inert(clip(selectorText(by), widestSelector))})`,
      ),
      ...removed.map((reference) => `- ${valueText(reference, "reference")}`),
    ],
  };
}
