/**
 * Converts between what is written, the canonical form in which both sides are compared, and the server's form. Pure.
 */
import { isJsonObject, pointerTo, type Json, type JsonObject, type JsonPointer } from "../model/json.ts";
import { isAtLeast, releaseText, type Release } from "../model/release.ts";
import { defaultOf, kumaKey, type Field, type IdOf, type NewerPart, type ReferenceOf } from "./field.ts";
import type { Variant } from "./kind.ts";

/**
 * The key of the canonical spec of an open variant that holds all keys without a field. They form one value, so that a
 * key that only one side has counts as a difference.
 */
export const settingsKey = "settings";

/**
 * The canonical spec of a written entity. Fields without a written value get their default, except fields that are kept
 * unless written. `written` must be valid by the variant's schema and have its name.
 */
export function specFromWritten(variant: Variant, written: JsonObject): JsonObject {
  const present = fieldsFor(variant, undefined).filter(({ name }) => written[name] !== undefined);
  const hasKept = present.some(({ field }) => field.isKeptUnlessWritten === true);
  const spec: Record<string, Json> = hasKept ? defaultsOf(variant, written) : { ...unwrittenSpec(variant) };
  for (const { name, field } of present) spec[name] = field.codec.normalise(written[name] as Json, written);
  for (const { name, field } of fieldsBeside(variant)) {
    if (written[name] === undefined) spec[name] = defaultOf(field, spec);
  }
  return variant.isOpen ? { ...spec, ...restOf(variant, written) } : spec;
}

/** Every field with its default, in order, except fields that are kept unless written. */
function defaultsOf(variant: Variant, written: JsonObject): Record<string, Json> {
  const known = fieldsFor(variant, undefined).filter(
    ({ name, field }) => field.isKeptUnlessWritten !== true || written[name] !== undefined,
  );
  return { ...typeOf(variant), ...Object.fromEntries(known.map(({ name, fallback }) => [name, fallback])) };
}

const knownBeside = new WeakMap<Variant, readonly KnownField[]>();

/** The fields whose default depends on other fields: few of sixty. */
function fieldsBeside(variant: Variant): readonly KnownField[] {
  const known =
    knownBeside.get(variant) ?? fieldsFor(variant, undefined).filter(({ field }) => field.defaultBeside !== undefined);
  knownBeside.set(variant, known);
  return known;
}

/**
 * Thousands of entities differ from this in a few fields, and copying it is much faster than adding the fields one by
 * one.
 */
const unwrittenSpecs = new WeakMap<Variant, JsonObject>();

function unwrittenSpec(variant: Variant): JsonObject {
  const spec = unwrittenSpecs.get(variant) ?? defaultsOf(variant, {});
  unwrittenSpecs.set(variant, spec);
  return spec;
}

/** The field with the name of an entity; undefined if the name is made from other fields. */
export function nameFieldOf(variant: Variant): string | undefined {
  if (variant.nameField !== undefined) return variant.nameField;
  return variant.nameOf === undefined && Object.hasOwn(variant.fields, "name") ? "name" : undefined;
}

/** The canonical spec without fields that are newer than `release`; unchanged without a release. */
export function specOnRelease(variant: Variant, spec: JsonObject, release: Release | undefined): JsonObject {
  const known = fieldsFor(variant, release);
  if (known.length === fieldsFor(variant, undefined).length) return spec;
  const kept: Record<string, Json> = { ...typeOf(variant) };
  for (const { name } of known) {
    const value = spec[name];
    if (value !== undefined) kept[name] = value;
  }
  return variant.isOpen ? { ...kept, [settingsKey]: spec[settingsKey] ?? {} } : kept;
}

/** The canonical spec of a server object, without fields that the object does not show. */
export function specFromRow(variant: Variant, row: JsonObject, referenceOf: ReferenceOf, release: Release): JsonObject {
  const spec: Record<string, Json> = { ...typeOf(variant) };
  for (const { name, kuma, field } of fieldsFor(variant, release)) {
    if (field.isObservable?.(row) ?? true) spec[name] = field.codec.fromKuma(row[kuma], referenceOf, row);
  }
  return variant.isOpen ? { ...spec, ...restOf(variant, row) } : spec;
}

