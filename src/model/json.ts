/**
 * JSON values and the pointers that name places in them. Every stage passes plain JSON, so that a plan survives
 * `JSON.parse(JSON.stringify(plan))` and two runs over the same input give the same bytes.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** RFC 6901, for example `/headers/Authorization`; `""` is the whole value. */
export type JsonPointer = string;

/** Builds a pointer from unescaped parts: `pointerTo("headers", "a/b")` is `/headers/a~1b`. */
export function pointerTo(...parts: readonly (string | number)[]): JsonPointer {
  let pointer = "";
  for (const part of parts) pointer += `/${escaped(String(part))}`;
  return pointer;
}

/** Hardly any part holds one of the two characters, and looking for them is cheaper than replacing. */
function escaped(part: string): string {
  return /[~/]/u.test(part) ? part.replaceAll("~", "~0").replaceAll("/", "~1") : part;
}

/** The unescaped parts of a pointer: `/headers/a~1b` gives `["headers", "a/b"]`. */
export function pointerParts(pointer: JsonPointer): string[] {
  const parts = pointer.split("/").slice(1);
  return pointer.includes("~") ? parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")) : parts;
}

/** Whether `pointer` is one of `roots` or lies below one of them. */
export function isWithin(pointer: JsonPointer, roots: readonly JsonPointer[]): boolean {
  return roots.some((root) => pointer === root || pointer.startsWith(`${root}/`));
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Equality by content; the order of object keys does not count, the order of lists does. */
export function isEqualJson(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqualJson(item, right[index] as Json));
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && isEqualJson(left[key] as Json, right[key] as Json))
    );
  }
  return false;
}

/** JSON text with sorted keys: equal values give equal text. Used to sort sets and to compare whole documents. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalText(item)).join(",")}]`;
  if (isJsonObject(value)) {
    const members = Object.keys(value)
      .toSorted()
      .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] as Json)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/** Undefined for text that is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Each value once, sorted by canonical text, so that two spellings of one set are equal. */
export function sortedSet<Item extends Json>(items: readonly Item[]): Item[] {
  const byText = new Map(items.map((item) => [canonicalText(item), item]));
  return [...byText.keys()].toSorted().map((text) => byText.get(text) as Item);
}

/** What a pointer leads to; undefined when it leads nowhere. */
export function valueAt(value: Json, pointer: JsonPointer): Json | undefined {
  let current: Json | undefined = value;
  for (const part of pointerParts(pointer)) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, part)) return undefined;
    current = (current as Readonly<Record<string, Json>>)[part];
  }
  return current;
}

/** All texts in a value, at any depth; names of members are none. */
export function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A value with each of its texts, numbers, booleans and nulls replaced; `map` also gets the place of each. */
export function mapScalars(value: Json, map: (scalar: Json, pointer: JsonPointer) => Json, at: JsonPointer = ""): Json {
  if (Array.isArray(value)) return value.map((item: Json, index) => mapScalars(item, map, at + pointerTo(index)));
  if (!isJsonObject(value)) return map(value, at);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapScalars(item, map, at + pointerTo(name))]),
  );
}
