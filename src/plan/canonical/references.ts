/**
 * One canonical form of references on both sides, so that comparing is simple: declared objects by their key, others on
 * the server by their name, or by their id if the name is not unique.
 */
import type { EntityRef, KindName, KumaId, Reference } from "../../model/entity.ts";
import { isJsonObject, pointerParts, sortedSet, type Json, type JsonObject } from "../../model/json.ts";

/** Turns a reference into the canonical form of both sides. */
export type Label = (kind: KindName, reference: Reference) => Reference;

/** The index of an item and at most one member of it: `/tags/0/tag`. */
const deepestInSet = 2;

/**
 * Returns the spec with each reference replaced. A top-level list whose items are references, or contain one, is a set:
 * it is returned sorted and without duplicates. In references that are nested deeper, such as the groups of a status
 * page, the order matters.
 */
export function replaceReferences(spec: JsonObject, references: readonly EntityRef[], label: Label): JsonObject {
  const replaced = new Map<string, Json>();
  const sets = new Set<string>();
  for (const { at, kind, to } of references) {
    const [field, ...rest] = pointerParts(at);
    if (field === undefined) continue;
    const value = withValueAt((replaced.get(field) ?? spec[field]) as Json, rest, label(kind, to));
    if (value !== spec[field]) replaced.set(field, value);
    if (Array.isArray(value) && rest.length <= deepestInSet) sets.add(field);
  }
  for (const field of sets) replaced.set(field, sortedSet(replaced.get(field) as readonly Json[]));
  // Most monitors refer only to their group, and by the key that it keeps.
  return replaced.size === 0 ? spec : { ...spec, ...Object.fromEntries(replaced) };
}

function withValueAt(value: Json, parts: readonly string[], leaf: Reference): Json {
  const [part, ...rest] = parts;
  if (part === undefined) return leaf;
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => (String(index) === part ? withValueAt(item, rest, leaf) : item));
  }
  return isJsonObject(value) ? { ...value, [part]: withValueAt(value[part] as Json, rest, leaf) } : value;
}

/** The id in a reference that came from the server; undefined for a key or a name. */
export function referencedId(reference: Reference): KumaId | undefined {
  return typeof reference === "object" && "id" in reference ? reference.id : undefined;
}
