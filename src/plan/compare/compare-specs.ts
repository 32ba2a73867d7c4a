/**
 * Finds the fields in which two canonical specs differ. It knows nothing about Uptime Kuma; the kinds have undone the
 * server's own forms.
 */
import {
  isEqualJson,
  isJsonObject,
  isWithin,
  pointerTo,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import type { FieldChange } from "../../model/plan.ts";

export interface ComparedSpecs {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly sensitive: readonly JsonPointer[];
  /** Fields of `after` that are not declared. */
  readonly defaulted?: readonly JsonPointer[];
}

/**
 * The differing fields, in the order of `after`. A top-level field that is missing from `before` was not sent by the
 * server and is not compared. If the type changes it is, because the old type did not have it; it is then compared as
 * in a new entity.
 */
export function compareSpecs({ before, after, sensitive, defaulted = [] }: ComparedSpecs): FieldChange[] {
  const typeChanges = !isEqualJson(before["type"] ?? null, after["type"] ?? null);
  const added: Added = { sensitive, defaults: new Set(defaulted) };
  return Object.entries(after).flatMap(([name, value]) => {
    const told = Object.hasOwn(before, name) ? before[name] : undefined;
    if (told === undefined) return typeChanges && !isNothing(value) ? [addedField(pointerTo(name), value, added)] : [];
    if (isEqualJson(told, value)) return [];
    return compareValues({ path: pointerTo(name), before: told, after: value }, sensitive);
  });
}

interface ValuePair {
  readonly path: JsonPointer;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

function compareValues({ path, before, after }: ValuePair, sensitive: readonly JsonPointer[]): FieldChange[] {
  if (before !== undefined && after !== undefined && isEqualJson(before, after)) return [];
  if (isWithin(path, sensitive)) return [{ path, sensitive: true }];
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      compareValues({ path: path + pointerTo(name), before: before[name], after: after[name] }, sensitive),
    );
  }
  // The shapes differ and something below is secret, so the whole value is hidden.
  if (sensitive.some((pointer) => isWithin(pointer, [path]))) return [{ path, sensitive: true }];
  return [
    {
      path,
      sensitive: false,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

/** Every field of a new entity as a change from nothing. Empty fields are left out. */
export function describeNew(
  after: JsonObject,
  { sensitive, defaulted }: { readonly sensitive: readonly JsonPointer[]; readonly defaulted: readonly JsonPointer[] },
): FieldChange[] {
  const added: Added = { sensitive, defaults: new Set(defaulted) };
  return Object.entries(after).flatMap(([name, value]) => {
    const path = pointerTo(name);
    const isLeftOut = added.defaults.has(path) && (value === null || (Array.isArray(value) && value.length === 0));
    return isLeftOut ? [] : [addedField(path, value, added)];
  });
}

interface Added {
  readonly sensitive: readonly JsonPointer[];
  readonly defaults: ReadonlySet<JsonPointer>;
}

function addedField(path: JsonPointer, value: Json, { sensitive, defaults }: Added): FieldChange {
  const flag = defaults.has(path) ? { isDefault: true as const } : {};
  const hidesSecret = isWithin(path, sensitive) || sensitive.some((pointer) => isWithin(pointer, [path]));
  return hidesSecret ? { path, sensitive: true, ...flag } : { path, sensitive: false, after: value, ...flag };
}

/** Even if the file writes it: a field that the old type did not have and that is empty now has not changed. */
function isNothing(value: Json): boolean {
  if (value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}
