/** Builds the JSON Schema of an entity from the fields of its variant, which are the only definition of its shape. */
import type { Fields, JsonSchema } from "../../kinds/field.ts";
import type { Variant } from "../../kinds/kind.ts";
import { isEqualJson, type Json, type JsonObject } from "../../model/json.ts";
import { lifecycleSchemas, sharedLifecycleSchemas } from "./lifecycle-schemas.ts";
import { resendSchemas } from "./resend-every.ts";
import { selectSchemas } from "../selectors/select-key.ts";
import { testSchemas } from "./monitor-tests.ts";

// One schema object for each variant, because checks cache what they know about a schema by its identity.
const variantSchemas = new WeakMap<Variant, JsonSchema>();

/** `name` is never required, because it defaults to the key. */
export function variantSchema(variant: Variant): JsonSchema {
  const schema = variantSchemas.get(variant) ?? buildVariantSchema(variant);
  variantSchemas.set(variant, schema);
  return schema;
}

function buildVariantSchema(variant: Variant): JsonSchema {
  const type: JsonObject = variant.type === undefined ? {} : { type: { const: variant.type } };
  return {
    type: "object",
    properties: {
      ...type,
      ...propertiesOf(variant.fields),
      ...resendSchemas(variant),
      ...selectSchemas(variant),
      ...testSchemas(variant),
      ...lifecycleSchemas,
    },
    required: variant.required.filter((name) => name !== "name"),
    additionalProperties: variant.isOpen,
  };
}

const partialSchemas = new WeakMap<Variant, JsonSchema>();

/** What may stand in a template of that type: any of its keys, none of them needed, but not what names one object. */
export function partialSchema(variant: Variant): JsonSchema {
  const known = partialSchemas.get(variant);
  if (known !== undefined) return known;
  const { required: _required, ...schema } = variantSchema(variant);
  const { adopt: _adopt, ...properties } = schema["properties"] as JsonObject;
  const partial = { ...schema, properties: addable(properties) };
  partialSchemas.set(variant, partial);
  return partial;
}

const openSchemas = new WeakMap<readonly Variant[], JsonSchema>();

/** What may stand in a template whose type is left to the objects: any key of any type. */
export function anyVariantSchema(variants: readonly Variant[]): JsonSchema {
  const known = openSchemas.get(variants);
  if (known !== undefined) return known;
  const schema = defaultsSchema(variants);
  const properties = Object.assign(
    {},
    ...variants.map((variant) => partialSchema(variant)["properties"]),
  ) as JsonObject;
  const { type: _type, ...others } = properties;
  const open = {
    ...schema,
    properties: { type: {}, ...others, ...(schema["properties"] as JsonObject) },
    additionalProperties: variants.some(({ isOpen }) => isOpen),
  };
  openSchemas.set(variants, open);
  return open;
}

/** What may stand under `defaults` for one type. */
export function typeDefaultsSchema(variant: Variant): JsonSchema {
  const { name: _name, ...fields } = variant.fields;
  return {
    type: "object",
    properties: addable({ ...propertiesOf(fields), ...resendSchemas(variant), ...sharedLifecycleSchemas }),
    additionalProperties: false,
  };
}

/** What may stand under `defaults` in a group: the group itself is the parent of what is below it. */
export function groupDefaultsSchema(variants: readonly Variant[]): JsonSchema {
  const schema = defaultsSchema(variants);
  const { parent: _parent, ...properties } = schema["properties"] as JsonObject;
  return { ...schema, properties };
}

/** With lists that can be written as `{ add: […] }`, to be added to a list that comes from somewhere else. */
function addable(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties as Readonly<Record<string, JsonSchema>>).map(([name, schema]): [string, Json] => {
      if (schema["type"] !== "array") return [name, schema];
      const { title, description, default: _default, examples: _examples, ...list } = schema;
      const added = { type: "object", properties: { add: list }, required: ["add"], additionalProperties: false };
      return [name, { ...definedOf({ title, description }), anyOf: [schema, added] }];
    }),
  );
}

function definedOf(about: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(about).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

const defaultsSchemas = new WeakMap<readonly Variant[], JsonSchema>();

/** What `defaults` may contain for a kind: any field of its variants, except fields that identify one entity. */
export function defaultsSchema(variants: readonly Variant[]): JsonSchema {
  const schema = defaultsSchemas.get(variants) ?? buildDefaultsSchema(variants);
  defaultsSchemas.set(variants, schema);
  return schema;
}

function buildDefaultsSchema(variants: readonly Variant[]): JsonSchema {
  const shapes = new Map<string, JsonSchema[]>();
  for (const variant of variants) {
    for (const [name, { schema }] of Object.entries(variant.fields)) {
      const known = shapes.get(name) ?? [];
      if (!known.some((other) => isEqualJson(other, schema))) shapes.set(name, [...known, schema]);
    }
  }
  for (const name of ["name", ...variants.flatMap(({ nameField }) => nameField ?? [])]) shapes.delete(name);
  for (const [name, schema] of variants.flatMap((variant) => Object.entries(resendSchemas(variant)))) {
    shapes.set(name, [schema]);
  }
  const properties = [...shapes].map(([name, schemas]): [string, Json] => [name, oneShape(schemas)]);
  return {
    type: "object",
    properties: addable({ ...Object.fromEntries(properties), ...sharedLifecycleSchemas }),
    additionalProperties: false,
  };
}

function propertiesOf(fields: Fields): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
}

/** Types may define a field differently; each checks its own definition when the default is applied. */
function oneShape(schemas: readonly JsonSchema[]): JsonSchema {
  const [only, ...others] = schemas;
  if (only === undefined) return {};
  return others.length === 0 ? only : { anyOf: schemas };
}
