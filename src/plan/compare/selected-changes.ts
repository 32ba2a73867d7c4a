/** What selectors bring into a list of references, and what leaves it. Changes nothing else about a change. */
import { isEntityKey, type DesiredEntity, type Reference, type SelectedList } from "../../model/entity.ts";
import {
  canonicalText,
  isJsonObject,
  isWithin,
  pointerParts,
  pointerTo,
  valueAt,
  type Json,
  type JsonPointer,
} from "../../model/json.ts";
import type { FieldChange, SelectedChange } from "../../model/plan.ts";

/** The changes, with `selected` where a list of `entity` that has a selector gets or loses monitors. */
export function withSelected(
  changes: readonly FieldChange[],
  { selected = [] }: Pick<DesiredEntity, "selected">,
): readonly FieldChange[] {
  if (selected.length === 0) return changes;
  return changes.map((change) => {
    if (change.sensitive) return change;
    const lists = selected.filter(({ at }) => isWithin(at, [change.path]));
    const changed = lists.flatMap((list) => changeOf(list, change) ?? []);
    return changed.length === 0 ? change : { ...change, selected: changed };
  });
}

function changeOf(
  { at, by }: SelectedList,
  { path, before, after }: Extract<FieldChange, { sensitive: false }>,
): SelectedChange | undefined {
  const below = at.slice(path.length);
  const group = headingOf(after, below);
  const had = referencesIn(group === undefined ? valueAt(before ?? null, below) : listNamed(before, after, below));
  const has = referencesIn(valueAt(after ?? null, below));
  const [old, now] = [new Set(had.map(canonicalText)), new Set(has.map(canonicalText))];
  const added = has.flatMap((reference) => {
    const selector = isEntityKey(reference) ? by.get(reference) : undefined;
    if (selector === undefined || !isEntityKey(reference) || old.has(canonicalText(reference))) return [];
    return [{ key: reference, by: selector }];
  });
  const removed = had.filter((reference) => !now.has(canonicalText(reference)));
  if (added.length === 0 && removed.length === 0) return undefined;
  return { ...(group === undefined ? {} : { group }), added, removed };
}

/** The `name` beside a list that lies in a mapping. */
function headingOf(value: Json | undefined, list: JsonPointer): string | undefined {
  const holder = valueAt(value ?? null, pointerTo(...pointerParts(list).slice(0, -1)));
  const name = isJsonObject(holder) ? holder["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** The list of the group that had the same name before; of several with that name, the same one in their order. */
function listNamed(before: Json | undefined, after: Json | undefined, list: JsonPointer): Json | undefined {
  const [index = "", field = ""] = pointerParts(list);
  const name = headingOf(after, list) ?? "";
  const groups = Array.isArray(after) ? (after as readonly Json[]) : [];
  const place = groupsNamed(groups.slice(0, Number(index)), name).length;
  const group = groupsNamed(before, name)[place];
  return isJsonObject(group) ? group[field] : undefined;
}

function groupsNamed(groups: Json | undefined, name: string): readonly Json[] {
  return Array.isArray(groups) ? groups.filter((group: Json) => isJsonObject(group) && group["name"] === name) : [];
}

function referencesIn(list: Json | undefined): readonly Reference[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).map((item) => {
    const reference = isJsonObject(item) && item["monitor"] !== undefined ? item["monitor"] : item;
    return reference as Reference;
  });
}