/** The server's form of a canonical spec: its own keys, only those that `release` has, with ids as references. */
export function toPayload(variant: Variant, spec: JsonObject, idOf: IdOf, release: Release): JsonObject {
  const settings = spec[settingsKey];
  const payload: Record<string, Json> = {
    ...(variant.isOpen && isJsonObject(settings) ? settings : {}),
    ...typeOf(variant),
  };
  for (const { name, kuma, field } of fieldsFor(variant, release)) {
    const value = spec[name];
    if (value !== undefined && field.isSeparate !== true) payload[kuma] = field.codec.toKuma(value, idOf);
  }
  return payload;
}

/** The places in a canonical spec whose values are never shown. */
export function sensitivePointers(variant: Variant, spec: JsonObject): readonly JsonPointer[] {
  const fields = Object.entries(variant.fields)
    .filter(([name, field]) => field.isSensitive === true && spec[name] !== undefined)
    .map(([name]) => pointerTo(name));
  // It is not known which of the passed-through keys hold secrets, so all of them count as secret.
  return variant.isOpen ? [...fields, pointerTo(settingsKey)] : fields;
}

/** A written field, value, or part of a value that `release` does not have. */
interface NewerThanServer {
  readonly name: string;
  /** The part of the value, if it is one. */
  readonly part?: JsonPointer;
  /** The value that is too new; undefined if the field itself is. */
  readonly value: string | undefined;
  readonly words?: NewerPart["words"];
  readonly since: Release;
}

/** The server would refuse such a field or, worse, accept and ignore it. */
export function newerThan(release: Release, variant: Variant, written: JsonObject): readonly NewerThanServer[] {
  return Object.entries(written).flatMap(([name, value]): NewerThanServer[] => {
    const field = variant.fields[name];
    if (field === undefined) return [];
    if (field.since !== undefined && !isAtLeast(release, field.since)) {
      return [{ name, value: undefined, since: field.since }];
    }
    const since = typeof value === "string" ? field.valuesSince?.[value] : undefined;
    if (since !== undefined && !isAtLeast(release, since)) return [{ name, value: value as string, since }];
    const parts = field.newerParts?.(value).filter((part) => !isAtLeast(release, part.since)) ?? [];
    return parts.map(({ at, ...part }) => ({ name, part: at, value: undefined, ...part }));
  });
}

interface KnownField {
  readonly name: string;
  readonly kuma: string;
  readonly field: Field;
  /** Canonical. */
  readonly fallback: Json;
}

/** A cache: thousands of entities share a few variants, and a run uses one release. */
const knownFields = new WeakMap<Variant, Map<string, readonly KnownField[]>>();

function fieldsFor(variant: Variant, release: Release | undefined): readonly KnownField[] {
  const byRelease = knownFields.get(variant) ?? new Map<string, readonly KnownField[]>();
  knownFields.set(variant, byRelease);
  const key = release === undefined ? "" : releaseText(release);
  const known =
    byRelease.get(key) ??
    Object.entries(variant.fields)
      .filter(([, field]) => release === undefined || isAtLeast(release, field.since))
      .map(([name, field]) => ({ name, kuma: kumaKey(name, field), field, fallback: defaultOf(field) }));
  byRelease.set(key, known);
  return known;
}

/** The type is part of the spec, so a new type is a change like any other. */
function typeOf(variant: Variant): JsonObject {
  return variant.type === undefined ? {} : { type: variant.type };
}

function restOf(variant: Variant, from: JsonObject): JsonObject {
  const known = new Set(["type", ...Object.keys(variant.fields), ...(variant.ignoredKeys ?? [])]);
  const rest = Object.entries(from).filter(([key]) => !known.has(key));
  return { [settingsKey]: Object.fromEntries(rest) };
}
