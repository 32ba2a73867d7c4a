/** Values of fields as a person would write them in YAML, on one line. Quotes tell text from numbers: `"1"` is not `1`. */
import { isEntityKey } from "../../model/entity.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { inert } from "../inert.ts";

export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return "(none)";
  if (typeof value === "string") return isEntityKey(value) ? inert(value) : quoted(value);
  if (isJsonObject(value)) return objectText(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => itemText(item)).join(", ")}]`;
  return JSON.stringify(value);
}

/** Inside a list plain words need no quotes: `[2xx, oncall]`; a tag with its value is `tag/team: core`. */
function itemText(item: Json): string {
  if (typeof item === "string" && isPlain(item)) return item;
  return isJsonObject(item) && isTagLink(item) ? tagText(item) : valueText(item);
}

interface TagLink {
  readonly [member: string]: Json;
  readonly tag: Json;
  readonly value: string;
}

function isTagLink(item: Readonly<Record<string, Json>>): item is TagLink {
  return Object.keys(item).toSorted().join() === "tag,value" && typeof item["value"] === "string";
}

function tagText({ tag, value }: TagLink): string {
  return value === "" ? valueText(tag) : `${valueText(tag)}: ${itemText(value)}`;
}

function objectText(value: Readonly<Record<string, Json>>): string {
  const members = Object.entries(value).map(([name, member]) => `${memberName(name)}: ${valueText(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

export function memberName(name: string): string {
  return /^[\w$-]+$/u.test(name) ? name : quoted(name);
}

/** Would be read back as text, and as the same text. */
function isPlain(text: string): boolean {
  return (
    /^[a-z_][\w./@:+-]*$/iu.test(text) && !/^(?:true|false|null|yes|no|on|off)$/iu.test(text) && inert(text) === text
  );
}

/** The kind of quote that needs no escaping, as JSON and JSONata are full of quotes. */
function quoted(text: string): string {
  const shown = inert(text);
  if (!shown.includes('"')) return `"${shown}"`;
  return shown.includes("'") ? `"${shown.replaceAll('"', String.raw`\"`)}"` : `'${shown}'`;
}
