/** For any field a value that may be written, and means something else than the one that is. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { defaultOf, type Field } from "../../src/kinds/field.ts";
import type { Variant } from "../../src/kinds/kind.ts";
import { isEqualJson, isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { isAtLeast, type Release } from "../../src/model/release.ts";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

/** Tried in this order; nothing here is an address that answers. */
const usual: readonly Json[] = [
  { other: "1" },
  "other",
  "http://127.0.0.1:1/other",
  "ws://127.0.0.1:1/other",
  "1.3.6.1.4.1.9",
  "127.0.0.9",
  "9",
];

/** Throws for a field that has no other value, so that no field is passed over. */
export function otherValue(field: Field, written: Json | undefined, release: Release): Json {
  const { schema, codec, valuesSince } = field;
  const now = written === undefined ? defaultOf(field) : codec.normalise(written);
  const candidates = [...listed(schema), ...beside(schema, now), ...examplesOf(schema), ...fallback(schema), ...usual];
  const found = candidates.find(
    (value) =>
      ajv.validate(schema, value) &&
      !isEqualJson(codec.normalise(value), now) &&
      (typeof value !== "string" || isAtLeast(release, valuesSince?.[value])) &&
      (field.newerParts?.(value) ?? []).every(({ since }) => isAtLeast(release, since)),
  );
  if (found === undefined)
    throw new Error(`no other value for ${JSON.stringify(field.schema["title"])} than ${JSON.stringify(now)}`);
  return found;
}

function listed(schema: JsonObject): readonly Json[] {
  return (schema["enum"] ?? []) as readonly Json[];
}

function beside(schema: JsonObject, now: Json): readonly Json[] {
  if (schema["type"] === "boolean") return [now !== true];
  const number = typeof now === "number" ? now : 0;
  // A second more, and where that is too much one less.
  return schema["type"] === "string" || isText(schema) ? [] : [number + 1, number - 1, 7];
}

/** A scalar in place of a text is a matter of the configuration, not of the server. */
function isText({ type }: JsonObject): boolean {
  return Array.isArray(type) && type.includes("boolean");
}

function fallback({ default: value }: JsonObject): readonly Json[] {
  return value === undefined ? [] : [value];
}

function examplesOf({ examples }: JsonObject): readonly Json[] {
  return ((examples ?? []) as readonly Json[]).map(withoutPlaceholders);
}

/** What stands for `${env:…}` and `${file:…}` where it is part of a longer text or a deeper value. */
function withoutPlaceholders(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll(/\$\{[^}]*\}/gu, "a1b2c3d4")) as Json;
}

/** As a user would write the example of a variant, its placeholders filled in so that its schemas accept it. */
export function filledExample({ example, fields }: Variant): JsonObject {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]): [string, Json] => {
      const filled = withoutPlaceholders(value);
      const schema = fields[name]?.schema;
      const isAccepted = !isJsonObject(schema) || ajv.validate(schema, filled);
      return [name, isAccepted ? filled : "http://127.0.0.1:1/hook"];
    }),
  );
}
