/** Which monitors a selector stands for. */
import { listOf } from "../../kinds/codecs/list-of.ts";
import { isEntityKey, type Reference } from "../../model/entity.ts";
import { isEqualJson, isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import { isSelectedBy, matchesPattern } from "../../model/pattern.ts";
import type { DeclaredEntity } from "../config.ts";
import type { Relations } from "../rules/relations.ts";
import { concerns } from "../values/provenance.ts";
import { tagsIn, type NamedTag, type Selector } from "./selector.ts";

/**
 * Whether all conditions hold. A paused monitor counts like any other: otherwise pausing one would change the pages. What
 * comes from `${env:…}` or `${file:…}` fulfils no condition on a value, so that a plan without secrets selects the same.
 */
export function isSelected(monitor: DeclaredEntity, selector: Selector, relations: Relations): boolean {
  const { keys, types, parents, tags } = selector;
  return (
    (keys === undefined || isSelectedBy(keys, { key: monitor.key })) &&
    (types === undefined || types.includes(monitor.variant.type ?? "")) &&
    (parents === undefined ||
      isBelow(
        monitor,
        parents.map(({ to }) => to),
        relations,
      )) &&
    (tags === undefined || tags.some((all) => all.every((tag) => hasTag(monitor, tag))))
  );
}

function isBelow(monitor: DeclaredEntity, parents: readonly Reference[], relations: Relations): boolean {
  return [monitor, ...relations.groupsAbove(monitor)].some((one) => {
    if (concerns(one.provenance, "isSecret", "/parent")) return false;
    const parent = one.canonical["parent"];
    return isReference(parent) && parents.some((wanted) => isEqualJson(wanted, parent));
  });
}

function isReference(value: Json | undefined): value is Reference {
  return isEntityKey(value) || isJsonObject(value);
}

function hasTag({ written, provenance }: DeclaredEntity, { tag, value }: NamedTag): boolean {
  return listOf(written["tags"]).some((item, index) =>
    tagsIn(item).some((own) => {
      if (!isEqualJson(own.tag, tag)) return false;
      if (value === undefined) return true;
      return !concerns(provenance, "isSecret", pointerTo("tags", index)) && matchesPattern(own.value, value);
    }),
  );
}
