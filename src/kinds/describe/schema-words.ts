/** Describes in a few words what a JSON Schema allows, for the reference pages and `explain`. */
import { durationPattern } from "../../model/duration.ts";
import type { JsonSchema } from "../field.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Release } from "../../model/release.ts";

/** `2.1` or `2.1.3`. */
export function shortRelease([major, minor, patch]: Release): string {
  return patch === 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/** The releases that have it; empty if all supported releases have it. */
function range(since: Release | undefined): string {
  return since === undefined ? "" : `≥ ${shortRelease(since)}`;
}

/** How a value is quoted in a sentence. */
export type Quote = (value: Json) => string;

/** `valuesSince`: releases by value. */
export function typeWords(
  schema: JsonSchema,
  quote: Quote,
  valuesSince: Readonly<Record<string, Release>> = {},
): string {
  if (Object.hasOwn(schema, "const")) return quote(schema["const"] ?? null);
  if (Array.isArray(schema["enum"])) {
    const values = (schema["enum"] as readonly Json[]).filter((value) => value !== null);
    return values
      .map((value) => quote(value) + sinceOf(typeof value === "string" ? valuesSince[value] : undefined))
      .join(", ");
  }
  if (isReference(schema) && (schema["anyOf"] as readonly Json[]).length === 3) return "key";
  if (Array.isArray(schema["anyOf"])) {
    const branches = (schema["anyOf"] as readonly JsonSchema[]).filter(({ type }) => type !== "null");
    return [...new Set(branches.map((branch) => typeWords(branch, quote)))].join(" or ");
  }
  if (schema["pattern"] === durationPattern) return "duration";
  const types = typesOf(schema);
  if (types.includes("string")) {
    const deep = [types.includes("object") ? "mapping" : "", types.includes("array") ? "list" : ""];
    return [...deep.filter((word) => word !== ""), `text${lengthOf(schema)}`].join(" or ");
  }
  if (types.includes("array")) return `list${itemsOf(schema, quote)}${countOf(schema)}`;
  if (types.includes("object")) return mappingWords(schema, quote);
  if (types.includes("integer")) return `whole number${limitsOf(schema)}`;
  if (types.includes("number")) return `number${limitsOf(schema)}`;
  return types.includes("boolean") ? "true or false" : "anything";
}

function sinceOf(since: Release | undefined): string {
  return since === undefined ? "" : ` (${range(since)})`;
}

function typesOf({ type }: JsonSchema): readonly Json[] {
  return Array.isArray(type) ? (type as readonly Json[]) : type === undefined ? [] : [type];
}

function lengthOf({ maxLength }: JsonSchema): string {
  return typeof maxLength === "number" ? `, at most ${maxLength} characters` : "";
}

function itemsOf({ items }: JsonSchema, quote: Quote): string {
  if (!isJsonObject(items)) return "";
  return ` of ${typeWords(items, quote).replaceAll(/^(?:text|mapping|whole number)|(?<= or )(?:text|mapping)/gu, "$&s")}`;
}

function countOf({ maxItems }: JsonSchema): string {
  return typeof maxItems === "number" ? `, at most ${maxItems}` : "";
}

function mappingWords({ properties, additionalProperties, maxProperties }: JsonSchema, quote: Quote): string {
  if (isJsonObject(properties) && maxProperties !== 1) {
    const names = Object.keys(properties);
    return names.length <= 3 ? quote(`{ ${names.join(", ")} }`) : "mapping";
  }
  if (isJsonObject(properties)) {
    return Object.keys(properties)
      .map((name) => quote(`{ ${name} }`))
      .join(" or ");
  }
  return maxProperties === 1 && isJsonObject(additionalProperties) ? quote("{ key: value }") : "mapping";
}

function limitsOf({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const least = minimum ?? exclusiveMinimum;
  if (typeof least === "number" && typeof maximum === "number") return `, ${least} to ${maximum}`;
  if (typeof minimum === "number") return `, ${minimum} or more`;
  if (typeof exclusiveMinimum === "number") return `, more than ${exclusiveMinimum}`;
  return typeof maximum === "number" ? `, at most ${maximum}` : "";
}

/** A key of this configuration, or the name or id of an object made by hand. */
export function isReference({ anyOf }: JsonSchema): boolean {
  if (!Array.isArray(anyOf)) return false;
  return (anyOf as readonly JsonSchema[]).some(
    ({ description }) => typeof description === "string" && description.startsWith("The key of a "),
  );
}
