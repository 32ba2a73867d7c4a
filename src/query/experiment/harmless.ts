/** The healthy response in other words: nobody wants to be woken by these (jsonata.md 5.1, C). */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { ExperimentCase, Sample } from "./experiment-case.ts";
import { placeName, placesIn, replaceAt, withMember, type Place } from "./places.ts";

const mostLists = 4;

export function harmlessVariants(sample: Sample, value: Json): readonly ExperimentCase[] {
  const json = "application/json";
  const written: readonly (readonly [string, string, string])[] = [
    ["pretty printed", JSON.stringify(value, undefined, 2), json],
    ["with a byte order mark", `\uFEFF${JSON.stringify(value)}`, json],
    ["with a charset", sample.body, "application/json; charset=utf-8"],
    ["sent as text/plain", sample.body, "text/plain"],
  ];
  return [
    ...written.map(([name, body, contentType]): ExperimentCase => ({ group: "harmless", name, body, contentType })),
    ...otherValues(value).map(([name, other]): ExperimentCase => ({
      group: "harmless",
      name,
      body: JSON.stringify(other),
    })),
  ];
}

function otherValues(value: Json): readonly (readonly [string, Json])[] {
  const lists = placesIn(value, 400)
    .filter((place) => Array.isArray(place.value) && place.value.length > 0 && !place.steps.some(Number.isInteger))
    .slice(0, mostLists);
  const isList = Array.isArray(value) && value.length > 0;
  return [
    ["keys in another order", reverseKeys(value)],
    ...(isJsonObject(value)
      ? ([
          ["unknown text field", withMember(value, "x_unknown_text", "new")],
          ["unknown number field", withMember(value, "x_unknown_number", 1)],
        ] as const)
      : []),
    ...(isList ? [{ steps: [], value }, ...lists] : lists).flatMap((place) => otherLists(value, place)),
  ];
}

function otherLists(root: Json, { steps, value }: Place): readonly (readonly [string, Json])[] {
  const items = value as readonly Json[];
  const name = steps.length === 0 ? "list" : placeName(steps);
  const added = newcomer(items[0] as Json);
  const variants: readonly (readonly [string, readonly Json[]])[] = [
    ["in reverse", items.toReversed()],
    ["with a new item last", [...items, added]],
    ["with a new item first", [added, ...items]],
    ["with its first item listed twice", [items[0] as Json, ...items]],
  ];
  return variants.map(([words, list]) => [`${name} ${words}`, replaceAt(root, steps, list)]);
}

/** Like an item that is there, under another name. */
function newcomer(item: Json): Json {
  if (typeof item === "string") return `${item}-new`;
  if (!isJsonObject(item)) return item;
  const members = Object.entries(item).map(([key, value]) =>
    typeof value === "string" && /^(?:id|name|key|uuid|slug|title|model)$/i.test(key)
      ? [key, `${value}-new`]
      : [key, value],
  );
  return Object.fromEntries(members) as JsonObject;
}

function reverseKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reverseKeys(item));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).toReversed();
  return Object.fromEntries(members.map(([key, member]) => [key, reverseKeys(member)]));
}
