/** Checks `defaults.monitor` and the like once, so that a mistake gives one finding and not thousands. */
import type { Variant } from "../../kinds/kind.ts";
import type { KindName } from "../../model/entity.ts";
import { meantKey } from "../pasted/meant-key.ts";
import { pointerTo, type JsonPointer } from "../../model/json.ts";
import { defaultsSchema } from "./json-schema.ts";
import type { YamlPlace } from "../source/positions.ts";
import { withFacts, type KnownValue } from "../values/provenance.ts";
import { readFields, type FieldsOptions, type ReadFields } from "./read-fields.ts";

export function readDefaults(
  kind: { readonly name: KindName; readonly variants: readonly Variant[] },
  places: ReadonlyMap<string, YamlPlace>,
  options: FieldsOptions,
): ReadFields {
  const fields = Object.assign({}, ...kind.variants.map((variant) => variant.fields)) as Variant["fields"];
  const read = readFields(
    {
      places,
      pointer: pointerTo("defaults", kind.name),
      subject: `the defaults of a ${kind.name}`,
      schema: defaultsSchema(kind.variants),
      fields,
      explainUnknown: ({ name, value }) =>
        name === "type"
          ? { hint: `every ${kind.name} says its own type` }
          : meantKey({ kind, variant: { fields }, name, value }),
    },
    options,
  );
  const origins = [...places].map(([field, place]): [JsonPointer, KnownValue] => [
    pointerTo(field),
    { origin: { by: "defaults", place, pointer: pointerTo("defaults", kind.name, field) } },
  ]);
  return { ...read, provenance: withFacts(read.provenance, new Map(origins)) };
}
