/**
 * A field of an entity, defined once: what may be written in YAML, its name on the server, the release that introduced
 * it, and how its value differs between the two sides. Types, JSON Schema, canonical form, comparison and payloads are
 * all made from this, so a new field is one new entry.
 */
import { isEntityKey, localKey, type EntityRef, type KindName, type KumaId, type Reference } from "../model/entity.ts";
import { InternalError } from "../model/errors.ts";
import type { Json, JsonObject, JsonPointer } from "../model/json.ts";
import type { Release } from "../model/release.ts";

/** For the payloads of kinds without references. Throws InternalError. */
export const noReferences: IdOf = (kind) => {
  throw new InternalError(`no field of this kind refers to a ${kind}`);
};

/** JSON Schema 2020-12 of the written value. */
export type JsonSchema = JsonObject;

/** Turns server ids into references, when reading. */
export type ReferenceOf = (kind: KindName, id: KumaId) => Reference;
/** Turns references into server ids, when writing. Throws InternalError for an id that is not known yet. */
export type IdOf = (kind: KindName, reference: Reference) => KumaId;

/** Converts a value between YAML, canonical form and the server. All functions are pure. */
export interface Codec {
  /**
   * Converts a written value that is valid by the schema to canonical form. `beside` has the other fields of the
   * entity, written or canonical, for values whose meaning depends on another field, such as a body and its encoding.
   */
  normalise(written: Json, beside?: JsonObject): Json;
  /**
   * Converts a server value to canonical form; undefined if the server did not send the key. `row` is the whole server
   * object.
   */
  fromKuma(wire: Json | undefined, referenceOf: ReferenceOf, row?: JsonObject): Json;
  toKuma(canonical: Json, idOf: IdOf): Json;
  /**
   * Converts a canonical value to what a person would write; `normalise` gives the canonical value again. Absent:
   * canonical values can be written unchanged. A value that cannot be written is converted to one that the schema
   * refuses.
   */
  written?(canonical: Json): Json;
  /**
   * The server may hold a value that cannot work. `written` then gives the intended value, so `normalise` of it is not
   * the canonical value.
   */
  readonly isRepairing?: true;
  /** References inside a canonical value; places are relative to it. */
  references?(canonical: Json): readonly { readonly at: JsonPointer; readonly to: Reference }[];
}

export interface Field {
  /** `default` is what the server's add form sends. Without it, the canonical default is null. */
  readonly schema: JsonSchema;
  /** The key in Uptime Kuma's own objects, if it is not the field's name (`kumaKey`). */
  readonly kuma?: string;
  readonly codec: Codec;
  /** First release that has the field. Absent: 1.23 has it. */
  readonly since?: Release;
  /** Neither the old nor the new value is ever shown. */
  readonly isSensitive?: true;
  /** A scalar counts as its written text: `true` is the text `true`, and `1.0` is `1.0`. */
  readonly isText?: true;
  /** The kind of entity that the field refers to. */
  readonly refersTo?: KindName;
  /** Values that are newer than the field, by written value. */
  readonly valuesSince?: Readonly<Record<string, Release>>;
  /** Places in a written value, relative to it, that are newer than the field. */
  newerParts?(written: Json): readonly NewerPart[];
  /** The canonical default, if the form derives it from other fields. `spec` has those in canonical form. */
  defaultBeside?(spec: JsonObject): Json;
  /** Saved by separate calls, not as part of the object (the tags of a monitor). */
  readonly isSeparate?: true;
  /**
   * At most one object of the kind can have the value, or each of its items: the server takes it away from any other.
   */
  readonly isExclusive?: true;
  /** Two objects with the same value would be mistaken for one. */
  readonly isUnique?: true;
  /** If it is not written, the server's value is neither changed nor compared; it has no default. */
  readonly isKeptUnlessWritten?: true;
  /** Whether a server object shows the field's value. If not, the observed spec does not have the field. */
  isObservable?(row: JsonObject): boolean;
}

export type Fields = Readonly<Record<string, Field>>;

/** A part of a written value that is newer than its field. */
export interface NewerPart {
  readonly at: JsonPointer;
  readonly since: Release;
  /** For places that do not show what is newer: `a list of resolvers`, and what to write instead. */
  readonly words?: { readonly what: string; readonly instead: string };
}

/** The key of a field in Uptime Kuma's own objects. */
export function kumaKey(name: string, field: Field): string {
  return field.kuma ?? name;
}

/** The canonical value of a field that is not written; `spec` has the other canonical values. */
export function defaultOf(field: Field, spec: JsonObject = {}): Json {
  if (field.defaultBeside !== undefined) return field.defaultBeside(spec);
  const written = field.schema["default"];
  return written === undefined ? null : field.codec.normalise(written);
}

export function referencesIn(fields: Fields, spec: JsonObject): EntityRef[] {
  return referringIn(fields).flatMap(([name, { refersTo, codec }]) => {
    const value = spec[name];
    if (refersTo === undefined || value === undefined || codec.references === undefined) return [];
    return codec.references(value).map(({ at, to }) => ({ at: `/${name}${at}`, kind: refersTo, to }));
  });
}

/** A cache: thousands of entities share the fields of a few variants, and few fields are references. */
const referringFields = new WeakMap<Fields, readonly (readonly [name: string, field: Field])[]>();

function referringIn(fields: Fields): readonly (readonly [name: string, field: Field])[] {
  const known =
    referringFields.get(fields) ?? Object.entries(fields).filter(([, { refersTo }]) => refersTo !== undefined);
  referringFields.set(fields, known);
  return known;
}

/** `oncall` in YAML is the key `notification/oncall`; `{ name: … }` and `{ id: … }` are unchanged. */
export function writtenReference(kind: KindName, written: Json): Reference {
  return typeof written === "string" ? `${kind}/${written}` : (written as Exclude<Reference, string>);
}

/** The reverse of `writtenReference`. */
export function referenceAsWritten(reference: Json): Json {
  return isEntityKey(reference) ? localKey(reference) : reference;
}
