/** How the fields of a kind take part when one block is laid over another. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { Kind } from "../../kinds/kind.ts";

export interface FieldForms {
  /** Whose value is a list and nothing else: `{ add: […] }` can be written in its place. */
  readonly lists: ReadonlySet<string>;
  /** Whose value may be a mapping, such as headers: its keys are laid over one by one. */
  readonly mappings: ReadonlySet<string>;
}

interface KindForms {
  /** For templates and the object that uses them. */
  readonly joined: FieldForms;
  /** For `defaults` and overrides: a mapping replaces the one below, so that a header meant for one host goes to no other. */
  readonly replaced: FieldForms;
}

const known = new WeakMap<Kind, KindForms>();

/** Of all types of the kind: a field has one form in all of them. */
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
