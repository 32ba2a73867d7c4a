/** Finds out what was meant by a `sample` or a test without `body`: the body itself, or the name of its file. */
import { isJsonObject, pointerParts, valueAt, type Json, type JsonObject, type JsonPointer } from "../../model/json.ts";
import type { Repair } from "../source/repair.ts";
import { flowYaml } from "./flow-yaml.ts";

interface MeantResponse {
  readonly hint: string;
  /** Only if the correction is certain. */
  readonly repair?: Repair;
}

/** Longer ones are not repeated in a hint. */
const shownLength = 60;

/** What a schema error within a response means; undefined if it has a `body` or a `file`, or is elsewhere. */
export function meantResponse(
  entity: JsonObject,
  {
    pointer,
    isAboutKey,
    hint,
  }: { readonly pointer: JsonPointer; readonly isAboutKey?: boolean; readonly hint?: string },
): MeantResponse | undefined {
  const parts = pointerParts(pointer);
  const depth = parts[0] === "sample" ? 1 : 2;
  if ((parts[0] !== "sample" && parts[0] !== "tests") || parts.length < depth || parts.length > depth + 1)
    return undefined;
  if (parts.length === depth) {
    return depth === 1 && isAboutKey !== true ? meantSample(valueAt(entity, pointer) ?? null) : undefined;
  }
  const key = parts[depth] ?? "";
  const response = valueAt(entity, pointer.slice(0, pointer.lastIndexOf("/")));
  if (!isJsonObject(response) || Object.hasOwn(response, "body") || Object.hasOwn(response, "file")) return undefined;
  // A key that looks misspelt has its hint, and a number or an address may be a mistake of its own.
  const isBody = isAboutKey === true ? hint === undefined && Object.hasOwn(response, key) : isWord(response[key]);
  if (!isBody) return undefined;
  if (depth === 2 && key === "sample") return { hint: "leave it out: body, file or status stand beside expect" };
  const own = ["name", "expect", "server"];
  const body = depth === 1 ? response : without(response, own);
  return { hint: `the body goes under body: ${shown(depth === 1 ? "sample: " : "", { body })}` };
}

function meantSample(value: Json): MeantResponse | undefined {
  // `sample:` with nothing below it.
  if (value === null) return undefined;
  if (typeof value === "string" && /^[\w./-]+\.(?:json|txt|html?|xml|ndjson)$/iu.test(value)) {
    const file = { file: value };
    return { hint: `write ${shown("sample: ", file)}`, repair: { type: "replace", value: file } };
  }
  const body = { body: value };
  return { hint: `the body goes under body: ${shown("sample: ", body)}`, repair: { type: "replace", value: body } };
}

function isWord(value: Json | undefined): boolean {
  return typeof value === "boolean" || (typeof value === "string" && !/^\d/u.test(value));
}

function without(response: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(response).filter(([name]) => !names.includes(name)));
}

function shown(before: string, value: JsonObject): string {
  const text = flowYaml(value);
  const isShort = text.length <= shownLength && !text.includes("\n");
  return `${before}${isShort ? text : "{ body: … }"}`;
}
