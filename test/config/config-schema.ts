/**
 * The published JSON Schema of a configuration file, for completion and hover in editors. Validation here does not use it
 * (each entity is checked against the one schema of its type, json-schema.ts); both come from the same fields. Two things
 * differ on purpose: any value may be an expression, because an editor sees the file before interpolation, and nothing is
 * required at the top level, because a configuration may be spread over several files.
 */
import type { JsonSchema } from "../../src/kinds/field.ts";
import type { Kind, KindRegistry, Variant } from "../../src/kinds/kind.ts";
import { selectorSchema } from "../../src/kinds/selector-schema.ts";
import { keyPattern, kindIdentity } from "../../src/model/entity.ts";
import { canonicalText, isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { blockSchema } from "../../src/services/blocks/expand-block.ts";
import { loadService, serviceTitle, serviceTypes, type ServiceType } from "../../src/services/services.ts";
import {
  anyVariantSchema,
  defaultsSchema,
  groupDefaultsSchema,
  partialSchema,
  typeDefaultsSchema,
  variantSchema,
} from "../../src/config/sections/json-schema.ts";
import { adoptionSchema } from "../../src/config/sections/read-adoptions.ts";
import { moveSchema } from "../../src/config/sections/read-moves.ts";
import { limitsSchema, policySchema } from "../../src/config/sections/read-policy.ts";
import { targetSchema } from "../../src/config/sections/targets-schema.ts";

const blocks = await Promise.all(
  serviceTypes.map(async (type) => {
    const service = await loadService(type);
    return { type, schema: blockSchema(service), example: service.block.example };
  }),
);

export function configSchema(registry: KindRegistry): JsonObject {
  const kinds = [...registry.values()];
  const definitions = kinds.map((kind) => definitionsOf(kind));
  const sections = kinds.map((kind): [string, Json] => [kind.section, sectionSchema(kind)]);
  const defaults = kinds
    .filter(({ name }) => kindIdentity[name] !== "shared")
    .map((kind): [string, Json] => [kind.name, { ...definitionRef(kind, "defaults") }]);
  const templated = kinds.filter(({ onlyKey }) => onlyKey === undefined);
  const monitor = kinds.find(({ name }) => name === "monitor") as Kind;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "kuma-sync configuration",
    type: "object",
    properties: {
      version: { const: 1, description: "The version of the format." },
      project: {
        type: "string",
        pattern: keyPattern,
        description: "Marks the objects of this configuration on the server. Several projects can share a server.",
        examples: ["open-webui"],
      },
      include: {
        description: "More files of this configuration: paths of files and folders, relative to this file.",
        anyOf: [
          { type: "string", minLength: 1 },
          { type: "array", items: { type: "string", minLength: 1 } },
          { type: "null" },
        ],
        examples: [["teams", "shared/tags.yaml"]],
      },
      vars: {
        type: ["object", "null"],
        description: "Values for ${var:name}. --var NAME=VALUE takes precedence.",
        additionalProperties: { type: ["string", "number", "boolean"] },
        examples: [{ base: "http://open-webui:8080" }],
      },
      targets: {
        type: ["object", "null"],
        description: "The servers to apply this to, if there are several. Choose with --target NAME or --all-targets.",
        propertyNames: { pattern: keyPattern, maxLength: 100 },
        additionalProperties: withInnerExpressions({ ...targetSchema, type: ["object", "null"] }),
        examples: [{ prod: { url: "https://kuma.example", vars: { domain: "example.com" } } }],
      },
      defaults: {
        type: ["object", "null"],
        description: "Fields for every object of a kind whose type has them. A value at the object takes precedence.",
        properties: Object.fromEntries([...defaults, ...typeDefaults(kinds)]),
        additionalProperties: false,
      },
      templates: {
        type: ["object", "null"],
        description:
          "Blocks that monitors use with `use`, by name. Those for another kind stand under its name: `templates: { notification: { … } }`.",
        properties: Object.fromEntries(templated.map((kind): [string, Json] => [kind.name, templatesSchema(kind)])),
        propertyNames: { pattern: keyPattern, maxLength: 100 },
        additionalProperties: definitionRef(monitor, "template"),
        examples: [{ web: { type: "http", interval: "60s" } }],
      },
      policy: {
        ...withInnerExpressions({ ...policySchema, type: ["object", "null"] }),
        description: "Limits on what one run may change on the server.",
      },
      limits: {
        ...withInnerExpressions({ ...limitsSchema, type: ["object", "null"] }),
        description: "Limits on what the monitors may cost.",
      },
      services: servicesSchema,
      openWebUI: {
        type: ["object", "null"],
        description: "Services of the type open-webui, without `type`: an older name.",
        propertyNames: { anyOf: [{ pattern: keyPattern, maxLength: 40 }, { pattern: String.raw`\$\{each:` }] },
        additionalProperties: { $ref: "#/$defs/service-open-webui" },
      },
      ...Object.fromEntries(sections),
      moved: {
        type: ["array", "null"],
        description:
          "Keys that were renamed: the object on the server keeps its history. Once applied everywhere, you can keep or remove the entry.",
        items: withInnerExpressions(moveSchema),
        examples: [[{ from: "monitor/basket", to: "monitor/cart" }]],
      },
      adopt: {
        type: ["array", "null"],
        description: "Objects made by hand to adopt: the same as `adopt` at each object.",
        items: { ...withInnerExpressions(adoptionSchema), minProperties: 2, maxProperties: 2 },
        examples: [[{ to: "notification/pagerduty", id: 3 }]],
      },
    },
    patternProperties: { "^x-": { description: "For anchors; nothing else reads it." } },
    additionalProperties: false,
    $defs: {
      expression: {
        type: "string",
        pattern: String.raw`\$\{(env|file|var|each):`,
        description:
          "${env:NAME}, ${env:NAME:-default}, ${file:path}, ${var:name}, or in a loop ${each:column} and ${each:column:-default}",
      },
      "row-value": {
        type: "string",
        pattern: String.raw`^\$\{each:.*\}$`,
        description: "${each:column}: the value of the row, with its type",
      },
      each: eachSchema,
      when: conditionSchema("Of a loop: whether a row counts.", "${each:public}"),
      distinct: {
        description: "Of a loop: a column, or a list of columns. Of rows with the same values only the first counts.",
        anyOf: [
          { type: "string", minLength: 1 },
          { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 },
        ],
        examples: ["host"],
      },
      enabled: conditionSchema("Whether the configuration has this object at all.", "${var:with_staging}"),
      // Long, and part of several objects.
      selector: withExpressionsInside(selectorSchema),
      ...Object.fromEntries(blocks.map((block) => [`service-${block.type}`, serviceDefinition(block)])),
      ...Object.fromEntries(definitions.flatMap((entries) => Object.entries(entries))),
    },
  };
}

