/** Parts of a plan: what the user picked, and what that cannot do without. */
import { isEntityKey, localKey, type Desired, type EntityKey } from "../model/entity.ts";
import { mustComeFirst, type Draft } from "./order.ts";

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

/**
 * The selected drafts, with the creates that they refer to, and the moves of groups that they are put into: without these
 * a group could for a moment be below itself.
 */
export function selectDrafts(drafts: readonly Draft[], isSelected: (key: EntityKey) => boolean): readonly Draft[] {
  const byKey = new Map(drafts.map((draft) => [draft.step.key, draft]));
  const picked = new Set<Draft>();
  const visit = (draft: Draft): void => {
    if (picked.has(draft)) return;
    picked.add(draft);
    for (const { to } of draft.wants) {
      const other = isEntityKey(to) ? byKey.get(to) : undefined;
      if (other !== undefined && mustComeFirst(other.step)) visit(other);
    }
  };
  for (const draft of drafts) if (isSelected(draft.step.key)) visit(draft);
  return drafts.filter((draft) => picked.has(draft));
}
