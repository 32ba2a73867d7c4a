/** Kinds, types and fields from their own tables, as data for `explain`. */
import { lifecycleSchemas } from "../../config/sections/lifecycle-schemas.ts";
import { testSchemas } from "../../config/sections/monitor-tests.ts";
import { selectKey, selectSchemas } from "../../config/selectors/select-key.ts";
import { resendSchemas } from "../../config/sections/resend-every.ts";
import { flowYaml } from "../../config/pasted/flow-yaml.ts";
import { plainName } from "../../config/pasted/plain-name.ts";
import { defaultWords, exampleOf, fieldWords } from "../../kinds/describe/field-words.ts";
import { shortRelease, typeWords } from "../../kinds/describe/schema-words.ts";
import { ownFields, sharedFields } from "../../kinds/describe/shared-fields.ts";
import { kumaKey, type Field, type Fields, type JsonSchema } from "../../kinds/field.ts";
import type { Kind, KindRegistry, Variant } from "../../kinds/kind.ts";
import type { ExplainedEntry, ExplainedSection, Explanation } from "../../model/explanation.ts";
import type { Json } from "../../model/json.ts";
import type { FieldOwner } from "./find-topic.ts";

const quote = (value: Json): string => (typeof value === "string" ? value : flowYaml(value));

/** The kinds, each with the section it is written in. */
export function explainKinds(kinds: KindRegistry): Explanation {
  return {
    topic: "kinds",
    summary: "What kuma-sync manages in Uptime Kuma, by the section of the configuration.",
    sections: [
      {
        heading: "Sections",
        entries: [...kinds.values()].map((kind) => ({
          name: kind.section,
          ...sinceOf(kind.since),
          description:
            kind.variants.length > 1
              ? `${kind.variants.length} types: kuma-sync explain ${kind.name === "monitor" ? "types" : kind.name}`
              : (kind.variants[0]?.summary ?? ""),
        })),
      },
    ],
    more: ["kuma-sync explain KIND, for example: kuma-sync explain tag", "docs/reference/kinds.md"],
  };
}

/** The types of a kind, or its fields if it has only one shape. */
export function explainKind(kind: Kind): Explanation {
  const [only, ...others] = kind.variants;
  if (only !== undefined && others.length === 0) return explainVariant({ kind, variant: only }, []);
  const shared = sharedFields(kind.variants);
  const typed = kind.variants.filter(({ isOpen }) => !isOpen);
  const open = kind.variants.filter(({ isOpen }) => isOpen);
  const isMonitor = kind.name === "monitor";
  return {
    topic: isMonitor ? "types" : kind.name,
    summary: isMonitor
      ? `The ${kind.variants.length} types of monitors. Every monitor has \`type\` and the fields below.`
      : `The ${kind.variants.length} types of a ${kind.name}. Upper and lower case count.`,
    sections: [
      { heading: "Types", entries: typed.map(typeEntry) },
      ...(open.length === 0
        ? []
        : [{ heading: "Types whose settings pass through, by Uptime Kuma's own names", entries: open.map(nameOnly) }]),
      { heading: `Fields of every ${kind.name}`, entries: fieldEntries(shared, { ...only, required: [] }) },
      { heading: "Keys that every object accepts", entries: keyEntries(lifecycleSchemas) },
    ],
    more: [
      isMonitor ? "kuma-sync explain TYPE, for example: kuma-sync explain http" : "kuma-sync explain notification TYPE",
      isMonitor ? "docs/reference/monitor-types.md" : "docs/reference/notifications.md",
    ],
  };
}

function typeEntry({ type = "", since, summary, required }: Variant): ExplainedEntry {
  const needs = required.filter((name) => name !== "name");
  const more = needs.length === 0 ? "" : ` Needs ${needs.join(", ")}.`;
  return { name: type, ...sinceOf(since), description: summary + more };
}

function nameOnly({ type = "", since }: Variant): ExplainedEntry {
  return { name: type, ...sinceOf(since), description: "" };
}

/** `others` have a type of the same name. */
export function explainVariant({ kind, variant }: FieldOwner, others: readonly Kind[]): Explanation {
  const { type } = variant;
  const isOne = type === undefined;
  const shared = isOne ? {} : sharedFields(kind.variants);
  const own = isOne ? variant.fields : ownFields(variant, shared);
  const since = variant.since ?? kind.since;
  const keys = { ...resendSchemas(variant), ...selectSchemas(variant), ...testSchemas(variant) };
  const topic = isOne ? kind.name : others.length > 0 || kind.name !== "monitor" ? `${kind.name} ${type}` : type;
  return {
    topic,
    summary: variant.summary + (since === undefined ? "" : ` Uptime Kuma ${shortRelease(since)} and later.`),
    sections: withEntries([
      { heading: "Fields", entries: fieldEntries(own, variant) },
      { heading: `Fields of every ${kind.name}`, entries: fieldEntries(shared, variant) },
      { heading: "Keys that are not sent to the server", entries: keyEntries({ ...keys, ...lifecycleSchemas }) },
    ]),
    example: {
      [kind.section]: kind.onlyKey === undefined ? { [exampleKey(kind, variant)]: variant.example } : variant.example,
    },
    more: [
      ...others.map(({ name }) => `there is a ${name} of this type too: kuma-sync explain ${name} ${type}`),
      ...(isOne ? ["docs/reference/kinds.md"] : [`kuma-sync explain ${kind.name === "monitor" ? "types" : kind.name}`]),
    ],
  };
}

