/** One entity: type found, its layers laid over each other, texts kept as written, shape checked. */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { nameFieldOf, specFromWritten } from "../../kinds/spec.ts";
import { localKey, usualLifecycle, type EntityKey } from "../../model/entity.ts";
import { durationPattern } from "../../model/duration.ts";
import type { Finding } from "../../model/finding.ts";
import { isJsonObject, pointerParts, pointerTo, valueAt, type Json, type JsonObject } from "../../model/json.ts";
import { topValue, type AboutEntity, type EntityDraft } from "../expand/draft.ts";
import { fieldForms } from "../expand/field-forms.ts";
import type { InheritedDefaults } from "../expand/inherited-defaults.ts";
import { layOver, settled } from "../expand/lay-over.ts";
import { checkShape } from "./check-shape.ts";
import type { DeclaredEntity } from "../config.ts";
import { meantResponse } from "../pasted/meant-response.ts";
import { selectKey } from "../selectors/select-key.ts";
import { findingFor, isHidden, type EntityFinding } from "../entity-finding.ts";
import { explainUnknown, splitKeys } from "./entity-keys.ts";
import type { SchemaProblem } from "./schema-problems.ts";
import { variantOf } from "./entity-variant.ts";
import { withJsonPlaceholders } from "../values/json-placeholders.ts";
import { variantSchema } from "./json-schema.ts";
import { readLifecycle } from "./read-lifecycle.ts";
import type { ReadObject } from "../values/read-value.ts";
import { explainStatusCode } from "../rules/explain-status-code.ts";
import { placesWith, withFacts, writtenAt, type Provenance } from "../values/provenance.ts";
import { resendEveryKey, withResendInterval } from "./resend-every.ts";
import { readTests, type ReadFrom } from "./read-tests.ts";
import { withTextFields } from "../values/text-fields.ts";

export interface EntityInput {
  /** What it has without writing it. */
  readonly defaults: InheritedDefaults;
  readonly about: AboutEntity;
  /** For the files that its samples and tests name. */
  readonly readFile: ReadFrom;
}

/** Undefined, with findings, when its type cannot be told. */
export function entityFrom(draft: EntityDraft, input: EntityInput): DeclaredEntity | undefined {
  const { key, kind, own, blocks, override, context } = draft;
  const typed = blocks.findLast(({ value }) => Object.hasOwn(value, "type")) ?? own;
  const variant = variantOf({ key, kind, context }, typed);
  if (variant === undefined) return undefined;
  const { joined, replaced } = fieldForms(kind);
  const below = input.defaults.under(kind, variant, topValue(draft, "parent"));
  const block = blocks.reduce((lower, upper) => layOver(lower, upper, joined));
  const laid = settled(
    [below, block, ...override].reduce((lower, upper) => layOver(lower, upper, replaced)),
    replaced,
  );
  const texts = withTextFields(laid.value, variant.fields, (name) => {
    const { place, isVerbatim } = writtenAt(laid.provenance, pointerTo(name));
    return isVerbatim ? place : undefined;
  });
  for (const finding of texts.findings) context.report({ ...finding, entity: key });
  return checkEntity(draft, variant, { value: texts.value, provenance: laid.provenance }, input);
}

function checkEntity(draft: EntityDraft, variant: Variant, read: ReadObject, input: EntityInput): DeclaredEntity {
  const { key, kind, context } = draft;
  const subject = kind.onlyKey === undefined ? subjectOf(kind, variant) : `the ${kind.section}`;
  const unread = unreadEntity(draft, variant, read.provenance);
  const shape = checkShape(
    { schema: variantSchema(variant), ...read },
    {
      subject,
      isHidden: (pointer) => isHidden(unread, pointer),
      explainUnknown: (entry) => explainUnknown(kind, variant, entry),
    },
  );
  for (const problem of shape.problems) {
    const isShown = problem.isAboutKey || !isHidden(unread, problem.pointer);
    const explained = isShown ? explain(unread, problem, read.value) : undefined;
    context.report(findingFor(unread, { ...problem, ...explained, severity: "error" }));
  }
  const fitted = withJsonPlaceholders(shape.value, shape.provenance);
  const { written: split, beside } = splitKeys(variant, fitted.value);
  const report = (finding: Finding): void => context.report(finding);
  const every = beside[resendEveryKey];
  const unconverted = { ...unreadEntity(draft, variant, fitted.provenance), written: split };
  const entity = { ...unconverted, ...withResendInterval(unconverted, every, report) };
  const { written } = entity;
  const tests = readTests({ entity, beside, readFile: input.readFile, report });
  const lifecycle = readLifecycle({ ...input.about(key), kind, entity, beside, report });
  const name = nameOf(variant, written, key);
  const secretName = isNameSecret(entity, name) ? new Map([["/name", { isSecret: true }]] as const) : new Map();
  return {
    ...entity,
    beside,
    name,
    canonical: specFromWritten(variant, withName(variant, written, name)),
    provenance: withFacts(entity.provenance, secretName),
    lifecycle,
    ...(tests === undefined ? {} : { tests }),
  };
}

/** For findings about an entity before its values are known to be right. */
function unreadEntity({ key, kind }: EntityDraft, variant: Variant, provenance: Provenance): DeclaredEntity {
  return {
    key,
    kind: kind.name,
    variant,
    name: "",
    beside: {},
    written: {},
    canonical: {},
    provenance,
    lifecycle: usualLifecycle,
  };
}

/** Values whose mistakes need a better explanation than the schema error. */
function explain(
  unread: DeclaredEntity,
  problem: SchemaProblem,
  value: JsonObject,
): Partial<EntityFinding> | undefined {
  const { pointer, isAboutKey } = problem;
  const [field = ""] = pointerParts(pointer);
  const response = isHidden(unread, pointerTo(field)) ? undefined : meantResponse(value, problem);
  if (response !== undefined) return response;
  if (isAboutKey) {
    const isTagValue = new RegExp(`/${selectKey}(?:/\\d+)?/value$`, "u").test(pointer);
    return isTagValue ? { hint: "write the value with its tag: tag: { env: prod }" } : undefined;
  }
  const found = valueAt(value, pointer);
  if (pointer === "/resendInterval" && typeof found === "string" && new RegExp(durationPattern, "u").test(found))
    return { hint: `it counts checks; for a time write ${resendEveryKey}: ${found}` };
  const index = /^\/acceptedStatusCodes\/(\d+)$/u.exec(pointer)?.[1];
  const list = value["acceptedStatusCodes"];
  if (index !== undefined && Array.isArray(list)) return explainStatusCode((list as readonly Json[])[Number(index)]);
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
  return /^[aeiou]|^(?:http|mqtt|ntp|sftp|smtp|snmp)/iu.test(word) ? "an" : "a";
}
