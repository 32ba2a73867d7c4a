/** The secrets that an object's sensitive places hold. */
import { isJsonObject, isWithin, valueAt, type Json, type JsonObject, type JsonPointer } from "../model/json.ts";
import { isTellingName } from "./apparent-secrets.ts";
import { basicCredentials } from "../model/basic-credentials.ts";

/** Every client sends these. */
const plainHeader =
  /^(?:accept(?:-.*)?|cache-control|connection|content-type|host|origin|pragma|referer|user-agent|x-requested-with)$/i;

export function isPlainHeader(name: string): boolean {
  return plainHeader.test(name);
}

/**
 * A body is sensitive as a whole, but most of its texts are not secret (a model's name, a role) and come back in every good
 * answer, so of a body only members with telling names count; of the headers all but those that every client sends.
 */
export function secretsOf(spec: JsonObject, sensitive: readonly JsonPointer[]): readonly string[] {
  const values = sensitive.flatMap((pointer): readonly string[] => {
    const value = valueAt(spec, pointer);
    if (pointer === "/headers") return textsIn(value, (name) => !isPlainHeader(name)).flatMap(partsOfHeader);
    if (pointer === "/body") return typeof value === "string" ? secretsInText(value) : textsIn(value, isTellingName);
    const texts = textsIn(value, () => true);
    return isWithin(pointer, ["/headers"]) ? texts.flatMap(partsOfHeader) : texts;
  });
  const { basicAuthUser: user, basicAuthPass: password } = spec;
  if (typeof password !== "string") return values;
  return [...values, basicCredentials(`${typeof user === "string" ? user : ""}:${password}`)];
}

/** The texts below members whose name is wanted; of a value without members, the value itself. */
function textsIn(value: Json | undefined, isWanted: (name: string) => boolean): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value))
    return value.flatMap((item: Json) => (typeof item === "string" ? [] : textsIn(item, isWanted)));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (isWanted(name)) return textsIn(member, () => true);
    return typeof member === "string" ? [] : textsIn(member, isWanted);
  });
}

/** `Bearer abc` is also `abc`. */
function partsOfHeader(value: string): readonly string[] {
  const word = /^\S+\s+(\S.*)$/.exec(value)?.[1];
  return word === undefined ? [value] : [value, word];
}

/** In a form, XML, or what was meant to be JSON: `password=abc`, `<token>abc<`, `"key": "abc"`. */
function secretsInText(text: string): readonly string[] {
  const pairs = text.matchAll(/([\w-]+)["']?\s*[=:>]\s*["']?([^&<>"'\s]+)/g);
  return [...pairs].flatMap(([, name = "", value = ""]) => (isTellingName(name) ? [value, decoded(value)] : []));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