function withEntries(sections: readonly ExplainedSection[]): readonly ExplainedSection[] {
  return sections.filter(({ entries }) => entries.length > 0);
}

function exampleKey({ name }: Kind, { type }: Variant): string {
  return `my-${(type ?? name).toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-")}`;
}

/** A key that is no field: `onRemove`, `sample`, `resendEvery`. Undefined when no object has it. */
export function explainKey(plain: string, kinds: KindRegistry): Explanation | undefined {
  const variants = [...kinds.values()].flatMap((kind) => kind.variants);
  const shared = Object.entries(lifecycleSchemas);
  const ofMonitors = variants.flatMap((variant) =>
    Object.entries({ ...resendSchemas(variant), ...selectSchemas(variant), ...testSchemas(variant) }),
  );
  const [found] = [...shared, ...ofMonitors].filter(([name]) => plainName(name) === plain);
  if (found === undefined) return undefined;
  const [name, schema] = found;
  const isShared = shared.some(([key]) => key === name);
  const isSelect = name === selectKey;
  return {
    topic: name,
    summary: isShared
      ? "A key that every object accepts. The server has no such field."
      : isSelect
        ? "A key of maintenance, and of the groups of a status page. The server gets the monitors."
        : "A key of monitors.",
    sections: [{ heading: "Key", entries: keyEntries({ [name]: schema }) }],
    more: [isSelect ? "docs/selecting-monitors.md" : "docs/reference/configuration.md"],
  };
}

/** One field, once for each way in which the types that have it define it. */
export function explainField(name: string, owners: readonly FieldOwner[]): Explanation {
  const entries = new Map<string, { readonly entry: ExplainedEntry; readonly in: string[] }>();
  for (const { kind, variant } of owners) {
    const field = variant.fields[name];
    const [entry] = field === undefined ? [] : fieldEntries({ [name]: field }, variant);
    if (entry === undefined) continue;
    const { isRequired: _isRequired, ...same } = entry;
    const found = entries.get(JSON.stringify(same)) ?? { entry: same, in: new Array<string>() };
    entries.set(JSON.stringify(same), found);
    found.in.push(variant.type ?? kind.name);
  }
  const [owner] = owners;
  const isAll = owners.length === owner?.kind.variants.length && owners.every(({ kind }) => kind === owner.kind);
  return {
    topic: name,
    summary: isAll ? `A field of every ${owner.kind.name}.` : "A field of these types.",
    sections: [...entries.values()].map(({ entry, in: types }) => ({
      heading: isAll && entries.size === 1 ? `Every ${owner.kind.name}` : types.join(", "),
      entries: [entry],
    })),
    more: owner?.variant.type === undefined ? [] : [`kuma-sync explain ${owner.variant.type}`],
  };
}

function fieldEntries(
  fields: Fields,
  { required = [], nameField = "name" }: Partial<Variant>,
): readonly ExplainedEntry[] {
  const entries = Object.entries(fields).map(([name, field]) => fieldEntry(name, field, { required, nameField }));
  return entries.toSorted((left, right) => Number(right.isRequired ?? false) - Number(left.isRequired ?? false));
}

function fieldEntry(
  name: string,
  field: Field,
  { required, nameField }: { readonly required: readonly string[]; readonly nameField: string },
): ExplainedEntry {
  const isRequired = required.includes(name) && name !== nameField;
  const usual = name === nameField ? "the key" : defaultWords(field, quote);
  const example = exampleOf(field);
  return {
    name,
    type: fieldWords(field, quote),
    ...(isRequired ? { isRequired: true } : {}),
    ...(isRequired || usual === undefined ? {} : { default: usual }),
    ...sinceOf(field.since),
    ...(kumaKey(name, field) === name ? {} : { kuma: kumaKey(name, field) }),
    description: textOf(field.schema["description"]),
    ...(example === undefined ? {} : { example }),
  };
}

/** Keys that are no fields: `onRemove`, `sample`. */
export function keyEntries(schemas: Readonly<Record<string, JsonSchema>>): readonly ExplainedEntry[] {
  return Object.entries(schemas).map(([name, schema]) => {
    const usual = defaultWords({ schema }, quote);
    const example = exampleOf({ schema });
    return {
      name,
      type: typeWords(schema, quote),
      ...(usual === undefined ? {} : { default: usual }),
      description: textOf(schema["description"]),
      ...(example === undefined ? {} : { example }),
    };
  });
}

function sinceOf(since: Variant["since"]): { readonly since?: string } {
  return since === undefined ? {} : { since: shortRelease(since) };
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
