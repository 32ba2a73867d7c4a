/** `defaults.monitor` and the like: checked once on their own, so that one mistake is one finding and not thousands. */
import type { Variant } from "../../kinds/kind.ts";
import type { KindName } from "../../model/entity.ts";
import { pointerTo } from "../../model/json.ts";
import { defaultsSchema } from "./json-schema.ts";
import type { Place } from "../source/positions.ts";
import type { ReadDefaults } from "./read-entity.ts";
import { readFields, type FieldsOptions } from "./read-fields.ts";

export function readDefaults(
  kind: { readonly name: KindName; readonly variants: readonly Variant[] },
  places: ReadonlyMap<string, Place>,
  options: FieldsOptions,
): ReadDefaults {
  const read = readFields(
    {
      places,
      pointer: pointerTo("defaults", kind.name),
      subject: `the defaults of a ${kind.name}`,
      schema: defaultsSchema(kind.variants),
      fields: Object.assign({}, ...kind.variants.map((variant) => variant.fields)) as Variant["fields"],
    },
    options,
  );
  return { ...read, places };
}
