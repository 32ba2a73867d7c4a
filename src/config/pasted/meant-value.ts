/** Finds out what was meant by a value of a wrong type: `yes` for true, `discord` for `[discord]`, `1` for `{ id: 1 }`. */
import type { JsonSchema } from "../../kinds/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** A value for the schema instead of `value`; undefined if it is not certain what was meant. */
export function meantValue(schema: JsonSchema, value: Json): Json | undefined {
  const branches = Array.isArray(schema["anyOf"]) ? (schema["anyOf"] as readonly JsonSchema[]) : [schema];
  for (const branch of branches) {
    const types = typesOf(branch);
    const meant = types.includes("array") ? meantList(branch, value) : meantByType(types, value);
    if (meant !== undefined) return meant;
  }
  return referenceById(branches, value);
}

function typesOf({ type }: JsonSchema): readonly Json[] {
  return Array.isArray(type) ? (type as readonly Json[]) : type === undefined ? [] : [type];
}

function meantByType(types: readonly Json[], value: Json): Json | undefined {
  const [only, ...others] = Array.isArray(value) ? (value as readonly Json[]) : [];
  if (types.includes("string")) return typeof only === "string" && others.length === 0 ? only : undefined;
  if (types.includes("boolean")) return toSwitch(value);
  if (types.includes("integer") || types.includes("number")) return toNumber(value);
  return undefined;
}

/** YAML 1.1 had these words for booleans, and many tools still do. */
function toSwitch(value: Json): boolean | undefined {
  const word = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  if (/^(?:true|yes|y|on|1|enabled?)$/iu.test(word)) return true;
  return /^(?:false|no|n|off|0|disabled?)$/iu.test(word) ? false : undefined;
}

function toNumber(value: Json): number | undefined {
  return typeof value === "string" && /^\s*-?(?:0|[1-9]\d{0,14})(?:\.\d+)?\s*$/u.test(value)
    ? Number(value)
    : undefined;
}

/** Accepts one item, several separated by commas, or a mapping whose entries are the items. */
function meantList(schema: JsonSchema, value: Json): Json | undefined {
  const item = isJsonObject(schema["items"]) ? schema["items"] : {};
  if (typeof value === "string") {
    const words = value.split(/[,;]/u).map((word) => word.trim());
    return words.includes("") ? undefined : words.map((word) => toItem(item, word));
  }
  if (typeof value === "number") return [toItem(item, value)];
  return isJsonObject(value) ? itemsOf(item, value) : undefined;
}

/** A number among references is the id of something created by hand; status codes stay numbers. */
function toItem(schema: JsonSchema, value: string | number): Json {
  const id = typeof value === "number" ? referenceById(branchesOf(schema), value) : undefined;
  const hundreds = typeof value === "string" && takesNumbers(schema) ? /^([1-5])xx$/iu.exec(value)?.[1] : undefined;
  if (hundreds !== undefined) return `${hundreds}00-${hundreds}99`;
  return id ?? (typeof value === "string" && /^\d{3}$/u.test(value) && takesNumbers(schema) ? Number(value) : value);
}

function itemsOf(schema: JsonSchema, value: JsonObject): Json | undefined {
  const entries = Object.entries(value);
  const isReference = entries.length === 1 && (Object.hasOwn(value, "name") || Object.hasOwn(value, "id"));
  if (isReference) return takesKeys(schema) ? [value] : undefined;
  if (entries.length === 0 || !takesKeys(schema)) return undefined;
  const items = entries.map(([key, item]): Json | undefined => {
    if (item === null) return key;
    // Uptime Kuma's `{ "1": true }` for the notification with id 1.
    if (item === true && !takesPairs(schema)) return /^\d+$/u.test(key) ? toItem(schema, Number(key)) : key;
    return takesPairs(schema) && typeof item !== "object" ? { [key]: item } : undefined;
  });
  return items.includes(undefined) ? undefined : (items as readonly Json[]);
}

function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  return Array.isArray(schema["anyOf"]) ? (schema["anyOf"] as readonly JsonSchema[]) : [schema];
}

function takesKeys(schema: JsonSchema): boolean {
  return branchesOf(schema).some((branch) => typesOf(branch).includes("string"));
}

function takesNumbers(schema: JsonSchema): boolean {
  return branchesOf(schema).some((branch) => typesOf(branch).includes("integer"));
}

/** Tags as they are written: `{ team: core }`. */
function takesPairs(schema: JsonSchema): boolean {
  return branchesOf(schema).some(
    ({ maxProperties, additionalProperties }) => maxProperties === 1 && isJsonObject(additionalProperties),
  );
}

/** Objects copied from Uptime Kuma refer by id. */
function referenceById(branches: readonly JsonSchema[], value: Json): Json | undefined {
  const takesId = branches.some(({ properties }) => isJsonObject(properties) && Object.hasOwn(properties, "id"));
  return takesId && typeof value === "number" && Number.isInteger(value) && value > 0 ? { id: value } : undefined;
}
