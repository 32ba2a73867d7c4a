import { isJsonObject, pointerTo, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import { toText } from "./text.ts";

/**
 * A mapping as `application/x-www-form-urlencoded` text (URL Standard, section 5). A list repeats its field, as a form
 * in a browser does, and null is an empty value. The order is kept.
 */
export function formText(fields: JsonObject): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly Json[]) : [value]).map((item): [string, string] => [
      name,
      toText(item) ?? "",
    ]),
  );
  return new URLSearchParams(pairs).toString();
}

/** The values that a form cannot express: mappings in the fields, and lists in lists. Relative to `fields`. */
export function valuesWithoutFormText(fields: JsonObject): readonly JsonPointer[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (isJsonObject(value)) return [pointerTo(name)];
    if (!Array.isArray(value)) return [];
    return (value as readonly Json[]).flatMap((item, index) =>
      typeof item === "object" && item !== null ? [pointerTo(name, index)] : [],
    );
  });
}
