/** Which monitors a selector stands for. */
import { listOf } from "../../kinds/codecs/list-of.ts";
import { isEntityKey, type Reference } from "../../model/entity.ts";
import { isEqualJson, isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import { isSelectedBy, matchesPattern } from "../../model/pattern.ts";
import type { DeclaredEntity } from "../config.ts";
import type { Relations } from "../rules/relations.ts";
import { concerns } from "../values/provenance.ts";
import { tagsIn, type NamedTag, type Selector } from "./selector.ts";

/** A monitor with what selectors ask about, read once: there may be a hundred selectors and thousands of monitors. */
export interface SelectableMonitor {
  readonly monitor: DeclaredEntity;
  /** The groups that it is in, at any depth. */
  readonly parents: readonly Reference[];
  readonly tags: readonly MonitorTag[];
}

interface MonitorTag {
  readonly tag: Reference;
  /** Undefined for one that comes from `${env:…}` or `${file:…}`: it fits no pattern, with and without its real value. */
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

/** Whether all conditions hold. A paused monitor counts like any other: otherwise pausing one would change the pages. */
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
