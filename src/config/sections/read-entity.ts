/** One entity from its node: read, type found, texts kept as written, defaults laid under, shape checked. */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { localKey, usualLifecycle, type EntityKey, type Removal } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import {
  isJsonObject,
  isWithin,
  pointerParts,
  pointerTo,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import { checkShape } from "./check-shape.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, isHidden } from "../entity-finding.ts";
import { explainUnknown, splitKeys } from "./entity-keys.ts";
import { variantOf } from "./entity-variant.ts";
import { withJsonPlaceholders } from "../values/json-placeholders.ts";
import { variantSchema } from "./json-schema.ts";
import { sharedLifecycleSchemas } from "./lifecycle-schemas.ts";
import { withOverride, type Override } from "./override.ts";
import { childPlace, spanOf, type Place } from "../source/positions.ts";
import type { Adoption } from "./read-adoptions.ts";
import { readLifecycle } from "./read-lifecycle.ts";
import { readValue, type ReadContext, type ReadObject } from "../values/read-value.ts";
import { explainStatusCode } from "../rules/explain-status-code.ts";
import { readTests, type ReadBeside } from "./read-tests.ts";
import type { SchemaCheck } from "./schema-check.ts";
import { withTextFields } from "../values/text-fields.ts";

/** The values under `defaults` for one kind, valid as far as that can be told without a type. */
export interface ReadDefaults {
  readonly fields: JsonObject;
  readonly places: ReadonlyMap<string, Place>;
  /** Pointers start with the field. */
  readonly secrets: readonly JsonPointer[];
  readonly whole: readonly JsonPointer[];
}

export interface EntityInput extends ElsewhereSaid {
  readonly key: EntityKey;
  readonly kind: Kind;
  readonly place: Place;
  readonly defaults: ReadDefaults | undefined;
  readonly context: ReadContext;
  readonly check: SchemaCheck;
  readonly readFile: ReadBeside;
  /** See WrittenEntity. */
  readonly origins?: WrittenEntity["origins"];
}

/** What stands elsewhere in the configuration about one entity. */
interface ElsewhereSaid {
  /** What becomes of the entities of this project, where they do not say. */
  readonly onRemove: Removal;
  /** What the chosen target lays over it. */
  readonly override: Override | undefined;
  /** What the list at the top level says of it. */
  readonly adoption: Adoption | undefined;
}

export type AboutEntity = (key: EntityKey) => ElsewhereSaid;

/** Undefined, with findings, when there is no telling what it is. */
export function readEntity(input: EntityInput): WrittenEntity | undefined {
  const { key, place, context } = input;
  const read = readValue(place, context);
  if (read.broken.includes("")) return undefined;
  const at = spanOf(place, "key");
  const base = { severity: "error", at, entity: key } as const;
  if (!isJsonObject(read.value)) {
    const found = read.value === null ? "nothing" : Array.isArray(read.value) ? "a list" : "text";
    const name = input.kind.onlyKey === undefined ? localKey(key) : input.kind.section;
    context.report({ ...base, code: "KS1202", message: `"${name}" must be a mapping, not ${found}` });
    return undefined;
  }
  return entityFrom(input, { ...read, value: read.value });
}

/** For a value that is read already, or was made from others; `place` is then where that is. */
export function entityFrom(written: EntityInput, writtenValue: ReadObject): WrittenEntity | undefined {
  const { input, read } = overridden(written, writtenValue);
  const { key, place, context, origins } = input;
  const variant = variantOf(input, read);
  if (variant === undefined) return undefined;
  const texts = withTextFields(
    read.value,
    variant.fields,
    (name) => origins?.get(pointerTo(name))?.place ?? (origins?.has("") === true ? undefined : childPlace(place, name)),
  );
  for (const finding of texts.findings) context.report({ ...finding, entity: key });
  return checkEntity(input, { ...read, value: texts.value, variant });
}

type Read = Omit<ReadObject, "value">;

function overridden(input: EntityInput, read: ReadObject): { readonly input: EntityInput; readonly read: ReadObject } {
  if (input.override === undefined) return { input, read };
  const laid = withOverride(read, input.override);
  return { input: { ...input, origins: new Map([...(input.origins ?? []), ...laid.origins]) }, read: laid.read };
}

function checkEntity(
  input: EntityInput,
  read: Read & { readonly value: JsonObject; readonly variant: Variant },
): WrittenEntity {
  const { key, kind, place, context, check } = input;
  const { variant, value } = read;
  const inherited = inheritedFields(input.defaults, variant, value);
  const isInherited = (pointer: JsonPointer): boolean => inherited.roots.some((root) => isWithin(pointer, [root]));
  const entity: WrittenEntity = {
    key,
    kind: kind.name,
    variant,
    name: "",
    written: {},
    lifecycle: usualLifecycle,
    secrets: [...read.secrets, ...(input.defaults?.secrets.filter(isInherited) ?? [])],
    place,
    defaults: inherited.places,
    pointer: kind.onlyKey === undefined ? pointerTo(kind.section, localKey(key)) : pointerTo(kind.section),
    ...(input.origins === undefined ? {} : { origins: input.origins }),
  };
  const withheld = context.areSecretsReal ? [] : entity.secrets;
  const subject = kind.onlyKey === undefined ? subjectOf(kind, variant) : `the ${kind.section}`;
  const shape = checkShape(
    {
      schema: variantSchema(variant),
      value: { ...inherited.fields, ...value },
      whole: [...read.whole, ...(input.defaults?.whole.filter(isInherited) ?? [])],
      broken: read.broken,
      withheld,
    },
    check,
    {
      subject,
      isHidden: (pointer) => isHidden(entity, pointer),
      explainUnknown: (name) => explainUnknown(kind, variant, name),
    },
  );
  for (const problem of shape.problems) {
    const explained =
      problem.isAboutKey || isHidden(entity, problem.pointer) ? undefined : explain(problem.pointer, value);
    context.report(findingFor(entity, { ...problem, ...explained, severity: "error" }));
  }
  const fitted = withJsonPlaceholders(shape.value, withheld);
  const { written, beside } = splitKeys(variant, fitted.value);
  const report = (finding: Finding): void => context.report(finding);
  const tests = readTests({ entity: { ...entity, written }, beside, readFile: input.readFile, report });
  const lifecycle = readLifecycle({ ...input, entity, beside, report });
  return {
    ...entity,
    written,
    lifecycle,
    name: nameOf(variant, written, key),
    secrets: isNameSecret(entity, written) ? [...entity.secrets, "/name"] : entity.secrets,
    ...(tests === undefined ? {} : { tests }),
    ...(withheld.length === 0
      ? {}
      : { withheld: { pointers: withheld, assumed: [...shape.assumed, ...fitted.assumed] } }),
  };
}

/** What the type has among the defaults and the entity does not write itself. */
function inheritedFields(
  defaults: ReadDefaults | undefined,
  variant: Variant,
  own: JsonObject,
): {
  readonly fields: JsonObject;
  readonly places: ReadonlyMap<string, Place>;
  readonly roots: readonly JsonPointer[];
} {
  const names = Object.keys(defaults?.fields ?? {}).filter(
    (name) =>
      (Object.hasOwn(variant.fields, name) || Object.hasOwn(sharedLifecycleSchemas, name)) && !Object.hasOwn(own, name),
  );
  return {
    fields: Object.fromEntries(names.map((name): [string, Json] => [name, defaults?.fields[name] ?? null])),
    places: new Map(
      names.flatMap((name): [string, Place][] => {
        const place = defaults?.places.get(name);
        return place === undefined ? [] : [[name, place]];
      }),
    ),
    roots: names.map((name) => pointerTo(name)),
  };
}

/** Values whose mistakes deserve more words than a schema has. */
function explain(pointer: JsonPointer, value: JsonObject): Partial<Finding> | undefined {
  const index = /^\/acceptedStatusCodes\/(\d+)$/u.exec(pointer)?.[1];
  const list = value["acceptedStatusCodes"];
  return index !== undefined && Array.isArray(list)
    ? explainStatusCode((list as readonly Json[])[Number(index)])
    : undefined;
}

function nameOf(variant: Variant, written: JsonObject, key: EntityKey): string {
  if (variant.nameOf !== undefined) return variant.nameOf(written, localKey(key));
  return typeof written["name"] === "string" ? written["name"] : localKey(key);
}

/** A natural key is secret when it would be another one without what came from outside. */
function isNameSecret({ variant, secrets, key }: WrittenEntity, written: JsonObject): boolean {
  if (variant.nameOf === undefined) return false;
  const hidden = new Set(secrets.map((pointer) => pointerParts(pointer)[0]));
  const open = Object.fromEntries(Object.entries(written).filter(([field]) => !hidden.has(field)));
  return nameOf(variant, open, key) !== nameOf(variant, written, key);
}

function subjectOf(kind: Kind, { type }: Variant): string {
  return type === undefined ? `a ${kind.name}` : `${article(type)} ${type} ${kind.name}`;
}

function article(word: string): string {
  return /^[aeiou]|^http/u.test(word) ? "an" : "a";
}
