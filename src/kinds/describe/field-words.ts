/** Describes in a few words which values a field takes, and its default. */
import { durationPattern } from "../../model/duration.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Field, JsonSchema } from "../field.ts";
import { isReference, typeWords, type Quote } from "./schema-words.ts";

/** `whole number, 0 or more`, `text, secret`, `list of keys of notifications`. */
export function fieldWords({ schema, refersTo, valuesSince, isSensitive, isExclusive }: Field, quote: Quote): string {
  const marks = [isSensitive === true ? "secret" : "", isExclusive === true ? "of one object only" : ""];
  const words = referenceWords(schema, refersTo) ?? typeWords(schema, quote, valuesSince);
  return [words, ...marks.filter((mark) => mark !== "")].join(", ");
}

function referenceWords(schema: JsonSchema, refersTo: Field["refersTo"]): string | undefined {
  if (refersTo === undefined) return undefined;
  if (isReference(schema)) return `key of a ${refersTo}`;
  const { items } = schema;
  return isJsonObject(items) && isReference(items) ? `list of keys of ${refersTo}s` : undefined;
}

/** Undefined if there is no default, or an empty one. */
export function defaultWords({ schema }: Pick<Field, "schema">, quote: Quote): string | undefined {
  const value = schema["default"];
  if (value === undefined || value === null || value === "" || isEmpty(value)) return undefined;
  return schema["pattern"] === durationPattern && typeof value === "number" ? quote(`${value}s`) : quote(value);
}

function isEmpty(value: Json): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** The first example that shows more than the type. */
export function exampleOf({ schema }: Pick<Field, "schema">): Json | undefined {
  const { examples, type } = schema;
  const [example] = Array.isArray(examples) ? (examples as readonly Json[]) : [];
  const types = Array.isArray(type) ? (type as readonly Json[]) : [type ?? null];
  // A text accepts any scalar, a boolean only two, so only examples of texts are useful.
  return types.includes("boolean") && !types.includes("string") ? undefined : example;
}