const loopRefs: JsonObject = Object.fromEntries(
  ["each", "when", "distinct", "enabled"].map((name) => [name, { $ref: `#/$defs/${name}` }]),
);

/** `if`/`then` by type, so that an editor shows the errors of one type and not of all of them. */
const servicesSchema: JsonSchema = {
  type: ["object", "null"],
  description:
    "What people run, by keys: each becomes a group of ordinary monitors that were tried on the real service, healthy and broken. `plan --full` and `render` show them.",
  propertyNames: { anyOf: [{ pattern: keyPattern, maxLength: 40 }, { pattern: String.raw`\$\{each:` }] },
  additionalProperties: {
    type: "object",
    required: ["type"],
    properties: {
      type: {
        description: `What it is: ${serviceTypes.map(serviceTitle).join(", ")}.`,
        anyOf: [{ enum: [...serviceTypes] }, { $ref: "#/$defs/expression" }],
      },
    },
    allOf: serviceTypes.map((type) => ({
      if: { properties: { type: { const: type } }, required: ["type"] },
      // eslint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { $ref: `#/$defs/service-${type}` },
    })),
  },
  examples: blocks.slice(0, 1).map(({ example }) => ({ main: example })),
};

function serviceDefinition({
  type,
  schema,
  example,
}: {
  readonly type: ServiceType;
  readonly schema: JsonSchema;
  readonly example: JsonObject;
}): JsonSchema {
  const { properties, ...rest } = withExpressionsInside(schema) as JsonObject & { readonly properties: JsonObject };
  return {
    title: `service-${type}`,
    description: serviceTitle(type),
    ...rest,
    properties: { type: {}, ...properties, ...loopRefs },
    examples: [example],
  };
}

/** `defaults.http` and the like, each with the fields of its type. */
function typeDefaults(kinds: readonly Kind[]): readonly (readonly [string, Json])[] {
  return kinds
    .filter(({ name }) => name === "monitor")
    .flatMap((kind) =>
      shapesOf(kind).flatMap(({ name, variants }) =>
        variants.map((variant): [string, Json] => [
          variant.type ?? "",
          { ...withRefs(typeDefaultsSchema(variant), () => name), type: ["object", "null"] },
        ]),
      ),
    );
}

