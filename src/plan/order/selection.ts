/** Selects parts of a plan: what the user chose, and the steps that it depends on. */
import type { Desired, EntityKey } from "../../model/entity.ts";
import { isSelectedBy } from "../../model/pattern.ts";
import type { GroupsAbove } from "./groups-above.ts";
import { neededBefore, type Draft } from "./order-steps.ts";

export interface Selectors {
  /** Empty: everything. */
  readonly select: readonly string[];
  readonly exclude: readonly string[];
}

/** Whether the selectors match a key; `isSelectedBy` says how they are written. */
export function selectorOf({ select, exclude }: Selectors): (key: EntityKey) => boolean {
  return (key) => (select.length === 0 || isSelectedBy(select, { key })) && !isSelectedBy(exclude, { key });
}

/** Selectors that match no declared entity. They are probably typing errors and would otherwise show "no changes". */
export function unmatchedSelectors({ select, exclude }: Selectors, desired: Desired): readonly string[] {
  const keys = [...desired.entities.keys()];
  return [...select, ...exclude].filter((selector) => !keys.some((key) => isSelectedBy([selector], { key })));
}

/** Whether the selection leaves nothing to look at. */
export function selectsNothing(isSelected: (key: EntityKey) => boolean, desired: Desired): boolean {
  return ![...desired.entities.keys()].some(isSelected);
}

/** The selected drafts, and those that must come before them. */
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
