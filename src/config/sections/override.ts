/** What a target lays over an entity: its fields take the place of those that are written with the entity itself. */
import { isJsonObject, isWithin, pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import type { Origin } from "../config.ts";
import { childPlace, spanOf, type Place } from "../source/positions.ts";
import { readValue, type ReadContext, type ReadObject } from "../values/read-value.ts";

export interface Override {
  readonly place: Place;
  readonly context: ReadContext;
  /** To it, in the configuration. */
  readonly pointer: JsonPointer;
}

/** With the places of what was laid over. */
export function withOverride(
  read: ReadObject,
  { place, context, pointer }: Override,
): { readonly read: ReadObject; readonly origins: ReadonlyMap<JsonPointer, Origin> } {
  const laid = readValue(place, context);
  if (laid.value === null) return { read, origins: new Map() };
  if (!isJsonObject(laid.value)) {
    const at = spanOf(place, "value");
    context.report({ code: "KS1202", severity: "error", message: "an override must be a mapping", at, pointer });
    return { read, origins: new Map() };
  }
  // A rule reports a type: the object on one server would be another thing than on the next.
  const { type: _type, ...fields } = laid.value as Record<string, Json>;
  const roots = Object.keys(fields).map((name) => pointerTo(name));
  const merge = (own: readonly JsonPointer[], over: readonly JsonPointer[]): readonly JsonPointer[] => [
    ...own.filter((at) => !isWithin(at, roots)),
    ...over.filter((at) => isWithin(at, roots)),
  ];
  const origins = Object.keys(fields).map((name): [JsonPointer, Origin] => [
    pointerTo(name),
    { place: childPlace(place, name) ?? place, pointer: pointer + pointerTo(name) },
  ]);
  return {
    read: {
      value: { ...read.value, ...fields },
      secrets: merge(read.secrets, laid.secrets),
      broken: merge(read.broken, laid.broken),
      whole: merge(read.whole, laid.whole),
    },
    origins: new Map(origins),
  };
}