/** With properties that refer to those of another definition. */
function withRefs(schema: JsonSchema, ownerOf: (name: string) => string): JsonSchema {
  const names = Object.keys(schema["properties"] as JsonObject);
  const properties = names.map((name): [string, Json] => [
    name,
    { $ref: `#/$defs/${ownerOf(name)}/properties/${name}` },
  ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

function templatesSchema(kind: Kind): JsonSchema {
  return {
    type: ["object", "null"],
    description: `Templates for each ${kind.name.replaceAll("-", " ")}, by name.`,
    propertyNames: { pattern: keyPattern, maxLength: 100 },
    additionalProperties: definitionRef(kind, "template"),
  };
}

/** What an object needs may come from its templates, which an editor does not look up. */
function neededUnlessUsing(required: readonly string[]): JsonSchema {
  return required.length === 0 ? {} : { anyOf: [{ required }, { required: ["use"] }] };
}

/** Names of templates. */
const useSchema = {
  title: "Use",
  description:
    "A template, or a list of templates whose values the object takes over; of two, the later one takes precedence.",
  anyOf: [
    { type: "string", minLength: 1 },
    { type: "array", items: { type: "string", minLength: 1 } },
    { type: "null" },
  ],
  examples: ["web", ["web", "eu"]],
} as const satisfies JsonSchema;

function sectionSchema(kind: Kind): JsonSchema {
  if (kind.onlyKey !== undefined) {
    return { description: `The ${kind.section} of the server.`, anyOf: [definitionRef(kind), { type: "null" }] };
  }
  return {
    type: ["object", "null"],
    description: `Each ${kind.name.replaceAll("-", " ")} by its key. The key stays the same when the name changes.`,
    propertyNames: { anyOf: [{ pattern: keyPattern, maxLength: 100 }, { pattern: String.raw`\$\{each:` }] },
    additionalProperties: definitionRef(kind),
  };
}

/** The rows of a loop. */
const eachSchema = {
  description:
    "Makes one object for each row: a list, a mapping of keys and rows, a file (CSV, JSON, YAML), or several lists by name, which are multiplied. `${each:column}`, `${each:key}` and `${each:value}` stand for the values of the row, in the key of the object too.",
  anyOf: [
    { type: "array" },
    {
      type: "object",
      properties: {
        file: { type: "string", description: "A file of rows, relative to this file." },
        at: { type: "string", description: "Where the rows are in a JSON or YAML file: hosts, or all.hosts." },
      },
      required: ["file"],
      additionalProperties: false,
    },
    { type: "object" },
  ],
  examples: [{ shop: "shop.example.com", blog: "blog.example.com" }, { file: "sites.csv" }],
} as const satisfies JsonSchema;

function conditionSchema(description: string, example: string): JsonSchema {
  return { description, anyOf: [{ type: "boolean" }, { $ref: "#/$defs/expression" }], examples: [example, false] };
}

/** The keys that say how many objects a block makes. */
function loopKeys(kind: Kind): JsonObject {
  return kind.onlyKey === undefined ? loopRefs : {};
}

function definitionRef(kind: Kind, ...rest: readonly string[]): JsonSchema {
  return { $ref: `#/$defs/${[kind.name, ...rest].join("-")}` };
}

/** Variants that differ only in the name of their type share one definition: most notification providers do. */
interface Shape {
  readonly name: string;
  readonly variants: readonly [Variant, ...Variant[]];
  readonly schema: JsonObject;
  /** Without `type`. */
  readonly fields: Readonly<Record<string, JsonSchema>>;
}

function definitionsOf(kind: Kind): JsonObject {
  const shapes = shapesOf(kind);
  const shared = sharedFields(shapes);
  const sharedDefinitions = [...shared].map(([name, field]): [string, Json] => [
    `${kind.name}-field-${name}`,
    withExpressions(field),
  ]);
  return {
    [kind.name]: entitySchema(kind, shapes),
    ...(kindIdentity[kind.name] === "shared" ? {} : { [`${kind.name}-defaults`]: defaultsDefinition(kind, shared) }),
    ...(kind.onlyKey === undefined ? { [`${kind.name}-template`]: templateDefinition(kind, shapes) } : {}),
    ...Object.fromEntries(shapes.map((shape) => [shape.name, shapeDefinition(kind, shape, shared)])),
    ...Object.fromEntries(sharedDefinitions),
  };
}

function shapeDefinition(kind: Kind, shape: Shape, shared: ReadonlyMap<string, JsonSchema>): JsonSchema {
  const [first, ...others] = shape.variants;
  const type: JsonObject = first.type === undefined ? {} : { type: {} };
  const fields = Object.entries(shape.fields).map(([name, field]): [string, Json] => [
    name,
    refOrInline(kind, name, field, shared),
  ]);
  const { required, ...schema } = shape.schema;
  return {
    title: shape.name,
    ...(others.length === 0 ? { description: first.summary, examples: [first.example] } : {}),
    ...schema,
    ...neededUnlessUsing((required ?? []) as readonly string[]),
    properties: { ...type, ...Object.fromEntries(fields), ...expansionKeys(kind, first.type ?? ""), ...loopKeys(kind) },
  };
}

function shapesOf(kind: Kind): readonly Shape[] {
  const shapes = new Map<string, Shape>();
  for (const variant of kind.variants) {
    const schema = variantSchema(variant);
    const partial = partialSchema(variant)["properties"] as JsonObject;
    // A template has them as well, with `{ add: […] }` in place of lists.
    const { type: _type, ...fields } = { ...(schema["properties"] as JsonObject), ...partial } as Readonly<
      Record<string, JsonSchema>
    >;
    const id = canonicalText({ ...schema, properties: fields });
    const known = shapes.get(id);
    const variants: Shape["variants"] = known === undefined ? [variant] : [...known.variants, variant];
    shapes.set(id, { name: shapeName(kind, variants), schema, fields, variants });
  }
  return [...shapes.values()];
}

function shapeName(kind: Kind, [first, ...others]: Shape["variants"]): string {
  const type = first.type ?? "fields";
  return others.length === 0 ? `${kind.name}-${type}` : `${kind.name}-like-${type}`;
}

/** By name the form of a field that most variants have: it is written once and referred to. */
function sharedFields(shapes: readonly Shape[]): ReadonlyMap<string, JsonSchema> {
  const counts = new Map<string, { readonly name: string; readonly field: JsonSchema; readonly count: number }>();
  for (const { fields } of shapes) {
    for (const [name, field] of Object.entries(fields)) {
      const id = `${name} ${canonicalText(field)}`;
      counts.set(id, { name, field, count: (counts.get(id)?.count ?? 0) + 1 });
    }
  }
  const best = new Map<string, { readonly field: JsonSchema; readonly count: number }>();
  for (const { name, field, count } of counts.values()) {
    if (count > Math.max(1, best.get(name)?.count ?? 0)) best.set(name, { field, count });
  }
  return new Map([...best].map(([name, { field }]) => [name, field]));
}

function refOrInline(kind: Kind, name: string, field: JsonSchema, shared: ReadonlyMap<string, JsonSchema>): JsonSchema {
  const known = shared.get(name);
  const isShared = known !== undefined && canonicalText(known) === canonicalText(field);
  return isShared ? definitionRef(kind, "field", name) : withExpressions(field);
}

function defaultsDefinition(kind: Kind, shared: ReadonlyMap<string, JsonSchema>): JsonSchema {
  const schema = defaultsSchema(kind.variants);
  const properties = Object.entries(schema["properties"] as Readonly<Record<string, JsonSchema>>);
  return {
    ...schema,
    type: ["object", "null"],
    properties: Object.fromEntries(
      properties.map(([name, field]): [string, Json] => [name, refOrInline(kind, name, field, shared)]),
    ),
  };
}

/** Any field of any type: which type it is for is often up to the objects that use it. */
function templateDefinition(kind: Kind, shapes: readonly Shape[]): JsonSchema {
  const schema = anyVariantSchema(kind.variants);
  const { type: _type, ...fields } = schema["properties"] as JsonObject;
  const inDefaults = defaultsSchema(kind.variants)["properties"] as JsonObject;
  const hasDefaults = kindIdentity[kind.name] !== "shared";
  const { properties } = withRefs({ properties: fields }, (name) =>
    hasDefaults && Object.hasOwn(inDefaults, name)
      ? `${kind.name}-defaults`
      : (shapes.find((shape) => Object.hasOwn(shape.fields, name))?.name ?? ""),
  );
  const types = kind.variants.flatMap(({ type }) => type ?? []);
  const type: JsonObject = types.length === 0 ? {} : { type: { anyOf: [{ enum: types }, { type: "string" }] } };
  const enabled: JsonObject = { enabled: { $ref: "#/$defs/enabled" } };
  return { ...schema, properties: { ...type, ...(properties as JsonObject), ...expansionKeys(kind), ...enabled } };
}

/** The keys that say how an object is made. */
function expansionKeys(kind: Kind, type?: string): JsonObject {
  const isGroup = kind.name === "monitor" && (type === undefined || type === "group");
  return {
    ...(kind.onlyKey === undefined ? { use: useSchema } : {}),
    ...(isGroup ? { defaults: groupDefaults(kind) } : {}),
  };
}

function groupDefaults(kind: Kind): JsonSchema {
  return {
    ...withRefs(groupDefaultsSchema(kind.variants), () => `${kind.name}-defaults`),
    type: ["object", "null"],
    title: "Defaults",
    description: "Of a group: fields for every monitor below it whose type has them.",
    examples: [{ interval: "30s" }],
  };
}

/** `if`/`then` by type, so that an editor shows the errors of one type and not of all of them. */
function entitySchema(kind: Kind, shapes: readonly Shape[]): JsonSchema {
  const types = kind.variants.flatMap(({ type }) => type ?? []);
  if (types.length === 0) return { $ref: `#/$defs/${kind.name}-fields` };
  const summaries = kind.variants
    .filter(({ isOpen }) => !isOpen)
    .map(({ type, summary }) => `${type ?? ""}: ${summary}`);
  const list: JsonSchema = { enum: types };
  // A type that nobody knows passes through when its kind says so.
  const acceptsAny = kind.variant("some-type-that-nobody-has") !== undefined;
  const about = { description: `What it is.\n\n${summaries.join("\n")}` };
  const branches = shapes.map((shape): Json => {
    const names = shape.variants.flatMap(({ type }) => type ?? []);
    const type: JsonSchema = names.length === 1 ? { const: names[0] ?? "" } : { enum: names };
    return {
      if: { properties: { type }, required: ["type"] },
      // eslint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { $ref: `#/$defs/${shape.name}` },
    };
  });
  return {
    type: "object",
    properties: {
      type: acceptsAny
        ? { ...about, anyOf: [list, { type: "string", minLength: 1 }] }
        : { ...about, anyOf: [list, { $ref: "#/$defs/row-value" }] },
    },
    ...neededUnlessUsing(["type"]),
    allOf: branches,
  };
}

const annotations: readonly string[] = ["title", "description", "default", "examples"];

/** The schema of a field before interpolation: an expression may stand wherever not any text may. */
function withExpressions(schema: JsonSchema): JsonSchema {
  const inner = withInnerExpressions(schema);
  const isText = acceptsAnyText(schema);
  if (isText && !isCollection(schema)) return inner;
  const entries = Object.entries(inner);
  const about = Object.fromEntries(entries.filter(([name]) => annotations.includes(name)));
  const rules = Object.fromEntries(entries.filter(([name]) => !annotations.includes(name)));
  const branches =
    isJsonObject(rules) && Array.isArray(rules["anyOf"]) && Object.keys(rules).length === 1
      ? (rules["anyOf"] as readonly Json[])
      : [rules];
  // Only a row can give a whole list or mapping.
  return { ...about, anyOf: [...branches, { $ref: `#/$defs/${isText ? "row-value" : "expression"}` }] };
}

function withInnerExpressions(schema: JsonSchema): JsonSchema {
  return schema === selectorSchema ? { $ref: "#/$defs/selector" } : withExpressionsInside(schema);
}

function withExpressionsInside(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, Json] => {
      if ((keyword === "items" || keyword === "additionalProperties") && isJsonObject(value)) {
        return [keyword, withExpressions(value)];
      }
      if (keyword === "properties" && isJsonObject(value)) {
        const properties = Object.entries(value as Readonly<Record<string, JsonSchema>>);
        return [keyword, Object.fromEntries(properties.map(([name, inner]) => [name, withExpressions(inner)]))];
      }
      if (keyword === "anyOf" && Array.isArray(value)) {
        return [keyword, (value as readonly JsonSchema[]).map((branch) => withInnerExpressions(branch))];
      }
      return [keyword, value];
    }),
  );
}

function isCollection({ type }: JsonSchema): boolean {
  return type === "array" || type === "object";
}

/** Lists and mappings count too: only `${each:…}` stands for a whole one. */
function acceptsAnyText(schema: JsonSchema): boolean {
  const { type, anyOf } = schema;
  if (Array.isArray(anyOf))
    return (anyOf as readonly JsonSchema[]).some((branch) => branch["type"] === "string" && acceptsAnyText(branch));
  const types = Array.isArray(type) ? (type as readonly Json[]) : [type];
  if (!types.some((item) => item !== "array" && item !== "object" && item !== "null")) return true;
  const isLimited = ["enum", "const", "pattern", "maxLength", "not"].some((keyword) => Object.hasOwn(schema, keyword));
  return types.includes("string") && !isLimited;
}
