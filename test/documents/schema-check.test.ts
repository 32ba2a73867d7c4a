/** The check of schemas against ajv, on the schemas of this program and values that nearly fit. */
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultsSchema, variantSchema } from "../../src/config/sections/json-schema.ts";
import { adoptionSchema } from "../../src/config/sections/read-adoptions.ts";
import { moveSchema } from "../../src/config/sections/read-moves.ts";
import { limitsSchema, policySchema } from "../../src/config/sections/read-policy.ts";
import { checkSchema } from "../../src/documents/schema-check.ts";
import { targetSchema } from "../../src/config/sections/targets-schema.ts";
import type { JsonSchema } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import { isJsonObject, type Json } from "../../src/model/json.ts";
import { blockSchema } from "../../src/services/blocks/expand-block.ts";
import { loadService, serviceTypes } from "../../src/services/services.ts";

const documents = new URL("../../schemas/", import.meta.url);
const variants = [...kinds.values()].flatMap(({ name, variants: all }) =>
  all.map((variant) => [`${name} ${variant.type ?? ""}`, variantSchema(variant)] as const),
);
const blocks = serviceTypes.map(async (type) => [`service ${type}`, blockSchema(await loadService(type))] as const);
const schemas: readonly (readonly [string, JsonSchema])[] = [
  ...variants,
  ...[...kinds.values()].map(({ name, variants: all }) => [`defaults of ${name}`, defaultsSchema(all)] as const),
  ...(await Promise.all(blocks)),
  ["adopt", adoptionSchema],
  ["moved", moveSchema],
  ["policy", policySchema],
  ["limits", limitsSchema],
  ["target", targetSchema],
  ...readdirSync(documents)
    .filter((file) => file !== "config.schema.json")
    .map((file) => [file, JSON.parse(readFileSync(new URL(file, documents), "utf8")) as JsonSchema] as const),
];

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  validateSchema: false,
  code: { optimize: false },
});

interface Found {
  readonly keyword: string;
  readonly pointer: string;
  readonly schemaPath: string;
  readonly property: string | undefined;
}

/** Each error as a line, in no order. ajv counts paths behind a reference from its target, we from the root. */
function linesOf(found: readonly Found[], schema: JsonSchema): readonly string[] {
  return found
    .map(({ keyword, pointer, schemaPath, property = "" }) =>
      [keyword, pointer, schema["$defs"] === undefined ? schemaPath : "", property].join(" "),
    )
    .toSorted();
}

function byAjv(schema: JsonSchema, value: Json): readonly string[] {
  ajv.validate(schema, value);
  const found = (ajv.errors ?? []).map(({ keyword, instancePath, schemaPath, params }) => {
    const { missingProperty, additionalProperty, propertyName } = params as Readonly<Record<string, string>>;
    return {
      keyword,
      pointer: instancePath,
      schemaPath,
      property: missingProperty ?? additionalProperty ?? propertyName,
    };
  });
  return linesOf(found, schema);
}

function byUs(schema: JsonSchema, value: Json): readonly string[] {
  return linesOf(
    checkSchema(schema, value).map((error) => ({ property: undefined, ...error })),
    schema,
  );
}

const odd = fc.oneof(
  fc.constantFrom<Json>(null, true, "", "x", "🚀", "60", 0, -1, 1.5, 1e9, [], {}, [null], ["a", "a"], { a: 1 }),
  fc.string({ maxLength: 300 }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** Values that a schema is about: mostly fitting, with an odd one here and there. */
function valuesFor(schema: JsonSchema, root: JsonSchema, depth = 0): fc.Arbitrary<Json> {
  if (depth > 6) return odd;
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const target = reference
      .split("/")
      .slice(1)
      .reduce<Json>((at, part) => (at as JsonSchema)[part] as Json, root);
    return valuesFor(target as JsonSchema, root, depth + 1);
  }
  const below = (inner: Json | undefined): fc.Arbitrary<Json> =>
    isJsonObject(inner) ? valuesFor(inner, root, depth + 1) : odd;
  const fitting: fc.Arbitrary<Json>[] = [];
  for (const key of ["enum", "examples"]) {
    const list = schema[key];
    if (Array.isArray(list) && list.length > 0) fitting.push(fc.constantFrom(...(list as readonly Json[])));
  }
  if (schema["const"] !== undefined) fitting.push(fc.constant(schema["const"]));
  for (const key of ["anyOf", "oneOf"]) {
    const list = schema[key];
    if (Array.isArray(list)) fitting.push(...(list as readonly JsonSchema[]).map(below));
  }
  if (isJsonObject(schema["properties"])) {
    const properties = Object.entries(schema["properties"]).map(([name, inner]) => [name, below(inner)] as const);
    const some = fc.record(Object.fromEntries(properties), { requiredKeys: [] }) as fc.Arbitrary<Json>;
    fitting.push(
      some,
      fc.tuple(some, fc.string(), odd).map(([value, name, more]) => ({ ...(value as JsonSchema), [name]: more })),
    );
  }
  if (isJsonObject(schema["additionalProperties"]))
    fitting.push(fc.dictionary(fc.string({ maxLength: 5 }), below(schema["additionalProperties"]), { maxKeys: 3 }));
  if (isJsonObject(schema["items"])) fitting.push(fc.array(below(schema["items"]), { maxLength: 3 }));
  const limits = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].flatMap(
    (key) => schema[key] ?? [],
  ) as number[];
  if (limits.length > 0) fitting.push(fc.constantFrom(...limits.flatMap((limit) => [limit - 1, limit, limit + 1])));
  return fitting.length === 0
    ? odd
    : fc.oneof({ arbitrary: odd, weight: 1 }, ...fitting.map((arbitrary) => ({ arbitrary, weight: 4 })));
}

describe("a check finds what ajv finds", () => {
  it.each(schemas)("in %s", (_, schema) => {
    fc.assert(
      fc.property(valuesFor(schema, schema), (value) => {
        // Without -0 and __proto__, which a document cannot hold.
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        expect(byUs(schema, plain)).toEqual(byAjv(schema, plain));
      }),
      { numRuns: 30 },
    );
  });

  it.each(variants)("in none of the examples: %s", (_, schema) => {
    for (const example of (schema["examples"] ?? []) as readonly Json[])
      expect(checkSchema(schema, example)).toEqual([]);
  });
});

it("refuses a schema with a keyword that it does not know", () => {
  expect(() => checkSchema({ type: "array", uniqueItems: true }, [])).toThrow('the keyword "uniqueItems"');
});
