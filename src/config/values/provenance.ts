/**
 * Where the values of an object come from, and what follows from it. One map from places in the object to what is known
 * about them, in place of a list for each question. A value that nobody wrote (the default of Uptime Kuma's form) has no
 * entry, and no origin but the object.
 */
import { InternalError } from "../../model/errors.ts";
import { pointerParts, pointerTo, type JsonPointer } from "../../model/json.ts";
import type { ValueOrigin } from "../../model/value-origin.ts";
import { placeBelow } from "../source/child-place.ts";
import { type YamlPlace } from "../source/positions.ts";
import type { TextPart, UnreadPart } from "./text-parts.ts";

/** A part of the configuration that gives values to objects, and a place in it. */
export interface Origin {
  readonly by: ValueOrigin["by"];
  readonly place: YamlPlace;
  /** To that place, in the configuration. */
  readonly pointer: JsonPointer;
}

export interface KnownValue {
  /** For this place and what lies below it; absent: that of the nearest place above. */
  readonly origin?: Origin;
  /** The value of a row that stands in place of `${each:…}`; what is written below it is written in the row. */
  readonly rowPlace?: YamlPlace;
  /** The row that an object of a loop was made for; known at the root. */
  readonly loopRow?: YamlPlace;
  /** The text holds a value of `${env:…}` or `${file:…}`: it is never shown. */
  readonly isSecret?: true;
  /** That value was not read, and a placeholder stands for it. `fitted`: another than usual, because the field wants it. */
  readonly placeholder?: "usual" | "fitted";
  /** The text is one expression and nothing else: it may stand for a number or a boolean. */
  readonly isWhole?: true;
  /** The text with what comes from outside left unread; only of one that `isSecret`. */
  readonly parts?: readonly TextPart[];
  /** The one expression that the text is, where it was written as one. */
  readonly whole?: UnreadPart;
  /** The value has a finding already, and nothing else should be said about it. */
  readonly isBroken?: true;
}

export type Provenance = ReadonlyMap<JsonPointer, KnownValue>;

type Fact = Exclude<keyof KnownValue, "origin" | "rowPlace" | "loopRow">;

/** The places with this fact, in the order in which they were read. */
export function placesWith(provenance: Provenance, fact: Fact): readonly JsonPointer[] {
  if (provenance.size === 0) return [];
  return [...provenance].flatMap(([pointer, known]) => (known[fact] === undefined ? [] : [pointer]));
}

/**
 * Whether the fact holds for the value at `pointer`, for a part of it, or for something it is part of. It may be asked for
 * each of thousands of values, so it is looked up; `provenance` does not change once somebody has asked.
 */
export function concerns(provenance: Provenance, fact: Fact, pointer: JsonPointer): boolean {
  const { places, above } = placesOf(provenance, fact);
  if (places.size === 0) return false;
  return above.has(pointer) || [pointer, ...pointersAbove(pointer)].some((at) => places.has(at));
}

/** The places with a fact, and the places above those. */
interface FactPlaces {
  readonly places: ReadonlySet<JsonPointer>;
  readonly above: ReadonlySet<JsonPointer>;
}

const nowhere: FactPlaces = { places: new Set(), above: new Set() };
const placesByFact = new WeakMap<Provenance, Map<Fact, FactPlaces>>();

function placesOf(provenance: Provenance, fact: Fact): FactPlaces {
  const known = placesByFact.get(provenance)?.get(fact);
  if (known !== undefined) return known;
  const places = placesWith(provenance, fact);
  const found =
    places.length === 0 ? nowhere : { places: new Set(places), above: new Set(places.flatMap(pointersAbove)) };
  placesByFact.set(provenance, (placesByFact.get(provenance) ?? new Map<Fact, FactPlaces>()).set(fact, found));
  return found;
}

