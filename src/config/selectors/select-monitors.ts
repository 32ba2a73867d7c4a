/** Finds the monitors that a selector selects. */
import { listOf } from "../../kinds/codecs/list-of.ts";
import { isEntityKey, type Reference } from "../../model/entity.ts";
import { isEqualJson, isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import { isSelectedBy, matchesPattern } from "../../model/pattern.ts";
import type { DeclaredEntity } from "../config.ts";
import type { Relations } from "../rules/relations.ts";
import { concerns } from "../values/provenance.ts";
import { tagsIn, type NamedTag, type Selector } from "./selector.ts";

/** A monitor with the values that selectors compare, read once for all selectors. */
export interface SelectableMonitor {
  readonly monitor: DeclaredEntity;
  /** The groups that contain it, at any depth. */
  readonly parents: readonly Reference[];
  readonly tags: readonly MonitorTag[];
}

interface MonitorTag {
  readonly tag: Reference;
  /** Undefined if it comes from `${env:…}` or `${file:…}`: it matches no pattern, whether its real value is read or not. */
  readonly value: string | undefined;
}

export function selectable(monitor: DeclaredEntity, relations: Relations): SelectableMonitor {
  const parents = [monitor, ...relations.groupsAbove(monitor)].flatMap((one) => {
    const parent = one.canonical["parent"];
    return isReference(parent) && !concerns(one.provenance, "isSecret", "/parent") ? [parent] : [];
  });
  const tags = listOf(monitor.written["tags"]).flatMap((item, index) => {
    const isSecret = concerns(monitor.provenance, "isSecret", pointerTo("tags", index));
    return tagsIn(item).map(({ tag, value }) => ({ tag, value: isSecret ? undefined : value }));
  });
  return { monitor, parents, tags };
}

function isReference(value: Json | undefined): value is Reference {
  return isEntityKey(value) || isJsonObject(value);
}

/** Whether all conditions hold. Paused monitors are selected too, because pausing one must not change status pages. */
export function isSelected({ monitor, ...asked }: SelectableMonitor, selector: Selector): boolean {
  const { keys, types, parents, tags } = selector;
  return (
    (keys === undefined || isSelectedBy(keys, { key: monitor.key })) &&
    (types === undefined || types.includes(monitor.variant.type ?? "")) &&
    (parents === undefined || parents.some(({ to }) => asked.parents.some((parent) => isSame(parent, to)))) &&
    (tags === undefined || tags.some((all) => all.every((tag) => hasTag(asked.tags, tag))))
  );
}

function hasTag(tags: readonly MonitorTag[], wanted: NamedTag): boolean {
  return tags.some(
    ({ tag, value }) =>
      isSame(tag, wanted.tag) &&
      (wanted.value === undefined || (value !== undefined && matchesPattern(value, wanted.value))),
  );
}

function isSame(left: Reference, right: Reference): boolean {
  return typeof left === "string" || typeof right === "string" ? left === right : isEqualJson(left, right);
}
