/**
 * Checks values against kuma-sync's JSON Schemas: those of fields, and the published ones of documents. It supports the
 * keywords that these use, and finds the same errors as ajv with `allErrors`; a test compares the two. Nothing is
 * compiled: for a small file, ajv's compiler took as long as everything else (docs/decisions/0021-schema-check.md).
 */
import { InternalError } from "../model/errors.ts";
import { isEqualJson, isJsonObject, pointerTo, type Json, type JsonObject, type JsonPointer } from "../model/json.ts";

/** A keyword that the value violates. */
export interface SchemaError {
  readonly keyword: string;
  readonly pointer: JsonPointer;
  /** Path of the keyword in the schema: `#/properties/url/type`. */
  readonly schemaPath: string;
  /** The missing key, or the key that is not allowed. */
  readonly property?: string;
  /** The schema object that holds the keyword. */
  readonly schema: JsonObject;
  readonly value: Json;
}

/** All errors of `value`; empty if it is valid. */
export type SchemaCheck = (schema: JsonObject, value: Json) => readonly SchemaError[];

/** Throws InternalError for a schema with an unknown keyword. */
export const checkSchema: SchemaCheck = (schema, value) => {
  const errors: SchemaError[] = [];
  check({ schema, value, above: undefined, path: "#", part: undefined, member: undefined, root: schema, errors });
  return errors;
};

/** A value at its place, and its schema. The two paths are only built for an error. */
interface Visit {
  readonly schema: JsonObject;
  readonly value: Json;
  /** The visit of the value or schema that contains this one; undefined at the top. */
  readonly above: Visit | undefined;
  /** From the schema above to this one: a keyword and the part of it. With `#` in front: from the root. */
  readonly path: string;
  readonly part: string | number | undefined;
  /** From the value above to this one; undefined for the same value. */
  readonly member: string | number | undefined;
  /** The schema that references start from. */
  readonly root: JsonObject;
  readonly errors: SchemaError[];
}

function schemaPathOf({ above, path, part }: Visit): string {
  const parts = part === undefined ? path : path + pointerTo(part);
  return path.startsWith("#") ? parts : `${above === undefined ? "" : schemaPathOf(above)}/${parts}`;
}

function pointerOf({ above, member }: Visit): JsonPointer {
  const pointer = above === undefined ? "" : pointerOf(above);
  return member === undefined ? pointer : pointer + pointerTo(member);
}

/** Tests one value; `wanted` is the keyword's value. */
type Keyword = (visit: Visit, wanted: never) => void;

function check(visit: Visit): void {
  for (const [keyword, wanted] of keywordsOf(visit.schema)) keyword(visit, wanted);
}

type Keywords = readonly (readonly [Keyword, never])[];

const known = new WeakMap<JsonObject, Keywords>();

/** In the order of `keywords`, because only the first error of a place is reported. */
function keywordsOf(schema: JsonObject): Keywords {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const unknown = Object.keys(schema).find((name) => !Object.hasOwn(keywords, name) && !annotations.has(name));
  if (unknown !== undefined) throw new InternalError(`a schema has the keyword "${unknown}", which nothing checks`);
  const made = Object.entries(keywords)
    .filter(([name]) => Object.hasOwn(schema, name))
    .map(([name, keyword]) => [keyword, schema[name] as never] as const);
  known.set(schema, made);
  return made;
}

const annotations = new Set(["$schema", "$id", "$defs", "title", "description", "default", "examples", "then", "else"]);

