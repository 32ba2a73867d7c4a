/** Parts of a plan: what the user picked, and what that cannot do without. */
import { localKey, type Desired, type EntityKey } from "../model/entity.ts";
import type { GroupsAbove } from "./groups-above.ts";
import { neededBefore, type Draft } from "./order.ts";

export interface Selectors {
  /** None: everything. */
  readonly select: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * Whether a key is picked. A selector is a key in full (`monitor/api`) or the part after the slash, for every kind; `*`
 * stands for any characters.
 */
export function selectorOf({ select, exclude }: Selectors): (key: EntityKey) => boolean {
  const isPicked = matcherOf(select);
  const isLeftOut = matcherOf(exclude);
  return (key) => (select.length === 0 || isPicked(key)) && !isLeftOut(key);
}

function matcherOf(selectors: readonly string[]): (key: EntityKey) => boolean {
  const patterns = selectors.map((selector) => ({
    isFull: selector.includes("/"),
    pattern: new RegExp(`^${selector.split("*").map(escapePattern).join(".*")}$`, "s"),
  }));
  return (key) => patterns.some(({ isFull, pattern }) => pattern.test(isFull ? key : localKey(key)));
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** Those of the selectors that no declared entity matches: a typing error that would pass as "no changes". */
export function unmatchedSelectors({ select, exclude }: Selectors, desired: Desired): readonly string[] {
  const keys = [...desired.entities.keys()];
  return [...select, ...exclude].filter((selector) => !keys.some(matcherOf([selector])));
}

/** Whether the selection leaves nothing to look at. */
export function selectsNothing(isSelected: (key: EntityKey) => boolean, desired: Desired): boolean {
  return ![...desired.entities.keys()].some(isSelected);
}

/** The selected drafts, with those that cannot come after them. */
export function selectDrafts(
  drafts: readonly Draft[],
  isSelected: (key: EntityKey) => boolean,
  groupsAbove: GroupsAbove,
): readonly Draft[] {
  const byKey = new Map(drafts.map((draft) => [draft.step.key, draft]));
  const picked = new Set<Draft>();
  const visit = (draft: Draft): void => {
    if (picked.has(draft)) return;
    picked.add(draft);
    for (const other of neededBefore(draft, byKey, groupsAbove)) visit(other);
  };
  for (const draft of drafts) if (isSelected(draft.step.key)) visit(draft);
  return drafts.filter((draft) => picked.has(draft));
}
