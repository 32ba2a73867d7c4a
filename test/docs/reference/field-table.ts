/** The fields of a variant, one row each, and below a field what it holds. */
import { kumaKey, type Field, type Fields, type JsonSchema } from "../../../src/kinds/field.ts";
import { selectorSchema } from "../../../src/kinds/selector-schema.ts";
import { isJsonObject, type Json } from "../../../src/model/json.ts";
import { cell, code, range, table } from "./markdown.ts";
import { defaultWords, exampleOf, fieldWords } from "../../../src/kinds/describe/field-words.ts";
import { typeWords } from "../../../src/kinds/describe/schema-words.ts";

const head = ["field", "type", "default", "since", "in Uptime Kuma", "what it is"];

interface TableOptions {
  readonly required: readonly string[];
  /** The field that an object is known by, which its key stands in for. */
  readonly nameField?: string | undefined;
  /** What is not written stays as it is on the server. */
  readonly isKept?: boolean;
}

export function fieldTable(fields: Fields, { required, nameField = "name", isKept = false }: TableOptions): string {
  const rows = Object.entries(fields).flatMap(([name, field]) => [
    [
      `\`${name}\``,
      fieldWords(field, code),
      name === nameField
        ? "the key"
        : required.includes(name)
          ? "**required**"
          : isKept
            ? "as it is"
            : (defaultWords(field, code) ?? "none"),
      range(field.since),
      kumaKey(name, field) === name ? "" : `\`${kumaKey(name, field)}\``,
      aboutOf(field),
    ],
    ...innerRows(name, field.schema).map(([inner, words, about]) => [inner, words, "", "", "", about]),
  ]);
  return table(head, rows);
}

/** A row for each key of a mapping, or of the mappings in a list, all the way down. */
export function innerRows(path: string, schema: JsonSchema): readonly (readonly [string, string, string])[] {
  // It has a page of its own.
  if (schema === selectorSchema) return [];
  const { items, properties, required } = schema;
  if (isJsonObject(items)) return innerRows(`${path}[]`, items);
  if (Array.isArray(schema["anyOf"])) {
    const branches = schema["anyOf"] as readonly JsonSchema[];
    return branches.filter((branch) => !isByHand(branch)).flatMap((branch) => innerRows(path, branch));
  }
  if (!isJsonObject(properties)) return [];
  const needed = Array.isArray(required) ? (required as readonly Json[]) : [];
  return Object.entries(properties).flatMap(([name, inner]) => {
    if (!isJsonObject(inner)) return [];
    const mark = needed.includes(name) ? ", **required**" : "";
    const about = cell(textOf(inner["description"]));
    const words = typeWords(inner, code);
    const at = `${path}.${name}`;
    return [[`\`${at}\``, words + mark, about + defaultOfSchema(inner)] as const, ...innerRows(at, inner)];
  });
}

/** `{ name }` or `{ id }` in place of a key, said once for the page. */
function isByHand({ properties, description }: JsonSchema): boolean {
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  return names.length === 1 && textOf(description).includes("made by hand");
}

function defaultOfSchema({ default: value }: JsonSchema): string {
  return value === undefined || value === null ? "" : ` Default: ${code(value)}.`;
}

function aboutOf({ schema }: Field): string {
  const about = cell(textOf(schema["description"]));
  const example = exampleOf({ schema });
  return example === undefined ? about : `${about} Example: ${code(example)}`;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
