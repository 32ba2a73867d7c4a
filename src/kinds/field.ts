/**
 * A field of an entity, defined once: what may be written in YAML, what the server calls it, since which release it exists,
 * and how its value differs between the two sides. Types, JSON Schema, canonical form, comparison and payloads all come
 * from here, so that adding a field is adding one entry.
 */
import { isEntityKey, localKey, type EntityRef, type KindName, type KumaId, type Reference } from "../model/entity.ts";
import { InternalError } from "../model/errors.ts";
import type { Json, JsonObject, JsonPointer } from "../model/json.ts";
import type { Release } from "../model/release.ts";

/** For the payloads of kinds that refer to nothing. Throws InternalError. */
export const noReferences: IdOf = (kind) => {
  throw new InternalError(`no field of this kind refers to a ${kind}`);
};

/** JSON Schema 2020-12 of what may be written. */
export type JsonSchema = JsonObject;

/** Turns server ids into references, for the side that is read. */
export type ReferenceOf = (kind: KindName, id: KumaId) => Reference;
/** Turns references into server ids, for the side that is written. Throws InternalError for one that is not known yet. */
export type IdOf = (kind: KindName, reference: Reference) => KumaId;

/** How a value looks in YAML, in canonical form, and on the server. All three functions are pure. */
export interface Codec {
  /**
   * Written value, valid by the schema, to canonical. `beside` holds the other fields of the entity by their names, written
   * or canonical, for a value whose meaning another field decides: a body by its encoding.
   */
  normalise(written: Json, beside?: JsonObject): Json;
  /** Server value (undefined: the server did not send the key) to canonical. `row` is the whole server object. */
  fromKuma(wire: Json | undefined, referenceOf: ReferenceOf, row?: JsonObject): Json;
  toKuma(canonical: Json, idOf: IdOf): Json;
  /**
   * Canonical to what a person would write: `normalise` of it gives the canonical value again. Absent: canonical values can
   * be written as they are. What no written value stands for comes out as something that the schema refuses.
   */
  written?(canonical: Json): Json;
  /**
   * What the server holds may be a value that never works; `written` then gives the one that is meant, and `normalise` of it
   * is another value than the canonical one.
   */
  readonly isRepairing?: true;
  /** References inside a canonical value, places relative to the value. */
  references?(canonical: Json): readonly { readonly at: JsonPointer; readonly to: Reference }[];
}

export interface Field {
  /** `default` is what the server's own add form would send; without one the canonical default is null. */
  readonly schema: JsonSchema;
  /** The key in Uptime Kuma's own objects, where it is not the field's name (`kumaKey`). */
  readonly kuma?: string;
  readonly codec: Codec;
  /** First release that has the field; absent: 1.23 has it. */
  readonly since?: Release;
  /** Never shown, neither old value nor new. */
  readonly isSensitive?: true;
  /** A scalar counts as the text that was written: `true` is the text `true`, `1.0` is `1.0`. */
  readonly isText?: true;
  /** The kind of entity that the field refers to. */
  readonly refersTo?: KindName;
  /** Values that are newer than the field itself, by the written value. */
  readonly valuesSince?: Readonly<Record<string, Release>>;
  /** Places in a written value, relative to it, that came later than the field itself. */
  newerParts?(written: Json): readonly NewerPart[];
  /** The canonical default where the form makes it follow other fields; `spec` holds those in canonical form. */
  defaultBeside?(spec: JsonObject): Json;
  /** Saved by calls of its own, not as part of the object (the tags of a monitor). */
  readonly isSeparate?: true;
  /** True of one object of the kind at most, or each item of one at most: the server takes it from any other. */
  readonly isExclusive?: true;
  /** Two objects with the same value would be taken for one. */
  readonly isUnique?: true;
  /** When nothing is written, what the server has is left as it is and not compared: there is no default. */
  readonly isKeptUnlessWritten?: true;
  /** Whether a server object tells the field's value; when it does not, the observed spec has no such key. */
  isObservable?(row: JsonObject): boolean;
}

export type Fields = Readonly<Record<string, Field>>;

/** A part of a written value that came later than its field. */
export interface NewerPart {
  readonly at: JsonPointer;
  readonly since: Release;
  /** Where the place alone does not say what is newer: `a list of resolvers`, and what to write instead. */
  readonly words?: { readonly what: string; readonly instead: string };
}

/** The key of a field in Uptime Kuma's own objects. */
export function kumaKey(name: string, field: Field): string {
  return field.kuma ?? name;
}

/** The canonical value of a field that was not written, beside the other canonical values of the entity. */
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

/** A cache: thousands of entities share the fields of a few variants, and few of those refer to anything. */
const referringFields = new WeakMap<Fields, readonly (readonly [name: string, field: Field])[]>();

function referringIn(fields: Fields): readonly (readonly [name: string, field: Field])[] {
  const known =
    referringFields.get(fields) ?? Object.entries(fields).filter(([, { refersTo }]) => refersTo !== undefined);
  referringFields.set(fields, known);
  return known;
}

/** `oncall` in YAML is the key `notification/oncall`; `{ name: … }` and `{ id: … }` stay what they are. */
export function writtenReference(kind: KindName, written: Json): Reference {
  return typeof written === "string" ? `${kind}/${written}` : (written as Exclude<Reference, string>);
}

/** The reverse of `writtenReference`. */
export function referenceAsWritten(reference: Json): Json {
  return isEntityKey(reference) ? localKey(reference) : reference;
}
