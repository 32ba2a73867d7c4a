/**
 * References in one canonical form on both sides, so that comparing is simple: what this configuration declares is named
 * by its key, anything else on the server by its name, or by its id where the name is not unique.
 */
import type { EntityRef, KindName, KumaId, Reference } from "../../model/entity.ts";
import { isJsonObject, pointerParts, sortedSet, type Json, type JsonObject } from "../../model/json.ts";

/** Turns a reference into the canonical form of both sides. */
export type Label = (kind: KindName, reference: Reference) => Reference;

/** The index of an item, and at most one member of it: `/tags/0/tag`. */
const deepestInSet = 2;

/**
 * The spec with each reference replaced. A top-level list whose items are references, or hold one, is a set: it comes back
 * sorted, and an item that became equal to another is dropped. Where they lie deeper, the order counts: the groups of a
 * status page.
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
  // Most refer to their group alone, by the key that it has anyway.
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

/** The id in a reference as the server gave it; undefined for a key or a name. */
export function referencedId(reference: Reference): KumaId | undefined {
  return typeof reference === "object" && "id" in reference ? reference.id : undefined;
}
