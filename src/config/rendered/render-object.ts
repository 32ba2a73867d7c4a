/** One object as it is written again. */
import { inFieldOrder } from "../../kinds/field-order.ts";
import type { Kind, Variant } from "../../kinds/kind.ts";
import { durationPattern } from "../../model/duration.ts";
import {
  isJsonObject,
  pointerParts,
  pointerTo,
  valueAt,
  type Json,
  type JsonObject,
  type JsonPointer,
} from "../../model/json.ts";
import type { RenderedObject } from "../../model/rendered-configuration.ts";
import type { DeclaredEntity } from "../config.ts";
import { resendEveryKey, sameAs } from "../sections/resend-every.ts";
import { isFromDefaults, placesWith, writtenAt, type Provenance } from "../values/provenance.ts";
import { objectSources } from "./object-sources.ts";
import { writtenValue, type PathIn } from "./written-values.ts";

export function renderObject(entity: DeclaredEntity, kind: Kind, pathIn: PathIn): RenderedObject {
  const { key, variant, provenance } = entity;
  const type = variant.type === undefined ? {} : { type: variant.type };
  const said = withPaths(
    { ...inFieldOrder({ ...type, ...saidFields(entity) }, kind), ...entity.beside },
    provenance,
    pathIn,
  );
  const value = writtenValue(said, { knownAt: (at) => provenance.get(at), pathIn });
  const fields = Object.entries(value as JsonObject).flatMap(([name, field]): [string, Json][] => {
    const kept = keptValue(name, field, entity);
    return kept === undefined ? [] : [[name, kept]];
  });
  return {
    key,
    section: kind.section,
    isOnly: kind.onlyKey !== undefined,
    fields: Object.fromEntries(fields),
    sources: objectSources(
      entity,
      fields.map(([name]) => name),
    ),
  };
}

/** Places whose value depends on one from outside in a way that no expression says. */
export function unwritable(entity: DeclaredEntity): readonly JsonPointer[] {
  const { provenance } = entity;
  const said = { ...saidFields(entity), ...entity.beside };
  return placesWith(provenance, "isSecret").filter((pointer) => {
    const value = valueAt(said, pointer);
    return provenance.get(pointer)?.parts === undefined && value !== undefined && typeof value !== "object";
  });
}

/** Without the number of checks that stands for a time. */
function saidFields({ written, beside }: DeclaredEntity): JsonObject {
  const converted = Object.hasOwn(beside, resendEveryKey) ? sameAs(resendEveryKey) : undefined;
  return Object.fromEntries(Object.entries(written).filter(([name]) => name !== converted));
}

/** Undefined for what is said elsewhere. */
function keptValue(name: string, value: Json, { kind, variant, provenance }: DeclaredEntity): Json | undefined {
  const { pointer } = provenance.get(pointerTo(name))?.origin ?? {};
  // `defaults` of the kind stay, because they apply to removed objects too.
  if (name === "onRemove" && pointer === pointerTo("defaults", kind, name)) return undefined;
  if (name === "ignoreChanges" && isFromDefaults(provenance, pointerTo(name))) return ownChanges(value, variant);
  return shownDuration(name, value, variant);
}

/** Among the defaults there may be fields of other types, which an object itself could not list. */
function ownChanges(value: Json, { fields, isOpen }: Variant): Json | undefined {
  if (!Array.isArray(value)) return value;
  const own = (value as readonly Json[]).filter((text) => {
    if (typeof text !== "string" || isOpen) return true;
    const [name = ""] = text.startsWith("/") ? pointerParts(text) : [text];
    return Object.hasOwn(fields, name);
  });
  return own.length === 0 ? undefined : own;
}

/** `60s` for 60. */
function shownDuration(name: string, value: Json, { fields }: Variant): Json {
  const like = name === resendEveryKey ? "interval" : name;
  const field = Object.hasOwn(fields, like) ? fields[like] : undefined;
  if (field?.schema["pattern"] !== durationPattern || typeof value === "object") return value;
  if (typeof value !== "number" && !/^\d+$/u.test(String(value))) return value;
  const seconds = field.codec.normalise(value);
  const text = field.codec.written?.(seconds) ?? value;
  return field.codec.normalise(text) === seconds ? text : value;
}

/** The files of samples and tests as the written file names them. */
function withPaths(said: JsonObject, provenance: Provenance, pathIn: PathIn): JsonObject {
  const named = (value: Json, pointer: JsonPointer): Json => {
    if (!isJsonObject(value) || typeof value["file"] !== "string") return value;
    const { document } = writtenAt(provenance, pointer + pointerTo("file")).place;
    return { ...value, file: pathIn(value["file"], document.folder) };
  };
  const { sample, tests } = said;
  return {
    ...said,
    ...(sample === undefined ? {} : { sample: named(sample, "/sample") }),
    ...(Array.isArray(tests)
      ? { tests: (tests as readonly Json[]).map((test, index) => named(test, pointerTo("tests", index))) }
      : {}),
  };
}
