/** Finds out what was meant by an object that is not a mapping: an address, a list with one mapping, a missing colon. */
import type { Kind } from "../../kinds/kind.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { typeFromFields } from "./type-from-fields.ts";

/** A hint; undefined if it is not known what was meant. `name` is the object's key. */
export function meantObject(kind: Kind, name: string, value: Json): string | undefined {
  // A tag has no required fields.
  const isEnough = kind.variants.every(({ required }) => required.every((field) => field === "name"));
  if (value === null && isEnough) return `write \`${name}: {}\``;
  if (Array.isArray(value)) {
    const [only, ...others] = value as readonly Json[];
    return isJsonObject(only) && others.length === 0
      ? "remove the dash: an object has its fields right below its key"
      : undefined;
  }
  if (typeof value !== "string") return undefined;
  const [word = "", second] = value.split(/\s+/u);
  const isField = word === "type" || kind.variants.some(({ fields }) => Object.hasOwn(fields, word));
  if (second !== undefined && isField) return `a colon is missing after each field: \`${word}: …\``;
  if (kind.name !== "monitor" || !/^[a-z]+:\/\/[^\s@]+$/iu.test(value)) return undefined;
  const type = typeFromFields({ url: value }) ?? "http";
  const fields = type === "ping" || type === "port" ? `type: ${type}, hostname: …` : `type: ${type}, url: "${value}"`;
  return `write \`${name}: { ${fields} }\``;
}
