/** Finds other values for texts with placeholders, if a field does not accept the usual placeholder. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Json } from "../../model/json.ts";
import { isMadeOf } from "../../model/pattern.ts";
import { placeholderPattern } from "../../secrets/placeholder.ts";

/** The text with another value for each placeholder. */
function withPlaceholders(text: string, value: string): string {
  return text.replaceAll(placeholderPattern, () => value);
}

/** Values for a part of a text: a number, a duration, a time, an address, a member of a JSON object. */
const parts = ["60", "1", "a", '""', '"a":1', ',"a":1', "60s", "00:00", "2030-01-01", "{}"] as const;

/** Values for a whole text: what a field may require if the text is a single expression. */
const wholes: readonly Json[] = [60, 1, false, true, "60s", "{}", "22:00-02:00", "2030-01-01 00:00", "#2563EB"];

/**
 * Other values for a text with placeholders, the most natural first. `schemas` are those of the field. What is written
 * around expressions stays.
 */
export function fittingTexts(text: string, schemas: readonly JsonSchema[], isWhole: boolean): readonly Json[] {
  const filled = parts.map((part) => withPlaceholders(text, part));
  const wanted = schemas.flatMap(wantedValues).filter(isScalar);
  if (!isWhole) return [...filled, ...addresses(text), ...wanted.filter((value) => fitsAround(text, value))];
  const [name = ""] = text.match(placeholderPattern) ?? [];
  return [`https://${name}.invalid`, `wss://${name}.invalid`, ...wanted, ...filled, ...wholes];
}

/** Other texts for a query with placeholders. They have the same length, so that findings in them keep their places. */
export function fittingQueries(text: string): readonly string[] {
  return parts.map((part) => text.replaceAll(placeholderPattern, (found) => part.padEnd(found.length)));
}

/** Values that the schema itself names, except `examples` that are expressions. */
function wantedValues(schema: JsonSchema): readonly Json[] {
  const { examples, minimum } = schema;
  const choices = [examples, schema["enum"]].flatMap((list) => (Array.isArray(list) ? (list as readonly Json[]) : []));
  const single = [schema["const"], schema["default"], minimum].filter((value) => value !== undefined);
  return [...choices, ...single].filter((value) => typeof value !== "string" || !value.includes("${"));
}

/** Of a path behind an expression: what stands at its start may be a whole address. */
function addresses(text: string): readonly string[] {
  const [, name = "", rest = ""] = new RegExp(`^(${placeholderPattern.source})([/?#:].*)$`, "su").exec(text) ?? [];
  return name === "" ? [] : [`https://${name}.invalid${rest}`, `wss://${name}.invalid${rest}`];
}

/** The types of value that an expression can become. */
function isScalar(value: Json): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Whether a value could be `text` with other values for its placeholders. */
function fitsAround(text: string, value: Json): boolean {
  return typeof value === "string" && isMadeOf(value, text.split(placeholderPattern));
}
