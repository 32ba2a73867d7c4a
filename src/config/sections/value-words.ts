/** Describes values, and what a schema requires, in a few words. */
import type { JsonSchema } from "../../kinds/field.ts";
import { isJsonObject, type Json } from "../../model/json.ts";

const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  null: "nothing",
};

export function wantedBy(schema: JsonSchema): string {
  const branches = schema["anyOf"];
  if (Array.isArray(branches)) {
    return joined((branches as readonly JsonSchema[]).map(wantedBy));
  }
  const { type } = schema;
  const types = (Array.isArray(type) ? (type as readonly string[]) : typeof type === "string" ? [type] : []).filter(
    (item) => item !== "null",
  );
  // Text that may be written without quotes.
  if (types.includes("string") && types.includes("boolean")) return "text";
  return joined(types.map((item) => typeWords[item] ?? item));
}

function joined(words: readonly string[]): string {
  return [...new Set(words)].join(" or ");
}

/** A value in a few words; long texts are cut. */
export function shownValue(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return sortOf(value);
}

export function sortOf(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeWords[typeof value] ?? "that";
}

export function isEmpty(value: Json): boolean {
  if (isJsonObject(value)) return Object.keys(value).length === 0;
  return typeof value === "string" || Array.isArray(value) ? value.length === 0 : false;
}

export function limitWords(keyword: string, limit: Json | undefined): string {
  const words: Readonly<Record<string, string>> = {
    minimum: "at least",
    maximum: "at most",
    exclusiveMinimum: "more than",
    exclusiveMaximum: "less than",
  };
  return `${words[keyword]} ${JSON.stringify(limit)}`;
}

export function mostWords(keyword: string, limit: Json | undefined): string {
  const unit = keyword === "maxLength" ? "character" : keyword === "maxItems" ? "item" : "key";
  return limit === 1 ? `one ${unit}` : `${JSON.stringify(limit)} ${unit}s`;
}
