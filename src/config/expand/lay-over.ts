/**
 * Lays one block over another, such as an object over its template. A field of the upper block replaces the same field of
 * the lower one. In a mapping such as `headers`, each key replaces only the same key, and `{ add: […] }` adds to the list
 * below. Values keep their facts, above all where they are written.
 */
import {
  canonicalText,
  isJsonObject,
  pointerTo,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import { sameAs } from "../sections/resend-every.ts";
import { originAt, pointersAbove, type KnownValue, type Provenance } from "../values/provenance.ts";
import type { ReadObject } from "../values/read-value.ts";
import type { FieldForms } from "./field-forms.ts";

/** The key that adds to a list. */
const addKey = "add";

/**
 * Lays `upper` over `lower`. The root of the result has the origin of `upper`, or that of `lower` if `upper` has no origin
 * for its root but one for each field.
 */
export function layOver(lower: ReadObject, upper: ReadObject, forms: FieldForms): ReadObject {
  const isWhole = upper.provenance.has("");
  const names = Object.keys(upper.value);
  if (names.length === 0 && !isWhole) return lower;
  const laying: Laying = { value: {}, forms, isWhole, fromLower: new Map(), fromUpper: new Map() };
  const replaced = new Set(names.map((name) => sameAs(name)));
  for (const [name, value] of Object.entries(lower.value)) {
    if (replaced.has(name)) continue;
    if (Object.hasOwn(upper.value, name)) join(laying, name, { below: value, above: upper.value[name] ?? null });
    else {
      laying.value[name] = value;
      // The root of the result has the origin of `upper`, so a field of `lower` needs its own.
      laying.fromLower.set(pointerTo(name), { to: pointerTo(name), isMoved: isWhole });
    }
  }
  for (const name of names) if (!Object.hasOwn(laying.value, name)) replace(laying, name, upper.value[name] ?? null);
  const known = new Map<JsonPointer, KnownValue>();
  const root = upper.provenance.get("") ?? lower.provenance.get("");
  if (root !== undefined) known.set("", root);
  transfer(lower.provenance, laying.fromLower, known);
  transfer(upper.provenance, laying.fromUpper, known);
  return { value: laying.value, provenance: known };
}

/** Replaces `{ add: […] }` by a list if there was no list below to add to. */
export function settled(read: ReadObject, forms: FieldForms): ReadObject {
  const adding = Object.entries(read.value).filter(([name, value]) => addedTo(name, value, forms) !== undefined);
  if (adding.length === 0) return read;
  const names = new Set(adding.map(([name]) => pointerTo(name)));
  const known = new Map(
    [...read.provenance].filter(([at]) => ![at, ...pointersAbove(at)].some((one) => names.has(one))),
  );
  const routes: Routes = new Map();
  const lists = adding.map(([name, value]): [string, Json] => {
    const added = addedTo(name, value, forms) ?? [];
    const at = pointerTo(name);
    known.set(at, { ...read.provenance.get(at), origin: originAt(read.provenance, at) });
    added.forEach((_item, index) => {
      routes.set(pointerTo(name, addKey, index), { to: pointerTo(name, index), isMoved: true });
    });
    return [name, added];
  });
  transfer(read.provenance, routes, known);
  return { value: { ...read.value, ...Object.fromEntries(lists) }, provenance: known };
}

/** From a place in one of the two blocks to its place in the result, for all that is below it. */
type Routes = Map<JsonPointer, Route>;

interface Route {
  readonly to: JsonPointer;
  /** Whether the place above it in the result has another origin, so that it needs its own. */
  readonly isMoved: boolean;
}

interface Laying {
  readonly value: Record<string, Json>;
  /** Whether the result has the root origin of the upper block. */
  readonly isWhole: boolean;
  readonly forms: FieldForms;
  readonly fromLower: Routes;
  readonly fromUpper: Routes;
}

interface Pair<Value extends Json = Json> {
  readonly below: Value;
  readonly above: Value;
}

function replace({ value, fromUpper }: Laying, name: string, above: Json): void {
  value[name] = above;
  fromUpper.set(pointerTo(name), { to: pointerTo(name), isMoved: false });
}

/** Merges a field that both blocks have. */
function join(laying: Laying, name: string, { below, above }: Pair): void {
  const { value, forms, fromLower, fromUpper, isWhole } = laying;
  const added = addedTo(name, above, forms);
  const list = addedTo(name, below, forms) ?? below;
  if (added !== undefined && Array.isArray(list)) {
    const [isStillAdding, from] = [list !== below, pointerTo(name, addKey)];
    const items = addItems(laying, { at: isStillAdding ? from : pointerTo(name), from, list }, added);
    value[name] = isStillAdding ? { [addKey]: items } : items;
    fromLower.set(pointerTo(name), { to: pointerTo(name), isMoved: isWhole });
  } else if (forms.mappings.has(name) && isJsonObject(below) && isJsonObject(above)) {
    fromUpper.set(pointerTo(name), { to: pointerTo(name), isMoved: false });
    value[name] = joinMappings(laying, pointerTo(name), { below, above });
  } else replace(laying, name, above);
}

/** The items of `{ add: […] }`; undefined for anything else. */
function addedTo(name: string, value: Json, { lists }: FieldForms): readonly Json[] | undefined {
  if (!isJsonObject(value) || !lists.has(name)) return undefined;
  const added = value[addKey];
  return Array.isArray(added) && Object.keys(value).length === 1 ? (added as readonly Json[]) : undefined;
}

/** Adds only items that are not yet in the list, because a template may be used twice. */
function addItems(
  { fromUpper }: Laying,
  { at, from, list }: { readonly at: JsonPointer; readonly from: JsonPointer; readonly list: readonly Json[] },
  added: readonly Json[],
): readonly Json[] {
  const taken = new Set(list.map((item) => canonicalText(item)));
  const items = [...list];
  for (const [index, item] of added.entries()) {
    const text = canonicalText(item);
    if (taken.has(text)) continue;
    taken.add(text);
    fromUpper.set(from + pointerTo(index), { to: at + pointerTo(items.length), isMoved: true });
    items.push(item);
  }
  return items;
}

function joinMappings(laying: Laying, at: JsonPointer, { below, above }: Pair<JsonObject>): JsonObject {
  const joined: [string, Json][] = Object.entries(below).map(([name, value]) => {
    const place = at + pointerTo(name);
    if (!Object.hasOwn(above, name)) {
      laying.fromLower.set(place, { to: place, isMoved: true });
      return [name, value];
    }
    const other = above[name] ?? null;
    return [
      name,
      isJsonObject(value) && isJsonObject(other) ? joinMappings(laying, place, { below: value, above: other }) : other,
    ];
  });
  // The facts of values from above were transferred with the mapping.
  return {
    ...Object.fromEntries(joined),
    ...Object.fromEntries(Object.entries(above).filter(([name]) => !Object.hasOwn(below, name))),
  };
}

function transfer(from: Provenance, routes: Routes, known: Map<JsonPointer, KnownValue>): void {
  if (routes.size === 0) return;
  for (const [pointer, value] of from) {
    const at = [pointer, ...pointersAbove(pointer)].find((one) => routes.has(one));
    const route = at === undefined ? undefined : routes.get(at);
    if (at !== undefined && route !== undefined) known.set(route.to + pointer.slice(at.length), value);
  }
  for (const [at, { to, isMoved }] of routes) {
    if (isMoved) known.set(to, { ...known.get(to), origin: originAt(from, at) });
  }
}
