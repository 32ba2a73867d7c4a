/** Findings about entities: a rule names a field, and the finding gets its place. */
import type { Finding } from "../model/finding.ts";
import { isWithin, pointerParts, pointerTo, type JsonPointer } from "../model/json.ts";
import type { WrittenEntity } from "./config.ts";
import { placeBelow, spanOf, spanWithinResult, type Place } from "./positions.ts";

export type EntityFinding = Omit<Finding, "at" | "pointer" | "entity"> & {
  /** Relative to the entity; "" is the entity itself, shown at its key. */
  readonly pointer: JsonPointer;
  /** Underline the key and not the value. */
  readonly isAboutKey?: boolean;
  /** A part of the text at `pointer`. */
  readonly range?: readonly [start: number, end: number];
};

export function findingFor(entity: WrittenEntity, finding: EntityFinding): Finding {
  const { isAboutKey, range, pointer, ...rest } = finding;
  const place = placeIn(entity, pointer);
  const at =
    range === undefined
      ? spanOf(place, isAboutKey === true || pointer === "" ? "key" : "value")
      : spanWithinResult(place, ...range);
  const isInherited = entity.defaults.has(pointerParts(pointer)[0] ?? "");
  return isInherited
    ? { ...rest, at, pointer: pointerTo("defaults", entity.kind) + pointer }
    : { ...rest, at, pointer: entity.pointer + pointer, entity: entity.key };
}

/** A field that the entity does not write itself stands under `defaults`. */
export function placeIn(entity: Pick<WrittenEntity, "place" | "defaults">, pointer: JsonPointer): Place {
  const [field = "", ...below] = pointerParts(pointer);
  const inherited = entity.defaults.get(field);
  return inherited === undefined ? placeBelow(entity.place, pointerParts(pointer)) : placeBelow(inherited, below);
}

/** Whether the value at `pointer` must not be quoted. */
export function isHidden(entity: Pick<WrittenEntity, "variant" | "secrets">, pointer: JsonPointer): boolean {
  const [field = ""] = pointerParts(pointer);
  const isSensitive = entity.variant.fields[field]?.isSensitive === true;
  return (
    isSensitive || isWithin(pointer, entity.secrets) || entity.secrets.some((secret) => isWithin(secret, [pointer]))
  );
}

/** `"value"`, or words that give nothing away. */
export function quoted(
  entity: Pick<WrittenEntity, "variant" | "secrets">,
  pointer: JsonPointer,
  value: string,
): string {
  return isHidden(entity, pointer) ? "(not shown)" : `"${value}"`;
}
