/** The fields of a variant, one row each, and below a field what it holds. */
import { durationPattern } from "../../../src/model/duration.ts";
import { kumaKey, type Field, type Fields, type JsonSchema } from "../../../src/kinds/field.ts";
import { isJsonObject, type Json } from "../../../src/model/json.ts";
import { cell, code, table } from "./markdown.ts";
import { range, typesOf, typeWords } from "./schema-words.ts";

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
      typeOf(field),
      name === nameField
        ? "the key"
        : required.includes(name)
          ? "**required**"
          : isKept
            ? "as it is"
            : defaultOf(field),
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
    const words = isReference(inner) ? "key" : typeWords(inner);
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

/** A key of this configuration, or what was made by hand by its name or id. */
function isReference({ anyOf }: JsonSchema): boolean {
  if (!Array.isArray(anyOf)) return false;
  return (anyOf as readonly JsonSchema[]).some(({ description }) => textOf(description).startsWith("The key of a "));
}

function typeOf({ schema, refersTo, valuesSince, isSensitive, isExclusive }: Field): string {
  const marks = [isSensitive === true ? "secret" : "", isExclusive === true ? "of one object only" : ""];
  return [wordsOf(schema, refersTo, valuesSince), ...marks.filter((mark) => mark !== "")].join(", ");
}

function wordsOf(schema: JsonSchema, refersTo: Field["refersTo"], valuesSince: Field["valuesSince"]): string {
  if (refersTo !== undefined && isReference(schema)) return `key of a ${refersTo}`;
  const { items } = schema;
  if (refersTo !== undefined && isJsonObject(items) && isReference(items)) return `list of keys of ${refersTo}s`;
  return typeWords(schema, valuesSince);
}

function defaultOf({ schema }: Field): string {
  const value = schema["default"];
  if (value === undefined || value === null || value === "" || isEmpty(value)) return "none";
  return schema["pattern"] === durationPattern && typeof value === "number" ? `\`${value}s\`` : code(value);
}

function isEmpty(value: Json): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function aboutOf({ schema }: Field): string {
  const { description, examples } = schema;
  const about = cell(textOf(description));
  const [example] = Array.isArray(examples) ? (examples as readonly Json[]) : [];
  const says = example === undefined || typesOf(schema).includes("boolean") ? isShownText(schema) : true;
  return example === undefined || !says ? about : `${about} Example: ${code(example)}`;
}

/** Texts take any scalar, booleans only two. */
function isShownText(schema: JsonSchema): boolean {
  return typesOf(schema).includes("string");
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
