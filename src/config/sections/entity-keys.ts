/** The keys under an entity: its fields, and the keys that are not fields. */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { guess } from "../../model/guess.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { lifecycleKeys } from "./lifecycle-schemas.ts";
import { testSchemas } from "./monitor-tests.ts";
import { resendSchemas } from "./resend-every.ts";

/** More about a key that a variant does not have: the one that was meant, or the types that have it. */
export function explainUnknown(kind: Kind, variant: Variant, name: string): string | undefined {
  const reason = Object.hasOwn(variant.leftOut ?? {}, name) ? variant.leftOut?.[name] : undefined;
  if (reason !== undefined) return reason;
  if (name.startsWith("x-")) return "keys that start with x- are allowed only at the top level";
  const near = guess(name, keysOf(variant));
  if (near !== undefined) return `did you mean "${near}"?`;
  const owners = kind.variants.flatMap((other) => (keysOf(other).includes(name) ? (other.type ?? []) : []));
  return owners.length === 0 ? undefined : `${owners.join(", ")} ${owners.length === 1 ? "has" : "have"} it`;
}

function keysOf(variant: Variant): readonly string[] {
  return [...Object.keys(variant.fields), ...keysBeside(variant)];
}

/** The keys of an entity that are not fields. */
function keysBeside(variant: Variant): readonly string[] {
  return [...lifecycleKeys, ...Object.keys(testSchemas(variant)), ...Object.keys(resendSchemas(variant))];
}

/** A checked entity in two; `type` is in neither. */
export function splitKeys(
  variant: Variant,
  value: JsonObject,
): { readonly written: JsonObject; readonly beside: JsonObject } {
  const { type: _type, ...written } = value as Record<string, Json>;
  const beside: Record<string, Json> = {};
  for (const name of keysBeside(variant)) {
    const found = written[name];
    if (found === undefined) continue;
    beside[name] = found;
    delete written[name];
  }
  return { written, beside };
}
