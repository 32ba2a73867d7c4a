/** Replaces the secrets in values that an import writes with expressions, and leaves the rest readable. */
import type { JsonSchema } from "../kinds/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Secrets } from "./secrets.ts";

/** Headers that describe the format and never contain a credential. */
const openNames = /^(?:accept(?:-.*)?|content-type|cache-control)$/iu;

/** The word before a credential in an Authorization header. */
const scheme = /^(?:Basic|Bearer|Digest|Token|ApiKey|GenieKey|Splunk|Key) (?=\S)/iu;

/** A value that is not secret itself: other objects' secrets in it are replaced. */
export function openValue(value: Json, secrets: Secrets, place: readonly string[]): Json {
  return mapTexts(value, (text) => secrets.text(text, place));
}

/**
 * The value of a sensitive field. In a mapping of texts, names and plain words stay and each other value becomes a
 * variable. A deeper value becomes one variable with its JSON, if the field accepts text.
 */
export function hiddenValue(
  value: Json,
  schema: JsonSchema,
  { secrets, place }: { readonly secrets: Secrets; readonly place: readonly string[] },
): Json {
  if (typeof value === "string") return hiddenText(value, secrets, place);
  if (typeof value !== "object" || value === null) return value;
  if (!isFlat(value) && takesText(schema)) return secrets.placeholder(JSON.stringify(value), place);
  if (isFlat(value)) {
    const entries = Object.entries(value).map(([name, item]): [string, Json] => {
      const isOpen = openNames.test(name) || isWord(schema, name);
      const below = [...place, name];
      return [name, isOpen ? openValue(item, secrets, below) : hiddenValue(item, {}, { secrets, place: below })];
    });
    return Object.fromEntries(entries);
  }
  return hiddenBelow(value, secrets, place);
}

/**
 * Settings that pass through without a schema. Numbers stay: an expression always gives text here, and Uptime Kuma's
 * forms keep secrets in text fields.
 */
export function hiddenBelow(value: Json, secrets: Secrets, place: readonly string[]): Json {
  return mapTexts(value, (text) => hiddenText(text, secrets, place));
}

/**
 * The value of a field that `${env:…}` or `${file:…}` filled when it was last applied. Every text, number and boolean in it
 * becomes a variable, because an expression that is the whole value may stand for any of these.
 */
export function hiddenScalars(value: Json, secrets: Secrets, place: readonly string[]): Json {
  if (typeof value === "number" || typeof value === "boolean") return secrets.placeholder(String(value), place);
  if (Array.isArray(value)) return value.map((item: Json) => hiddenScalars(item, secrets, place));
  if (!isJsonObject(value)) return typeof value === "string" ? hiddenText(value, secrets, place) : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, hiddenScalars(item, secrets, [...place, name])]),
  );
}

function hiddenText(text: string, secrets: Secrets, place: readonly string[]): string {
  // An empty variable counts as not set, so an empty text stays.
  if (text === "") return "";
  const open = scheme.exec(text)?.[0] ?? "";
  return open + secrets.placeholder(text.slice(open.length), place);
}

function isFlat(value: Json): value is JsonObject {
  return (
    isJsonObject(value) &&
    Object.values(value).every((item) => item === null || typeof item === "string" || typeof item === "boolean")
  );
}

function takesText(schema: JsonSchema): boolean {
  const { type } = schema;
  return type === "string" || (Array.isArray(type) && type.includes("string"));
}

function isWord(schema: JsonSchema, name: string): boolean {
  const properties = schema["properties"];
  const property = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isJsonObject(property) && Array.isArray(property["enum"]);
}

function mapTexts(value: Json, map: (text: string) => string): Json {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, map));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, map)]));
}
