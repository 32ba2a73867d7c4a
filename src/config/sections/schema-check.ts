/** ajv behind one function. It is loaded when first needed, and compiles a schema when first used. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Json, JsonPointer } from "../../model/json.ts";

/** What ajv found, as far as we use it. */
export interface SchemaError {
  readonly keyword: string;
  readonly pointer: JsonPointer;
  /** Path of the failing keyword in the schema: `#/properties/url/type`. */
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The schema object that holds the keyword. */
  readonly schema: JsonSchema;
  readonly value: Json;
}

/** All errors of `value`; none means that it is valid. */
export type SchemaCheck = (schema: JsonSchema, value: Json) => readonly SchemaError[];

let shared: Promise<SchemaCheck> | undefined;

/** The same for all: what is compiled once serves every configuration of this process. */
export function loadSchemaCheck(): Promise<SchemaCheck> {
  shared ??= createSchemaCheck();
  return shared;
}

async function createSchemaCheck(): Promise<SchemaCheck> {
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    // The schemas are ours, and tests hold them to the standard. Compiling its schema of schemas takes as long as all of
    // theirs; what ajv's own optimiser saves, V8 saves anyway.
    validateSchema: false,
    code: { optimize: false },
  });
  return (schema, value) => {
    // ajv remembers schema objects, so this compiles each of them once.
    const validate = ajv.compile(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => ({
      keyword: error.keyword,
      pointer: error.instancePath,
      schemaPath: error.schemaPath,
      params: error.params as Readonly<Record<string, unknown>>,
      schema: (error.parentSchema ?? {}) as JsonSchema,
      value: error.data as Json,
    }));
  };
}
