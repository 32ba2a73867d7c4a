/** A selector in a few words, as it is written: `tag media`, `tag env: prod and type http`, `web-*`. Not inert. */
import { isJsonObject, type Json } from "./json.ts";

export function selectorText(written: Json): string {
  if (!isJsonObject(written)) return plainText(written);
  return Object.entries(written)
    .map(([condition, value]) => `${condition} ${wordsOf(value).join(" or ")}`)
    .join(" and ");
}

function wordsOf(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => wordsOf(item));
  if (!isJsonObject(value)) return [plainText(value)];
  return [
    Object.entries(value)
      .map(([name, member]) => `${name}: ${plainText(member)}`)
      .join(", "),
  ];
}

function plainText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
