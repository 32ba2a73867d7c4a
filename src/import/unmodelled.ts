import { kumaKey } from "../kinds/field.ts";
import type { Kind, Variant } from "../kinds/kind.ts";
import type { ObservedEntity } from "../model/entity.ts";
import { isJsonObject, type Json } from "../model/json.ts";

/**
 * The keys of a server object that have a value but no field of its kind. A key that is a field of another type is not
 * listed: Uptime Kuma's forms leave what was typed before another type was chosen.
 */
export function unmodelledKeys(
  { row }: ObservedEntity,
  { variants, derivedKeys }: Kind,
  variant: Variant | undefined,
): readonly string[] {
  // Open variants pass every key on. Without `derivedKeys`, every key would be listed.
  if (derivedKeys === undefined || variant?.isOpen === true) return [];
  const known = new Set(
    variants.flatMap(({ fields }) => Object.entries(fields).map(([name, field]) => kumaKey(name, field))),
  );
  return Object.entries(row)
    .filter(([key, value]) => !known.has(key) && !derivedKeys.has(key) && holdsSomething(value))
    .map(([key]) => key);
}

function holdsSomething(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return value !== null && value !== "" && value !== false && value !== 0;
}
