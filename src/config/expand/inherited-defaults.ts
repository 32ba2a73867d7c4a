/**
 * The values that an object gets from `defaults` and from the groups above it. From weakest to strongest: the defaults of
 * its kind, those of its type, those of the groups from the outermost to its own.
 */
import type { Kind, Variant } from "../../kinds/kind.ts";
import { entityKey, type EntityKey } from "../../model/entity.ts";
import type { Json } from "../../model/json.ts";
import { sharedLifecycleSchemas } from "../sections/lifecycle-schemas.ts";
import { sameAs } from "../sections/resend-every.ts";
import type { ReadDefaults } from "../sections/read-defaults.ts";
import type { ReadFields } from "../sections/read-fields.ts";
import type { ReadObject } from "../values/read-value.ts";
import { topValue, type EntityDraft } from "./draft.ts";
import { fieldForms } from "./field-forms.ts";
import { layOver } from "./lay-over.ts";

export interface InheritedDefaults {
  /** The values of an object that writes nothing itself but `parent`; undefined if it does not write that. */
  under(kind: Kind, variant: Variant, parent: Json | undefined): ReadObject;
}

/** A monitor that contains others. */
interface Group {
  /** As written; undefined if it is not written. */
  readonly parent: Json | undefined;
  readonly defaults: readonly ReadFields[];
}

const nothing: ReadObject = { value: {}, provenance: new Map() };

/** `drafts` are all objects of the configuration, groups among them. */
export function createInheritedDefaults(
  { byKind, byType }: ReadDefaults,
  drafts: readonly EntityDraft[],
): InheritedDefaults {
  const groups = new Map(
    drafts.flatMap((draft): [EntityKey, Group][] => {
      const { key, groupDefaults } = draft;
      if (groupDefaults === undefined) return [];
      return [[key, { parent: topValue(draft, "parent"), defaults: groupDefaults }]];
    }),
  );
  const known = new Map<Variant, Map<string | undefined, ReadObject>>();

  /** The groups above, the outermost first. A circle of groups has a finding of its own. */
  const groupsAbove = (parent: string): readonly Group[] => {
    const above = new Set<Group>();
    let next: Json | undefined = parent;
    while (typeof next === "string") {
      const group = groups.get(entityKey("monitor", next));
      if (group === undefined || above.has(group)) break;
      above.add(group);
      next = group.parent ?? parentIn(ofType("group"));
    }
    return [...above].toReversed();
  };

  /** The defaults of all monitors, and those of the type. */
  const ofType = (type: string | undefined): readonly (ReadFields | undefined)[] => [
    byKind.get("monitor"),
    type === undefined ? undefined : byType.get(type),
  ];

  const build = (kind: Kind, variant: Variant, parent: string | undefined): ReadObject => {
    const layers = [
      ...(kind.name === "monitor" ? ofType(variant.type) : [byKind.get(kind.name)]),
      ...(parent === undefined ? [] : groupsAbove(parent).flatMap(({ defaults }) => defaults)),
    ];
    const forms = fieldForms(kind).replaced;
    return layers
      .flatMap((layer) => (layer === undefined ? [] : [forVariant(layer, variant)]))
      .reduce((lower, upper) => layOver(lower, upper, forms), nothing);
  };

  return {
    under(kind, variant, written) {
      const said = written === undefined && kind.name === "monitor" ? parentIn(ofType(variant.type)) : written;
      // A parent that was created by hand has no defaults here.
      const parent = typeof said === "string" ? said : undefined;
      const ofVariant = known.get(variant) ?? new Map<string | undefined, ReadObject>();
      known.set(variant, ofVariant);
      const found = ofVariant.get(parent) ?? build(kind, variant, parent);
      ofVariant.set(parent, found);
      return found;
    },
  };
}

function parentIn(layers: readonly (ReadFields | undefined)[]): Json | undefined {
  return layers.findLast((layer) => layer?.fields["parent"] !== undefined)?.fields["parent"];
}

/** Keeps only the fields of the type. */
function forVariant({ fields, provenance }: ReadFields, variant: Variant): ReadObject {
  const kept = Object.entries(fields).filter(([name]) => hasKey(variant, name));
  return { value: Object.fromEntries(kept), provenance };
}

function hasKey({ fields }: Variant, name: string): boolean {
  return (
    Object.hasOwn(fields, name) ||
    Object.hasOwn(fields, sameAs(name) ?? name) ||
    Object.hasOwn(sharedLifecycleSchemas, name)
  );
}
