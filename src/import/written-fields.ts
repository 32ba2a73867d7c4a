/** Turns a canonical spec into the fields of a configuration: without defaults, and without what it cannot hold. */
import { defaultOf, type JsonSchema } from "../kinds/field.ts";
import { localKey, type EntityKey } from "../model/entity.ts";
import type { Variant } from "../kinds/kind.ts";
import { isEqualJson, type Json, type JsonObject } from "../model/json.ts";

/** Whether a field's schema accepts a written value. */
export type IsValid = (schema: JsonSchema, written: Json) => boolean;

export interface WrittenFields {
  /** By name, in the order of the variant. Secrets are not replaced yet. */
  readonly fields: JsonObject;
  /** Fields whose value on the server cannot be written. */
  readonly unwritable: readonly string[];
  /** Fields whose value on the server does not work. The intended value is written, so a plan changes them. */
  readonly repaired: readonly string[];
  /** Fields that keep the server's value although the server has none. */
  readonly unset: readonly string[];
  /** Required fields that are missing from `fields`. */
  readonly missing: readonly string[];
}

/** References in `spec` are keys, or names and ids of objects that are not in the configuration. */
export function writtenFields(
  variant: Variant,
  spec: JsonObject,
  { key, isValid }: { readonly key: EntityKey; readonly isValid: IsValid },
): WrittenFields {
  const fields: Record<string, Json> = {};
  const unwritable: string[] = [];
  const repaired: string[] = [];
  const unset: string[] = [];
  for (const [name, field] of Object.entries(variant.fields)) {
    const canonical = spec[name];
    if (canonical === undefined) continue;
    // For example a push token. Settings also keep what the server has, but work without a value.
    if (field.isKeptUnlessWritten === true && canonical === null && variant.type !== undefined) unset.push(name);
    // The key is the default of the name.
    if (name === "name" && canonical === localKey(key) && variant.nameOf === undefined) continue;
    if (!variant.required.includes(name) && isEqualJson(canonical, defaultOf(field, spec))) continue;
    const written = field.codec.written?.(canonical) ?? canonical;
    const isSame = isEqualJson(field.codec.normalise(written, spec), canonical);
    if (isValid(field.schema, written) && (isSame || (field.codec.isRepairing === true && written !== null))) {
      fields[name] = written;
      if (!isSame) repaired.push(name);
    } else if (name !== "name" || canonical !== "") unwritable.push(name);
  }
  const missing = variant.required.filter((name) => name !== "name" && !Object.hasOwn(fields, name));
  return { fields, unwritable: unwritable.filter((name) => !missing.includes(name)), missing, repaired, unset };
}
