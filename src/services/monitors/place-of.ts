import { isJsonObject, pointerTo, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";

/**
 * The place of a field in a monitor, or the nearest written place around it: a body may be text, and a method may have its
 * default.
 */
export function placeOf({ written }: { readonly written: JsonObject }, ...path: readonly string[]): JsonPointer {
  const found: string[] = [];
  let value: Json | undefined = written;
  for (const part of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, part)) break;
    found.push(part);
    value = value[part];
  }
  return pointerTo(...found);
}
