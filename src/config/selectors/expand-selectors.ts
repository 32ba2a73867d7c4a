/**
 * Replaces selectors by plain references, as soon as all monitors of the configuration are known. After this, only
 * `selections`, which a plan shows, still tells of `select`.
 */
import { listOf } from "../../kinds/codecs/list-of.ts";
import { localKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { isJsonObject, isWithin, pointerTo, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import { createRelations } from "../rules/relations.ts";
import { concerns, placesWith, withFacts, writtenAt, type KnownValue } from "../values/provenance.ts";
import { compareNames } from "./by-name.ts";
import { isSelected, selectable, type SelectableMonitor } from "./select-monitors.ts";
import { selectKey } from "./select-key.ts";
import type { Selection } from "./selection.ts";
import { readSelectors } from "./selector.ts";

/** The mapping that contains a list of monitors, as written, and its place. */
interface MonitorList {
  readonly holder: JsonObject;
  readonly at: JsonPointer;
}

type Report = (finding: Finding) => void;

/** Returns all entities in the same order. Reports only what can be seen here; rules check the selectors themselves. */
export function expandSelectors(entities: readonly DeclaredEntity[], report: Report): readonly DeclaredEntity[] {
  let known: readonly SelectableMonitor[] | undefined;
  const world: World = {
    monitors: () => (known ??= selectableMonitors(entities)),
    budget: { comparisons: 20_000_000, brought: 200_000, isUsedUp: false },
    report,
  };
  return entities.map((entity) => {
    if (entity.kind === "status-page") return expandGroups(entity, world);
    return entity.kind === "maintenance" ? expandOwn(entity, world) : entity;
  });
}

interface World {
  readonly monitors: () => readonly SelectableMonitor[];
  readonly budget: Budget;
  readonly report: Report;
}

/** Limits for all selectors together: a thousand groups that each select everything would fill the memory. */
interface Budget {
  /** Comparisons of a selector with a monitor that are left. */
  comparisons: number;
  /** References that selectors may still add. */
  brought: number;
  isUsedUp: boolean;
}

function selectableMonitors(entities: readonly DeclaredEntity[]): readonly SelectableMonitor[] {
  const relations = createRelations(entities);
  return entities.filter(({ kind }) => kind === "monitor").map((monitor) => selectable(monitor, relations));
}

function expandGroups(entity: DeclaredEntity, world: World): DeclaredEntity {
  const groups = listOf(entity.written["groups"]);
  const expanded = groups.map((group, index) => {
    const at = pointerTo("groups", index);
    if (!isJsonObject(group)) return { list: group, selection: undefined };
    const { [selectKey]: select, order, ...rest } = group;
    if (select === undefined) {
      if (rest["monitors"] === undefined) world.report(withoutMonitors(entity, at));
      else if (order !== undefined) world.report(withoutEffect(entity, at));
      return { list: rest, selection: undefined };
    }
    const selection = selectFor(entity, { holder: group, at }, world);
    return { list: { ...rest, monitors: withBrought(rest["monitors"], selection) }, selection };
  });
  const selections = expanded.flatMap(({ selection }) => selection ?? []);
  if (selections.length === 0 && !groups.some((group) => isJsonObject(group) && group["order"] !== undefined))
    return entity;
  return withLists(entity, { field: "groups", value: expanded.map(({ list }) => list), selections });
}

function expandOwn(entity: DeclaredEntity, world: World): DeclaredEntity {
  const { [selectKey]: select, ...written } = entity.written;
  if (select === undefined) return entity;
  const selection = selectFor(entity, { holder: entity.written, at: "" }, world);
  const value = withBrought(written["monitors"], selection);
  return withLists({ ...entity, written }, { field: "monitors", value, selections: [selection] });
}

function withBrought(named: Json | undefined, { brought }: Selection): readonly Json[] {
  return [...listOf(named), ...[...brought.keys()].map((key) => localKey(key))];
}

/** Sets a field to plain references; the origin of those from a selector is the selector. */
function withLists(
  entity: DeclaredEntity,
  {
    field,
    value,
    selections,
  }: { readonly field: string; readonly value: readonly Json[]; readonly selections: readonly Selection[] },
): DeclaredEntity {
  const { variant, provenance } = entity;
  const written: JsonObject = { ...entity.written, [field]: value };
  const places = selections.flatMap(({ list, brought, named }) => {
    const { by, place, pointer } = writtenAt(provenance, `${list.slice(0, -"/monitors".length)}/${selectKey}`);
    const known: KnownValue = { origin: { by, place, pointer } };
    return Array.from({ length: brought.size }, (_, index): [JsonPointer, KnownValue] => [
      list + pointerTo(named + index),
      known,
    ]);
  });
  const codec = variant.fields[field]?.codec;
  return {
    ...entity,
    written,
    canonical:
      codec === undefined ? entity.canonical : { ...entity.canonical, [field]: codec.normalise(value, written) },
    provenance: withFacts(provenance, new Map(places)),
    ...(selections.length === 0 ? {} : { selections }),
  };
}

function selectFor(entity: DeclaredEntity, { holder, at }: MonitorList, world: World): Selection {
  const pointer = `${at}/${selectKey}`;
  const named = listOf(holder["monitors"]);
  const own = new Set(named.flatMap((item) => keyIn(item) ?? []));
  const selectors = isFromOutside(entity, pointer, world.report) ? [] : readSelectors(holder[selectKey] ?? [], pointer);
  const brought = new Map<DeclaredEntity, Json>();
  const monitors = world.monitors();
  const counted = selectors.flatMap((selector) => {
    world.budget.comparisons -= monitors.length;
    if (isUsedUp(entity, selector.pointer, world)) return [];
    const found = monitors.filter((monitor) => isSelected(monitor, selector));
    for (const { monitor } of found) {
      if (!own.has(localKey(monitor.key)) && !brought.has(monitor)) brought.set(monitor, selector.written);
    }
    return [{ selector, count: found.length }];
  });
  for (const written of brought.values()) world.budget.brought -= costOf(written);
  const isAsDeclared = holder["order"] === "declared";
  const sorted = monitors.map(({ monitor }) => monitor).filter((monitor) => brought.has(monitor));
  if (!isAsDeclared) sorted.sort((one, other) => compareNames(shownName(one), shownName(other)));
  return {
    list: `${at}/monitors`,
    named: named.length,
    selectors: counted,
    brought: new Map(sorted.map((monitor): [EntityKey, Json] => [monitor.key, brought.get(monitor) ?? null])),
  };
}

/** Each monitor of a plan is shown with its selector, so a long one counts more. */
function costOf(selector: Json): number {
  return typeof selector === "string" && selector.length < 200 ? 1 : 1 + JSON.stringify(selector).length / 200;
}

/** Whether the budget is used up; reports the first selector that exceeds it. */
function isUsedUp(entity: DeclaredEntity, pointer: JsonPointer, { budget, report }: World): boolean {
  if (budget.comparisons >= 0 && budget.brought >= 0) return false;
  if (!budget.isUsedUp) {
    const message = "the selectors bring in far too many monitors";
    const hint = "select fewer in each list: 200,000 in all, and a long selector counts more";
    report(findingFor(entity, { code: "KS1782", severity: "error", message, hint, pointer }));
  }
  budget.isUsedUp = true;
  return true;
}

/** The key that a list item names. */
function keyIn(item: Json): string | undefined {
  const named = isJsonObject(item) ? item["monitor"] : item;
  return typeof named === "string" ? named : undefined;
}

/** The key in place of a secret name: a plan without secrets would sort by another name. */
function shownName({ key, name, provenance }: DeclaredEntity): string {
  return concerns(provenance, "isSecret", "/name") ? localKey(key) : name;
}

function isFromOutside(entity: DeclaredEntity, pointer: JsonPointer, report: Report): boolean {
  const secrets = placesWith(entity.provenance, "isSecret").filter((at) => isWithin(at, [pointer]));
  for (const at of secrets) {
    const message = '"select" cannot come from ${env:…} or ${file:…}: what it selects is shown in every plan';
    report(findingFor(entity, { code: "KS1104", severity: "error", message, hint: "use ${var:…}", pointer: at }));
  }
  return secrets.length > 0;
}

function withoutMonitors(entity: DeclaredEntity, pointer: JsonPointer): Finding {
  const message = 'the group needs "monitors" or "select"';
  const hint = "write monitors: [KEY, …], or select: { tag: TAG }; monitors: [] says that it is meant to be empty";
  return findingFor(entity, { code: "KS1203", severity: "error", message, hint, pointer });
}

function withoutEffect(entity: DeclaredEntity, at: JsonPointer): Finding {
  return findingFor(entity, {
    code: "KS1781",
    severity: "warning",
    message: '"order" has no effect without "select"',
    hint: "monitors are shown in the order in which they are listed; sort the list, or use select",
    pointer: `${at}/order`,
    isAboutKey: true,
  });
}
