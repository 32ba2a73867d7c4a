/**
 * Replaces the values at `ignoreChanges:` places with the server's once an object exists, both for the comparison and
 * for the write. The same goes for places whose value was not read.
 */
import type { DesiredEntity, ObservedEntity } from "../../model/entity.ts";
import type { Canonical } from "./canonical-form.ts";
import { isJsonObject, isWithin, pointerParts, type Json, type JsonObject } from "../../model/json.ts";

/**
 * `desired` as it may be written over `observed`: ignored places hold the observed values and are no longer references.
 * A field that the server does not send stays as declared, because its value on the server is unknown and it is not
 * compared.
 */
export function effectiveEntity(
  desired: Canonical<DesiredEntity>,
  observed: Canonical<ObservedEntity>,
): Canonical<DesiredEntity> {
  const kept = [...desired.lifecycle.ignoreChanges, ...(desired.withheld ?? [])];
  const before = observed.spec;
  if (kept.length === 0 || before === undefined) return desired;
  let spec: JsonObject = desired.spec;
  for (const pointer of kept) {
    const parts = pointerParts(pointer);
    const [field = ""] = parts;
    if (Object.hasOwn(before, field)) spec = keep(spec, before, parts) as JsonObject;
  }
  return {
    ...desired,
    spec,
    references: desired.references.filter(({ at }) => !isWithin(at, kept)),
  };
}

/** `after` with the value that `before` has at this place; undefined if neither has one. */
function keep(after: Json | undefined, before: Json | undefined, parts: readonly string[]): Json | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return before;
  if (Array.isArray(after)) {
    const items = Array.isArray(before) ? before : [];
    return after.map((item: Json, index) => (String(index) === part ? (keep(item, items[index], rest) ?? item) : item));
  }
  if (after !== undefined && after !== null && !isJsonObject(after)) return after;
  const container = isJsonObject(before) ? before : {};
  const { [part]: own, ...others } = after ?? {};
  const kept = keep(own, container[part], rest);
  if (kept !== undefined) return { ...after, [part]: kept };
  // An ignored value that was the only one in its mapping takes the mapping with it, because the server tells an empty
  // mapping from none.
  const isEmptied = own !== undefined && Object.keys(others).length === 0;
  return isEmptied && !isJsonObject(before) ? before : own === undefined ? after : others;
}
