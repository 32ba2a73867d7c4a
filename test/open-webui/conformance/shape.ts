/** What of an answer must be the same: words that kuma-sync tells cases by, and else the type. */
import { isJsonObject, type Json } from "../../../src/model/json.ts";

/** Texts under these names decide what kuma-sync says. */
const told = [
  "detail",
  "message",
  "next_step",
  "owned_by",
  "role",
  "version",
  "object",
  "type",
  "permission",
  "principal_type",
];
const models = /^(?:gpt-4o(?:-mini)?|llama3\.1:latest|arena-model)$/u;

/** Objects keep their members, lists their different items; a text that is not told apart becomes `text`. */
export function shapeOf(value: Json, name = ""): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => JSON.stringify(shapeOf(item, name)));
    return [...new Set(items)].map((item) => JSON.parse(item) as Json);
  }
  if (isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([member, item]) => [member, shapeOf(item, member)]),
    );
  if (typeof value === "number") return "number";
  if (typeof value !== "string") return value;
  if (/^\s*<!doctype html|^\s*<html/iu.test(value)) return "a page";
  if (models.test(value)) return value;
  return told.includes(name) || name === "" ? withoutPlaces(value) : "text";
}

/** Ports, and what the system adds to them. */
function withoutPlaces(text: string): string {
  return text.replace(/(Cannot connect to host) .*/u, "$1 …");
}

/** Where `part` says something that `whole` does not, as a path; undefined if it says nothing else. */
export function untrueIn(part: Json, whole: Json, path = ""): string | undefined {
  if (Array.isArray(part)) {
    if (!Array.isArray(whole)) return path;
    if ((part.length === 0) !== (whole.length === 0)) return path;
    const index = (part as readonly Json[]).findIndex(
      (item) => !(whole as readonly Json[]).some((other) => untrueIn(item, other) === undefined),
    );
    return index < 0 ? undefined : `${path}/${index}`;
  }
  if (isJsonObject(part)) {
    if (!isJsonObject(whole)) return path;
    for (const [name, member] of Object.entries(part)) {
      if (!Object.hasOwn(whole, name)) return `${path}/${name}`;
      const found = untrueIn(member, whole[name] ?? null, `${path}/${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return part === whole ? undefined : path;
}
