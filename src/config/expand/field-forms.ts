/** Tells how the fields of a kind are merged when one block is laid over another. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Kind } from "../../kinds/kind.ts";

export interface FieldForms {
  /** Fields whose value can only be a list: they accept `{ add: […] }`. */
  readonly lists: ReadonlySet<string>;
  /** Fields whose value may be a mapping, such as headers: each key replaces only the same key below. */
  readonly mappings: ReadonlySet<string>;
}

interface KindForms {
  /** For templates, and for the object that uses them. */
  readonly joined: FieldForms;
  /** For `defaults` and overrides: mappings are replaced as a whole, so that a header for one host goes to no other. */
  readonly replaced: FieldForms;
}

const known = new WeakMap<Kind, KindForms>();

/** A field has the same form in all types of a kind. */
export function fieldForms(kind: Kind): KindForms {
  const forms = known.get(kind) ?? buildForms(kind);
  known.set(kind, forms);
  return forms;
}

function buildForms({ variants }: Kind): KindForms {
  const fields = variants.flatMap((variant) => Object.entries(variant.fields));
  const named = (isOfForm: (schema: JsonSchema) => boolean): ReadonlySet<string> =>
    new Set(fields.flatMap(([name, { schema }]) => (isOfForm(schema) ? [name] : [])));
  const lists = named(({ type }) => type === "array");
  const mappings = named(({ type }) => type === "object" || (Array.isArray(type) && type.includes("object")));
  return { joined: { lists, mappings }, replaced: { lists, mappings: new Set() } };
}
