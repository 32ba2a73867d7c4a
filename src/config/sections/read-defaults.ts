/**
 * What stands under `defaults`, at the top level or in a group: checked once on its own, so that one mistake is one
 * finding and not thousands.
 */
import type { Kind, KindRegistry, Variant } from "../../kinds/kind.ts";
import type { KindName } from "../../model/entity.ts";
import { meantKey } from "../pasted/meant-key.ts";
import { pointerTo, type JsonPointer } from "../../model/json.ts";
import { explainUnknown, rightPlace } from "./entity-keys.ts";
import { defaultsSchema, groupDefaultsSchema, typeDefaultsSchema } from "./json-schema.ts";
import { withFacts, type KnownValue, type Origin } from "../values/provenance.ts";
import { readFields, type FieldsInput, type FieldsOptions, type ReadFields } from "./read-fields.ts";

type Places = FieldsInput["places"];

/** What stands under `defaults` at the top level, before it is read. */
export interface WrittenDefaults {
  /** `defaults.monitor` and the like, then by field. */
  readonly byKind: ReadonlyMap<KindName, Places>;
  /** `defaults.http` and the like: by the type of a monitor, then by field. */
  readonly byType: ReadonlyMap<string, Places>;
}

export interface ReadDefaults {
  readonly byKind: ReadonlyMap<KindName, ReadFields>;
  readonly byType: ReadonlyMap<string, ReadFields>;
}

export function readDefaults(
  { byKind, byType }: WrittenDefaults,
  { registry, ...options }: FieldsOptions & { readonly registry: KindRegistry },
): ReadDefaults {
  const monitor = registry.get("monitor");
  return {
    byKind: new Map(
      [...byKind].flatMap(([name, places]): [KindName, ReadFields][] => {
        const kind = registry.get(name);
        return kind === undefined ? [] : [[name, readKindDefaults(kind, places, options)]];
      }),
    ),
    byType: new Map(
      [...byType].flatMap(([type, places]): [string, ReadFields][] => {
        const variant = monitor?.variant(type);
        return monitor === undefined || variant === undefined
          ? []
          : [[type, readTypeDefaults(monitor, variant, places, options)]];
      }),
    ),
  };
}

type Explain = NonNullable<FieldsInput["explainUnknown"]>;

/** `defaults.monitor` and the like. */
function readKindDefaults(kind: Kind, places: Places, options: FieldsOptions): ReadFields {
  const { name, variants } = kind;
  const fields = fieldsOf(variants);
  const explain: Explain = (entry) =>
    entry.name === "type"
      ? { hint: `every ${name} says its own type` }
      : meantKey({ kind, variant: { fields }, ...entry });
  const about = { pointer: pointerTo("defaults", name), subject: `the defaults of a ${name}`, by: "defaults" } as const;
  return readLayer({ ...about, places, schema: defaultsSchema(variants), fields, explainUnknown: explain }, options);
}

/** `defaults.http` and the like. */
function readTypeDefaults(kind: Kind, variant: Variant, places: Places, options: FieldsOptions): ReadFields {
  const type = variant.type ?? "";
  const explain: Explain = (entry) => {
    if (entry.name === "name") return { hint: "each monitor has its own" };
    return entry.name === "type" ? { hint: `leave it out: it is ${type}` } : explainUnknown(kind, variant, entry);
  };
  const about = { pointer: pointerTo("defaults", type), subject: `the defaults of ${type}`, by: "defaults" } as const;
  const { fields } = variant;
  return readLayer({ ...about, places, schema: typeDefaultsSchema(variant), fields, explainUnknown: explain }, options);
}

/** `defaults` in the block of a group, for the monitors below it; `pointer` leads to them. */
export function readGroupDefaults(
  kind: Kind,
  { places, group, pointer }: { readonly places: Places; readonly group: string; readonly pointer: JsonPointer },
  options: FieldsOptions,
): ReadFields {
  const { variants } = kind;
  const fields = fieldsOf(variants);
  const types = new Set(variants.map(({ type }) => type));
  const explain: Explain = (entry) => {
    const { name } = entry;
    if (name === "parent") return { hint: "leave it out: the group itself is the parent" };
    if (name === "type") return { hint: "every monitor says its own type" };
    if (name === "monitor" || types.has(name))
      return { hint: "write the fields themselves; by type they stand under `defaults` at the top level" };
    const place = rightPlace(name);
    return place === undefined ? meantKey({ kind, variant: { fields }, ...entry }) : { hint: place };
  };
  const about = { pointer, subject: `the defaults of group "${group}"`, by: "group" } as const;
  return readLayer(
    { ...about, places, schema: groupDefaultsSchema(variants), fields, explainUnknown: explain },
    options,
  );
}

function fieldsOf(variants: readonly Variant[]): Variant["fields"] {
  return Object.assign({}, ...variants.map((variant) => variant.fields)) as Variant["fields"];
}

function readLayer({ by, ...about }: FieldsInput & Pick<Origin, "by">, options: FieldsOptions): ReadFields {
  const read = readFields(about, options);
  const origins = [...about.places].map(([field, place]): [JsonPointer, KnownValue] => [
    pointerTo(field),
    { origin: { by, place, pointer: about.pointer + pointerTo(field) } },
  ]);
  return { ...read, provenance: withFacts(read.provenance, new Map(origins)) };
}
