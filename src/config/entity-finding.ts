/** Findings about entities: a rule names a field, and the finding gets its place. */
import type { Finding } from "../model/finding.ts";
import { isWithin, pointerParts, pointerTo, type JsonPointer } from "../model/json.ts";
import type { WrittenEntity } from "./config.ts";
import { placeBelow, spanOf, spanWithinResult, type Place } from "./source/positions.ts";

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
  const found = locate(entity, pointer);
  const isKey = isAboutKey === true || pointer === "" || !found.isVerbatim;
  const at =
    range === undefined || !found.isVerbatim
      ? spanOf(found.place, isKey ? "key" : "value")
      : spanWithinResult(found.place, ...range);
  return { ...rest, at, pointer: found.pointer, ...(found.isInherited ? {} : { entity: entity.key }) };
}

/** Where the value at `pointer` is written: by the entity itself, under `defaults`, or in the block it was made from. */
export function placeIn(entity: Located, pointer: JsonPointer): Place {
  return locate(entity, pointer).place;
}

type Located = Pick<WrittenEntity, "kind" | "place" | "defaults" | "pointer" | "origins">;

interface Location {
  readonly place: Place;
  /** In the configuration. */
  readonly pointer: JsonPointer;
  readonly isInherited: boolean;
  /** The value is what stands there, and not something that was made from it. */
  readonly isVerbatim: boolean;
}

function locate(entity: Located, pointer: JsonPointer): Location {
  const parts = pointerParts(pointer);
  const [field = "", ...below] = parts;
  const inherited = entity.defaults.get(field);
  if (inherited !== undefined) {
    const at = pointerTo("defaults", entity.kind) + pointer;
    return { place: placeBelow(inherited, below), pointer: at, isInherited: true, isVerbatim: true };
  }
  for (let count = parts.length; count >= 0 && entity.origins !== undefined; count -= 1) {
    const origin = entity.origins.get(pointerTo(...parts.slice(0, count)));
    if (origin === undefined) continue;
    const { place, pointer: from } = origin;
    // A field of an override keeps its name; a header made from a key does not.
    const isVerbatim = count > 0 && pointerParts(from).at(-1) === parts[count - 1];
    if (!isVerbatim) return { place, pointer: from, isInherited: false, isVerbatim };
    const rest = parts.slice(count);
    return { place: placeBelow(place, rest), pointer: from + pointerTo(...rest), isInherited: false, isVerbatim };
  }
  const place = placeBelow(entity.place, parts);
  return { place, pointer: entity.pointer + pointer, isInherited: false, isVerbatim: true };
}

/** Whether the value at `pointer` must not be quoted. */
export function isHidden(entity: Pick<WrittenEntity, "variant" | "secrets">, pointer: JsonPointer): boolean {
  const [field = ""] = pointerParts(pointer);
  const isSensitive = entity.variant.fields[field]?.isSensitive === true;
  return (
    isSensitive || isWithin(pointer, entity.secrets) || entity.secrets.some((secret) => isWithin(secret, [pointer]))
  );
}

/** Whether the value at `pointer`, or a part of it, is a placeholder: nothing can be concluded from it. */
export function isWithheld({ withheld }: Pick<WrittenEntity, "withheld">, pointer: JsonPointer): boolean {
  const { pointers = [] } = withheld ?? {};
  return isWithin(pointer, pointers) || pointers.some((at) => isWithin(at, [pointer]));
}

/** `"value"`, or words that give nothing away. */
export function quoted(
  entity: Pick<WrittenEntity, "variant" | "secrets">,
  pointer: JsonPointer,
  value: string,
): string {
  return isHidden(entity, pointer) ? "(not shown)" : `"${value}"`;
}