/** Of `/a/b`: `/a` and the root. */
export function pointersAbove(pointer: JsonPointer): readonly JsonPointer[] {
  const above: JsonPointer[] = [];
  for (let end = pointer.lastIndexOf("/"); end >= 0; end = end === 0 ? -1 : pointer.lastIndexOf("/", end - 1)) {
    above.push(pointer.slice(0, end));
  }
  return above;
}

/** Whether any place has a finding already. */
export function isBroken(provenance: Provenance): boolean {
  return placesWith(provenance, "isBroken").length > 0;
}

/** Whether any place holds a value of `${env:…}` or `${file:…}`. */
export function holdsSecret(provenance: Provenance): boolean {
  return placesWith(provenance, "isSecret").length > 0;
}

/** With the fact for more places. */
export function withFacts(provenance: Provenance, facts: ReadonlyMap<JsonPointer, KnownValue>): Provenance {
  if (facts.size === 0) return provenance;
  const all = new Map(provenance);
  for (const [at, known] of facts) all.set(at, { ...all.get(at), ...known });
  return all;
}

export interface WrittenAt extends Origin {
  /** The value stands there as it is, and was not made from what stands there. */
  readonly isVerbatim: boolean;
  /** It stands in a row of a loop, and not where the pointer leads. */
  readonly isInRow?: true;
}

/** Where the value at `pointer` is written; for one that nobody wrote, where it would be. */
export function writtenAt(provenance: Provenance, pointer: JsonPointer): WrittenAt {
  const parts = pointerParts(pointer);
  const found = inBlock(provenance, pointer, parts);
  const row = inRow(provenance, pointer, parts.length);
  if (row === undefined) return found;
  return { ...found, place: placeBelow(row.place, parts.slice(row.depth)), isVerbatim: true, isInRow: true };
}

/** Where the key of the value stands, which is never in a row but for what is below a value of the row. */
export function keyWrittenAt(provenance: Provenance, pointer: JsonPointer): WrittenAt {
  const isOfRow = provenance.get(pointer)?.rowPlace !== undefined;
  return isOfRow ? inBlock(provenance, pointer, pointerParts(pointer)) : writtenAt(provenance, pointer);
}

/** The place of the row's value that is at `pointer` or above it, and how many parts of the pointer lead to it. */
function inRow(
  provenance: Provenance,
  pointer: JsonPointer,
  length: number,
): { readonly place: YamlPlace; readonly depth: number } | undefined {
  for (const [index, at] of [pointer, ...pointersAbove(pointer)].entries()) {
    const known = provenance.get(at);
    if (known?.rowPlace !== undefined) return { place: known.rowPlace, depth: length - index };
    if (known?.origin !== undefined) return undefined;
  }
  return undefined;
}

function inBlock(provenance: Provenance, pointer: JsonPointer, parts: readonly string[]): WrittenAt {
  for (let count = parts.length; count >= 0; count -= 1) {
    const origin = provenance.get(count === parts.length ? pointer : pointerTo(...parts.slice(0, count)))?.origin;
    if (origin === undefined) continue;
    // A field of an override keeps its name; a header that a service block makes from a key does not.
    const keepsName = count > 0 && pointerParts(origin.pointer).at(-1) === parts[count - 1];
    if (origin.by === "service" && !keepsName) return { ...origin, isVerbatim: false };
    const rest = parts.slice(count);
    const place = placeBelow(origin.place, rest);
    return { by: origin.by, place, pointer: origin.pointer + pointerTo(...rest), isVerbatim: true };
  }
  throw new InternalError("the provenance of an object starts with its own origin");
}

/** The origin of the value at `pointer` by itself, for one that is to lie somewhere else. */
export function originAt(provenance: Provenance, pointer: JsonPointer): Origin {
  const { by, place, pointer: at } = writtenAt(provenance, pointer);
  return { by, place, pointer: at };
}

/** Whether the field has its value from `defaults`, at the top level or in a group, which are not only for this object. */
export function isFromDefaults(provenance: Provenance, pointer: JsonPointer): boolean {
  const by = provenance.get(pointer)?.origin?.by;
  return by === "defaults" || by === "group";
}
