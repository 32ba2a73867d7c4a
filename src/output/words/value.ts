/**
 * Values of fields in the style of YAML: on one line, or on several if they are long or contain line breaks. Quotes
 * distinguish text from numbers: `"1"` is not `1`. Everything is inert.
 */
import { isEntityKey } from "../../model/entity.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { inert, inertLines } from "../inert.ts";
import { columnsOf } from "../layout/columns.ts";
import { writtenDuration } from "../../model/duration.ts";

/** What a field holds: seconds, references (shown without their kind), or anything else. */
export type ValueShape = "duration" | "reference" | "any";

/** Maximum columns of a nested value on one line. */
const widestNested = 60;

export function valueText(value: Json | undefined, shape: ValueShape = "any"): string {
  if (value === undefined || value === null) return "(none)";
  if (typeof value === "string") return textOf(value, shape);
  if (typeof value === "number" && shape === "duration") return writtenDuration(value);
  if (isJsonObject(value)) return objectText(value, shape);
  if (Array.isArray(value)) return listText(value, shape);
  return JSON.stringify(value);
}

/** Undefined for values that fit on one line. */
export function blockOf(value: Json | undefined, shape: ValueShape = "any"): string[] | undefined {
  if (typeof value === "string") {
    if (!value.includes("\n")) return undefined;
    return inertLines(value.endsWith("\n") ? value.slice(0, -1) : value);
  }
  if (value === undefined || !isNested(value)) return undefined;
  return columnsOf(valueText(value, shape)) > widestNested ? yamlLines(value, shape) : undefined;
}

/** The lines of a value whose counterpart is a block; empty if there is no value. */
export function linesOf(value: Json | undefined, shape: ValueShape = "any"): string[] {
  const block = blockOf(value, shape);
  if (block !== undefined) return block;
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return inertLines(value);
  return isNested(value) ? yamlLines(value, shape) : [valueText(value, shape)];
}

function isNested(value: Json): value is JsonObject | readonly Json[] {
  return Array.isArray(value) || isJsonObject(value);
}

function textOf(value: string, shape: ValueShape): string {
  if (!isEntityKey(value)) return quoted(value);
  return inert(shape === "reference" ? value.slice(value.indexOf("/") + 1) : value);
}

function listText(value: readonly Json[], shape: ValueShape): string {
  const items = value.map((item) => itemText(item, shape));
  return value.length > 0 && value.every(isNamedList) ? items.join("; ") : `[${items.join(", ")}]`;
}

/** In a row of values, plain words have no quotes: `[2xx, oncall]`. A tag with its value is shown as `team: core`. */
export function itemText(item: Json, shape: ValueShape): string {
  if (typeof item === "string" && isPlain(item) && !isEntityKey(item)) return item;
  if (!isJsonObject(item)) return valueText(item, shape);
  if (isTagLink(item)) return tagText(item, shape);
  if (isNamedList(item)) return namedListText(item, shape);
  return linkText(item, shape) ?? objectText(item, shape);
}

interface TagLink {
  readonly [member: string]: Json;
  readonly tag: Json;
  readonly value: string;
}

function isTagLink(item: JsonObject): item is TagLink {
  return Object.keys(item).toSorted().join() === "tag,value" && typeof item["value"] === "string";
}

function tagText({ tag, value }: TagLink, shape: ValueShape): string {
  return value === "" ? valueText(tag, shape) : `${valueText(tag, shape)}: ${itemText(value, shape)}`;
}

/** A group of a status page: a name and one list. */
interface NamedList {
  readonly [member: string]: Json;
  readonly name: string;
}

function isNamedList(item: Json): item is NamedList {
  if (!isJsonObject(item) || typeof item["name"] !== "string") return false;
  const others = Object.entries(item).filter(([member]) => member !== "name");
  return others.length === 1 && Array.isArray(others[0]?.[1]);
}

function namedListText({ name, ...rest }: NamedList, shape: ValueShape): string {
  const [list] = Object.values(rest);
  const items = Array.isArray(list) ? list.map((item: Json) => itemText(item, shape)) : [];
  return `${isPlain(name) ? name : quoted(name)}: ${items.length === 0 ? "(none)" : items.join(", ")}`;
}

/**
 * A reference whose settings are all off is shown as the reference only: `jellyfin` for `{ monitor: jellyfin, sendUrl:
 * false }`.
 */
function linkText(item: JsonObject, shape: ValueShape): string | undefined {
  if (shape !== "reference") return undefined;
  const set = Object.entries(item).filter(([, member]) => member !== null && member !== false);
  const [first, ...others] = set;
  if (first === undefined || typeof first[1] !== "string" || !isEntityKey(first[1])) return undefined;
  const text = textOf(first[1], shape);
  return others.length === 0 ? text : `${text} ${objectText(Object.fromEntries(others), "any")}`;
}

function objectText(value: JsonObject, shape: ValueShape): string {
  const members = Object.entries(value).map(([name, member]) => `${memberName(name)}: ${valueText(member, shape)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** As YAML, with short lists and mappings on one line. */
function yamlLines(value: JsonObject | readonly Json[], shape: ValueShape): string[] {
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, member]) => memberLines(memberName(name), member, shape));
  }
  return value.flatMap((item: Json) => {
    if (isNamedList(item)) return [namedListText(item, shape)];
    const text = itemText(item, shape);
    if (!isNested(item) || columnsOf(text) <= widestNested) return [`- ${text}`];
    return yamlLines(item, shape).map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
  });
}

function memberLines(name: string, value: Json, shape: ValueShape): string[] {
  const block = blockOf(value, shape);
  if (block === undefined) return [`${name}: ${value === null ? "null" : valueText(value, shape)}`];
  const head = typeof value === "string" ? `${name}: |` : `${name}:`;
  return [head, ...block.map((line) => `  ${line}`)];
}

export function memberName(name: string): string {
  return /^[\w$-]+$/u.test(name) ? name : quoted(name);
}

/** In quotes; empty if there is no name. */
export function nameText(name: string | undefined): string {
  return name === undefined ? "" : `"${inert(name)}"`;
}

/** Whether YAML would read it as text, and as the same text. */
function isPlain(text: string): boolean {
  return (
    /^[a-z_][\w./@:+-]*$/iu.test(text) && !/^(?:true|false|null|yes|no|on|off)$/iu.test(text) && inert(text) === text
  );
}

/** Uses the quotes that need no escaping, because JSON and JSONata contain many quotes. */
function quoted(text: string): string {
  const shown = inert(text);
  if (!shown.includes('"')) return `"${shown}"`;
  return shown.includes("'") ? `"${shown.replaceAll('"', String.raw`\"`)}"` : `'${shown}'`;
}
