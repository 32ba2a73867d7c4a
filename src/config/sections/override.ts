/** The override of a target: its fields replace those that are written with the entity. */
import { isJsonObject, pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import { childPlace } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { sameAs } from "./resend-every.ts";
import { laidOver, withFacts, type KnownValue } from "../values/provenance.ts";
import { readValue, type ReadContext, type ReadObject } from "../values/read-value.ts";

export interface Override {
  readonly place: YamlPlace;
  readonly context: ReadContext;
  /** Pointer to the override in the configuration. */
  readonly pointer: JsonPointer;
}

export function withOverride(read: ReadObject, { place, context, pointer }: Override): ReadObject {
  const laid = readValue(place, context);
  if (laid.value === null) return read;
  if (!isJsonObject(laid.value)) {
    const at = spanOf(place, "value");
    context.report({ code: "KS1202", severity: "error", message: "an override must be a mapping", at, pointer });
    return read;
  }
  // A rule reports `type`, which must not differ between servers.
  const { type: _type, ...fields } = laid.value as Record<string, Json>;
  const roots = Object.keys(fields).map((name) => pointerTo(name));
  const origins = Object.keys(fields).map((name): [JsonPointer, KnownValue] => [
    pointerTo(name),
    {
      origin: { by: "override", place: childPlace(place, name) ?? place, pointer: pointer + pointerTo(name) },
    },
  ]);
  const over = withFacts(laid.provenance, new Map(origins));
  const kept = Object.entries(read.value).filter(([name]) => !Object.hasOwn(fields, sameAs(name) ?? name));
  return { value: { ...Object.fromEntries(kept), ...fields }, provenance: laidOver(read.provenance, over, roots) };
}
