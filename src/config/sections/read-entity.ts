/**
 * Builds one entity from its node: reads the values, finds the type, keeps texts as written, applies defaults, checks
 * the shape.
 */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { nameFieldOf, specFromWritten } from "../../kinds/spec.ts";
import { localKey, usualLifecycle, type EntityKey, type Removal } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { isJsonObject, pointerParts, pointerTo, valueAt, type Json, type JsonObject } from "../../model/json.ts";
import { checkShape } from "./check-shape.ts";
import type { DeclaredEntity } from "../config.ts";
import { selectKey } from "../selectors/select-key.ts";
import { findingFor, isHidden, type EntityFinding } from "../entity-finding.ts";
import { explainUnknown, splitKeys } from "./entity-keys.ts";
import { variantOf } from "./entity-variant.ts";
import { withJsonPlaceholders } from "../values/json-placeholders.ts";
import { variantSchema } from "./json-schema.ts";
import { sharedLifecycleSchemas } from "./lifecycle-schemas.ts";
import { withOverride, type Override } from "./override.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import type { Adoption } from "./read-adoptions.ts";
import { readLifecycle } from "./read-lifecycle.ts";
import { readValue, type ReadContext, type ReadObject } from "../values/read-value.ts";
import { explainStatusCode } from "../rules/explain-status-code.ts";
import { laidOver, placesWith, withFacts, writtenAt, type Provenance } from "../values/provenance.ts";
import type { ReadFields } from "./read-fields.ts";
import { resendEveryKey, sameAs, withResendInterval } from "./resend-every.ts";
import { readTests, type ReadBeside } from "./read-tests.ts";
import { withTextFields } from "../values/text-fields.ts";

export interface EntityInput extends DeclaredElsewhere {
  readonly key: EntityKey;
  readonly kind: Kind;
  /** The values under `defaults` for the kind, checked as far as possible without a type. */
  readonly defaults: ReadFields | undefined;
  readonly context: ReadContext;
  readonly readFile: ReadBeside;
}

/** What the configuration says about an entity outside of its block. */
interface DeclaredElsewhere {
  /** How entities without their own `onRemove` are removed. */
  readonly onRemove: Removal;
  /** The override of the chosen target. */
  readonly override: Override | undefined;
  /** Its item in `adopt:` at the top level. */
  readonly adoption: Adoption | undefined;
}

export type AboutEntity = (key: EntityKey) => DeclaredElsewhere;

/** An entity from its own block. Undefined, with findings, if its type cannot be determined. */
export function readEntity(input: EntityInput & { readonly place: YamlPlace }): DeclaredEntity | undefined {
  const { key, kind, place, context } = input;
  const pointer = kind.onlyKey === undefined ? pointerTo(kind.section, localKey(key)) : pointerTo(kind.section);
  const { value, provenance } = readValue(place, context, { by: "object", place, pointer });
  if (provenance.get("")?.isBroken === true) return undefined;
  const at = spanOf(place, "key");
  const base = { severity: "error", at, entity: key } as const;
  if (!isJsonObject(value)) {
    const found = value === null ? "nothing" : Array.isArray(value) ? "a list" : "text";
    const name = kind.onlyKey === undefined ? localKey(key) : kind.section;
    // A tag has no required fields except its name, which defaults to its key.
    const isEnough = value === null && kind.variants.every((one) => one.required.every((field) => field === "name"));
    const hint = isEnough ? { hint: `write \`${name}: {}\`` } : {};
    context.report({ ...base, code: "KS1202", message: `"${name}" must be a mapping, not ${found}`, ...hint });
    return undefined;
  }
  return entityFrom(input, { value, provenance });
}

/** An entity from values that are already read. Their provenance has the origin of the whole entity under `""`. */
export function entityFrom(input: EntityInput, own: ReadObject): DeclaredEntity | undefined {
  const { key, context, override, defaults } = input;
  const read = override === undefined ? own : withOverride(own, override);
  const variant = variantOf(input, read);
  if (variant === undefined) return undefined;
  const texts = withTextFields(read.value, variant.fields, (name) => {
    const { place, isVerbatim } = writtenAt(read.provenance, pointerTo(name));
    return isVerbatim ? place : undefined;
  });
  for (const finding of texts.findings) context.report({ ...finding, entity: key });
  const layered = withDefaults(variant, { value: texts.value, provenance: read.provenance }, defaults);
  return checkEntity(input, variant, layered);
}

