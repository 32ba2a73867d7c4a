/** The override of a target: its fields replace those that are written with the entity. */
import { isJsonObject, pointerTo, type Json, type JsonPointer } from "../../model/json.ts";
import { blockWithout } from "../expand/block-without.ts";
import { repeatedKeys } from "../expand/repeated-keys.ts";
import { enabledKey } from "../values/loop-row.ts";
import { childPlace } from "../source/child-place.ts";
import { spanOf, type YamlPlace } from "../source/positions.ts";
import { withFacts, type KnownValue } from "../values/provenance.ts";
import { readValue, type ReadContext, type ReadObject } from "../values/read-value.ts";

export interface Override {
  readonly place: YamlPlace;
  readonly context: ReadContext;
  /** Pointer to the override in the configuration. */
  readonly pointer: JsonPointer;
}

/** Undefined where there is nothing to lay over, with a finding where that is a mistake. */
export function readOverride({ place, context, pointer }: Override): ReadObject | undefined {
  // Whether the object is enabled is known already.
  for (const finding of repeatedKeys(place, [enabledKey])) context.report(finding);
  const laid = readValue(blockWithout(place, [enabledKey]), context);
  if (laid.value === null) return undefined;
  if (!isJsonObject(laid.value)) {
    const at = spanOf(place, "value");
    context.report({ code: "KS1202", severity: "error", message: "an override must be a mapping", at, pointer });
    return undefined;
  }
  // A rule reports `type`, which must not differ between servers.
  const { type: _type, ...value } = laid.value as Record<string, Json>;
  const origins = Object.keys(value).map((name): [JsonPointer, KnownValue] => [
    pointerTo(name),
    {
      origin: { by: "override", place: childPlace(place, name) ?? place, pointer: pointer + pointerTo(name) },
    },
  ]);
  return { value, provenance: withFacts(laid.provenance, new Map(origins)) };
}
