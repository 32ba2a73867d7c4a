/**
 * Takes secrets out of what a service answered. Known are the values that the caller names (from the environment, from
 * files) and those in the sensitive places of the monitor. A body is sensitive as a whole, but most of its texts are
 * none (a model's name, a role) and come back in every good answer, so of a body only members with telling names count;
 * of the headers all but those that every client sends.
 *
 * Values shorter than four characters are left: they would blot out half of any text.
 */
import { secretParts } from "./secret-parts.ts";
import { isJsonObject, valueAt, type Json, type JsonObject, type JsonPointer } from "../model/json.ts";

const shownForSecret = "(sensitive)";

const shortest = 4;
const tellingName = /password|passwd|passphrase|secret|token$|key$|authorization|credential|cookie|session/i;
const plainHeader =
  /^(?:accept(?:-.*)?|cache-control|connection|content-type|host|origin|pragma|referer|user-agent|x-requested-with)$/i;

/** The secrets that a monitor's spec holds. */
export function secretsOf(spec: JsonObject, sensitive: readonly JsonPointer[]): readonly string[] {
  const values = sensitive.flatMap((pointer): readonly string[] => {
    const value = valueAt(spec, pointer);
    if (pointer === "/headers") return textsIn(value, (name) => !plainHeader.test(name)).flatMap(partsOfHeader);
    if (pointer === "/body") return typeof value === "string" ? secretsInText(value) : textsIn(value, isTelling);
    return textsIn(value, () => true);
  });
  const { basicAuthUser: user, basicAuthPass: password } = spec;
  if (typeof password !== "string") return values;
  return [...values, Buffer.from(`${typeof user === "string" ? user : ""}:${password}`).toString("base64")];
}

/** The same text without the secrets, whole or cut off before an ellipsis, and without what members of JSON call secret. */
export function redact(text: string, secrets: readonly string[]): string {
  const spellings = [...new Set(secrets.flatMap(withParts).flatMap(spellingsOf))].toSorted(
    (left, right) => right.length - left.length,
  );
  const whole = spellings.reduce((rest, spelling) => rest.replaceAll(spelling, shownForSecret), text);
  const uncut = spellings.reduce(withoutBeginning, whole);
  return uncut.replaceAll(
    /("[\w-]{0,40}(?:password|secret|token|api_?key)"\s*:\s*)"[^"]{8,}"/gi,
    `$1"${shownForSecret}"`,
  );
}

/** Texts and the members of documents alike, in any depth; names of members are left alone. */
export function redactJson(value: Json, secrets: readonly string[]): Json {
  if (typeof value === "string") return redact(value, secrets);
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(item, secrets));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === "string" && member.length >= 8 && isTelling(name)
        ? shownForSecret
        : redactJson(member, secrets),
    ]),
  );
}

/** The server shortens some texts, and the cut may go through a secret. */
function withoutBeginning(text: string, secret: string): string {
  const parts = text.split(/("?(?:\.\.\.|…))/);
  return parts
    .map((part, index) => (index % 2 === 0 && index < parts.length - 1 ? cutEnd(part, secret) : part))
    .join("");
}

function cutEnd(text: string, secret: string): string {
  for (let length = Math.min(secret.length - 1, text.length); length >= shortest; length--) {
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + shownForSecret;
  }
  return text;
}

function isTelling(name: string): boolean {
  return tellingName.test(name);
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
  return [...pairs].flatMap(([, name = "", value = ""]) => (isTelling(name) ? [value, decoded(value)] : []));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

function withParts(secret: string): readonly string[] {
  return [secret, ...secretParts(secret)].filter(({ length }) => length >= shortest);
}

/** A secret also shows in a URL, in a quoted text or one within another, and in a Basic header. */
function spellingsOf(secret: string): readonly string[] {
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    // Through bytes, because encodeURIComponent throws on half a surrogate pair.
    encodeURIComponent(Buffer.from(secret).toString()),
    quoted,
    JSON.stringify(quoted).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ];
}
