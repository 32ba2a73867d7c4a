/**
 * `ignoreChanges:` places keep what the server has, once an object is there: in the comparison, and in what is written.
 * So do places whose value was not read.
 */
import type { DesiredEntity, ObservedEntity } from "../../model/entity.ts";
import type { Canonical } from "./canonical-form.ts";
import { isJsonObject, isWithin, pointerParts, type Json, type JsonObject } from "../../model/json.ts";

/**
 * `desired` as far as it may be written over `observed`: the ignored places hold the observed values, and are no
 * references any more. A field that the server does not send stays as declared: it is not compared, and its value on
 * the server is unknown.
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

/** `after` with the value of `before` at the place; undefined: neither has one. */
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
  // A mapping that is there for the ignored value alone goes with it: to the server, an empty one and none are not the
  // same.
  const isEmptied = own !== undefined && Object.keys(others).length === 0;
  return isEmptied && !isJsonObject(before) ? before : own === undefined ? after : others;
}