const keywords: Readonly<Record<string, Keyword>> = {
  $ref: (visit, wanted: string) => {
    const [, ...parts] = wanted.split("/");
    const schema = parts.reduce<Json | undefined>((at, part) => (isJsonObject(at) ? at[part] : undefined), visit.root);
    if (!isJsonObject(schema)) throw new InternalError(`a schema refers to ${wanted}, which is not there`);
    check({ ...visit, schema, above: visit, path: wanted, part: undefined, member: undefined });
  },
  type: (visit, wanted: string | readonly string[]) => {
    const isFitting =
      typeof wanted === "string" ? isOfType(visit.value, wanted) : wanted.some((type) => isOfType(visit.value, type));
    if (!isFitting) report(visit, "type");
  },
  minimum: numbers("minimum", isAtLeast),
  maximum: numbers("maximum", isAtMost),
  exclusiveMinimum: numbers("exclusiveMinimum", (value, limit) => value > limit),
  exclusiveMaximum: numbers("exclusiveMaximum", (value, limit) => value < limit),
  minLength: lengths("minLength", isAtLeast),
  maxLength: lengths("maxLength", isAtMost),
  pattern: (visit, source: string) => {
    if (typeof visit.value === "string" && !patternOf(source).test(visit.value)) report(visit, "pattern");
  },
  const: (visit, wanted: Json) => {
    if (!isEqualJson(visit.value, wanted)) report(visit, "const");
  },
  enum: (visit, wanted: readonly Json[]) => {
    if (!wanted.some((item) => isEqualJson(visit.value, item))) report(visit, "enum");
  },
  not: (visit, wanted: Subschema) => {
    if (errorsOf(visit, wanted, { path: "not" }).length === 0) report(visit, "not");
  },
  anyOf: (visit, wanted: readonly Subschema[]) => {
    const branches = wanted.map((schema, index) => errorsOf(visit, schema, { path: "anyOf", part: index }));
    if (branches.some((errors) => errors.length === 0)) return;
    visit.errors.push(...branches.flat());
    report(visit, "anyOf");
  },
  oneOf: (visit, wanted: readonly Subschema[]) => {
    const branches = wanted.map((schema, index) => errorsOf(visit, schema, { path: "oneOf", part: index }));
    const fitting = branches.filter((errors) => errors.length === 0).length;
    if (fitting === 1) return;
    if (fitting === 0) visit.errors.push(...branches.flat());
    report(visit, "oneOf");
  },
  allOf: (visit, wanted: readonly Subschema[]) => {
    for (const [index, schema] of wanted.entries()) below(visit, schema, { path: "allOf", part: index });
  },
  if: (visit, wanted: Subschema) => {
    const branch = errorsOf(visit, wanted, { path: "if" }).length === 0 ? "then" : "else";
    const errors = errorsOf(visit, (visit.schema[branch] as Subschema | undefined) ?? true, { path: branch });
    visit.errors.push(...errors);
    if (errors.length > 0) report(visit, "if");
  },
  minItems: items("minItems", isAtLeast),
  maxItems: items("maxItems", isAtMost),
  items: (visit, wanted: Subschema) => {
    if (!Array.isArray(visit.value)) return;
    for (const [index, value] of (visit.value as readonly Json[]).entries()) {
      below(visit, wanted, { path: "items", value, member: index });
    }
  },
  minProperties: members("minProperties", isAtLeast),
  maxProperties: members("maxProperties", isAtMost),
  required: (visit, wanted: readonly string[]) => {
    const { value } = visit;
    if (!isJsonObject(value)) return;
    for (const property of wanted) if (!Object.hasOwn(value, property)) report(visit, "required", property);
  },
  dependentRequired: (visit, wanted: Readonly<Record<string, readonly string[]>>) => {
    const { value } = visit;
    if (!isJsonObject(value)) return;
    for (const [owner, others] of Object.entries(wanted)) {
      if (!Object.hasOwn(value, owner)) continue;
      for (const property of others) if (!Object.hasOwn(value, property)) report(visit, "dependentRequired", property);
    }
  },
  propertyNames: (visit, wanted: Subschema) => {
    if (!isJsonObject(visit.value)) return;
    for (const name of Object.keys(visit.value)) {
      const errors = errorsOf(visit, wanted, { path: "propertyNames", value: name });
      visit.errors.push(...errors);
      if (errors.length > 0) report(visit, "propertyNames", name);
    }
  },
  additionalProperties: (visit, wanted: Subschema) => {
    const { value, schema } = visit;
    if (wanted === true || !isJsonObject(value)) return;
    const properties = (schema["properties"] ?? {}) as Readonly<Record<string, JsonObject>>;
    for (const name of Object.keys(value)) {
      if (Object.hasOwn(properties, name)) continue;
      if (wanted === false) report(visit, "additionalProperties", name);
      else below(visit, wanted, { path: "additionalProperties", value: value[name] as Json, member: name });
    }
  },
  properties: (visit, wanted: Readonly<Record<string, Subschema>>) => {
    const { value } = visit;
    if (!isJsonObject(value)) return;
    for (const name of Object.keys(value)) {
      const schema = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
      if (schema !== undefined)
        below(visit, schema, { path: "properties", part: name, value: value[name] as Json, member: name });
    }
  },
};

function report(visit: Visit, keyword: string, property?: string): void {
  const { schema, value, errors } = visit;
  const about = property === undefined ? {} : { property };
  const schemaPath = `${schemaPathOf(visit)}/${keyword}`;
  errors.push({ keyword, pointer: pointerOf(visit), schemaPath, schema, value, ...about });
}

/** As a schema, `true` accepts any value and `false` none. */
type Subschema = JsonObject | boolean;

/** What is checked next: the same value, or a member of it. */
interface Next {
  readonly path: string;
  readonly part?: string | number;
  readonly value?: Json;
  readonly member?: string | number;
}

function below(visit: Visit, schema: Subschema, next: Next, errors = visit.errors): void {
  if (schema === true) return;
  const { root } = visit;
  const { path, part, value = visit.value, member } = next;
  const inner = { schema: schema === false ? {} : schema, value, above: visit, path, part, member, root, errors };
  if (schema === false) report({ ...inner, schema: visit.schema }, "false schema");
  else check(inner);
}

function errorsOf(visit: Visit, schema: Subschema, next: Next): readonly SchemaError[] {
  const errors: SchemaError[] = [];
  below(visit, schema, next, errors);
  return errors;
}

function isAtLeast(value: number, limit: number): boolean {
  return value >= limit;
}

function isAtMost(value: number, limit: number): boolean {
  return value <= limit;
}

function numbers(name: string, fits: (value: number, limit: number) => boolean): Keyword {
  return (visit, limit: number) => {
    if (typeof visit.value === "number" && !fits(visit.value, limit)) report(visit, name);
  };
}

function lengths(name: string, fits: (length: number, limit: number) => boolean): Keyword {
  return (visit, limit: number) => {
    if (typeof visit.value === "string" && !fits(lengthOf(visit.value), limit)) report(visit, name);
  };
}

function items(name: string, fits: (length: number, limit: number) => boolean): Keyword {
  return (visit, limit: number) => {
    if (Array.isArray(visit.value) && !fits(visit.value.length, limit)) report(visit, name);
  };
}

function members(name: string, fits: (count: number, limit: number) => boolean): Keyword {
  return (visit, limit: number) => {
    if (isJsonObject(visit.value) && !fits(Object.keys(visit.value).length, limit)) report(visit, name);
  };
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const pattern = patterns.get(source) ?? new RegExp(source, "u");
  patterns.set(source, pattern);
  return pattern;
}

/** JSON Schema counts characters; JavaScript counts UTF-16 units. */
function lengthOf(text: string): number {
  return text.length - (text.match(/[\u{10000}-\u{10FFFF}]/gu)?.length ?? 0);
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isJsonObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