function checkEntity(input: EntityInput, variant: Variant, read: ReadObject): DeclaredEntity {
  const { key, kind, context } = input;
  const subject = kind.onlyKey === undefined ? subjectOf(kind, variant) : `the ${kind.section}`;
  const draft = draftOf(input, variant, read.provenance);
  const shape = checkShape(
    { schema: variantSchema(variant), ...read },
    {
      subject,
      isHidden: (pointer) => isHidden(draft, pointer),
      explainUnknown: (entry) => explainUnknown(kind, variant, entry),
    },
  );
  for (const problem of shape.problems) {
    const isShown = problem.isAboutKey || !isHidden(draft, problem.pointer);
    const explained = isShown ? explain(problem, read.value) : undefined;
    context.report(findingFor(draft, { ...problem, ...explained, severity: "error" }));
  }
  const fitted = withJsonPlaceholders(shape.value, shape.provenance);
  const { written: split, beside } = splitKeys(variant, fitted.value);
  const report = (finding: Finding): void => context.report(finding);
  const every = beside[resendEveryKey];
  const unconverted = { ...draftOf(input, variant, fitted.provenance), written: split };
  const entity = { ...unconverted, ...withResendInterval(unconverted, every, report) };
  const { written } = entity;
  const tests = readTests({ entity, beside, readFile: input.readFile, report });
  const lifecycle = readLifecycle({ ...input, entity, beside, report });
  const name = nameOf(variant, written, key);
  const secretName = isNameSecret(entity, name) ? new Map([["/name", { isSecret: true }]] as const) : new Map();
  return {
    ...entity,
    name,
    canonical: specFromWritten(variant, withName(variant, written, name)),
    provenance: withFacts(entity.provenance, secretName),
    lifecycle,
    ...(tests === undefined ? {} : { tests }),
  };
}

/** For findings about an entity whose values are not checked yet. */
function draftOf({ key, kind }: EntityInput, variant: Variant, provenance: Provenance): DeclaredEntity {
  return { key, kind: kind.name, variant, name: "", written: {}, canonical: {}, provenance, lifecycle: usualLifecycle };
}

/** Adds the defaults of fields that the type has and the entity does not write. */
function withDefaults(variant: Variant, own: ReadObject, defaults: ReadFields | undefined): ReadObject {
  const names = Object.keys(defaults?.fields ?? {}).filter(
    (name) =>
      (isField(variant, name) || Object.hasOwn(sharedLifecycleSchemas, name)) &&
      !Object.hasOwn(own.value, name) &&
      !Object.hasOwn(own.value, sameAs(name) ?? name),
  );
  if (defaults === undefined || names.length === 0) return own;
  const inherited = names.map((name): [string, Json] => [name, defaults.fields[name] ?? null]);
  const roots = names.map((name) => pointerTo(name));
  return {
    value: { ...Object.fromEntries(inherited), ...own.value },
    provenance: laidOver(own.provenance, defaults.provenance, roots),
  };
}

function isField({ fields }: Variant, name: string): boolean {
  return Object.hasOwn(fields, name) || (name === resendEveryKey && Object.hasOwn(fields, sameAs(name) ?? ""));
}

/** Values whose mistakes need a better explanation than the schema error. */
function explain(
  { pointer, isAboutKey }: Pick<EntityFinding, "pointer" | "isAboutKey">,
  value: JsonObject,
): Partial<Finding> | undefined {
  if (isAboutKey === true) {
    const isTagValue = new RegExp(`/${selectKey}(?:/\\d+)?/value$`, "u").test(pointer);
    return isTagValue ? { hint: "write the value with its tag: tag: { env: prod }" } : undefined;
  }
  const index = /^\/acceptedStatusCodes\/(\d+)$/u.exec(pointer)?.[1];
  const list = value["acceptedStatusCodes"];
  if (index !== undefined && Array.isArray(list)) return explainStatusCode((list as readonly Json[])[Number(index)]);
  const found = valueAt(value, pointer);
  const isSelector = isJsonObject(found) && Object.hasOwn(found, selectKey);
  return isSelector ? { hint: `write "${selectKey}" beside "monitors": select: { tag: media }` } : undefined;
}

function nameOf(variant: Variant, written: JsonObject, key: EntityKey): string {
  if (variant.nameOf !== undefined) return variant.nameOf(written, localKey(key));
  return typeof written["name"] === "string" ? written["name"] : localKey(key);
}

/** The canonical form contains the name too, in its field, whether or not it is written. */
function withName(variant: Variant, written: JsonObject, name: string): JsonObject {
  const field = nameFieldOf(variant);
  return field === undefined ? written : { ...written, [field]: name };
}

/** A natural key is secret if it contains a value of `${env:…}` or `${file:…}`. */
function isNameSecret({ variant, provenance, key, written }: DeclaredEntity, name: string): boolean {
  if (variant.nameOf === undefined) return false;
  const hidden = new Set(placesWith(provenance, "isSecret").map((pointer) => pointerParts(pointer)[0]));
  const open = Object.fromEntries(Object.entries(written).filter(([field]) => !hidden.has(field)));
  return nameOf(variant, open, key) !== name;
}

function subjectOf(kind: Kind, { type }: Variant): string {
  return type === undefined ? `a ${kind.name}` : `${article(type)} ${type} ${kind.name}`;
}

function article(word: string): string {
  return /^[aeiou]|^http/u.test(word) ? "an" : "a";
}
