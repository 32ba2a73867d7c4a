/**
 * Healthy responses that look different. If the monitor is down for one, it gives a false alarm
 * (docs/upstream/jsonata.md#harmless-changes).
 */
import { isJsonObject, type Json } from "../../model/json.ts";
import type { AskingType } from "../check.ts";
import type { ExperimentCase, Sample } from "./experiment-case.ts";
import type { QueryConstants } from "./query-constants.ts";
import { placeName, placesIn, replaceAt, withMember, type Place } from "./places.ts";

const mostLists = 4;

interface Asked {
  /** The constants of the query. An item that contains one is an item that the query selects by its key. */
  readonly constants: QueryConstants;
  /** Messages and database results have no header and are not read by axios, which drops a byte order mark. */
  readonly askedBy: AskingType;
}

export function harmlessVariants(
  sample: Sample,
  value: Json,
  { constants, askedBy }: Asked,
): readonly ExperimentCase[] {
  const json = "application/json";
  const written: readonly (readonly [string, string, string])[] = [
    ["pretty printed", JSON.stringify(value, undefined, 2), json],
    ...(askedBy === "json-query"
      ? ([
          ["with a byte order mark", `\uFEFF${JSON.stringify(value)}`, json],
          ["with a charset", sample.body, "application/json; charset=utf-8"],
          ["sent as text/plain", sample.body, "text/plain"],
        ] as const)
      : []),
  ];
  return [
    ...written.map(([name, body, contentType]): ExperimentCase => ({ group: "harmless", name, body, contentType })),
    ...otherValues(value, constants).map(({ value: other, ...variant }): ExperimentCase => ({
      group: "harmless",
      ...variant,
      body: JSON.stringify(other),
    })),
  ];
}

/** The same document, written differently. */
type Variant = Pick<ExperimentCase, "name" | "isKeyTwice"> & { readonly value: Json };

const twice = "with its first item listed twice";

function otherValues(value: Json, constants: QueryConstants): readonly Variant[] {
  const lists = placesIn(value, 400)
    .filter((place) => Array.isArray(place.value) && place.value.length > 0 && !place.steps.some(Number.isInteger))
    .slice(0, mostLists);
  const isList = Array.isArray(value) && value.length > 0;
  return [
    { name: "keys in another order", value: reverseKeys(value) },
    ...(isJsonObject(value)
      ? [
          { name: "unknown text field", value: withMember(value, "x_unknown_text", "new") },
          { name: "unknown number field", value: withMember(value, "x_unknown_number", 1) },
        ]
      : []),
    ...(isList ? [{ steps: [], value }, ...lists] : lists).flatMap((place) => otherLists(value, place, constants)),
  ];
}

function otherLists(root: Json, { steps, value }: Place, constants: QueryConstants): readonly Variant[] {
  const items = value as readonly Json[];
  const name = steps.length === 0 ? "list" : placeName(steps);
  const first = items[0] as Json;
  const added = newcomer(first, constants);
  const variants: readonly (readonly [string, readonly Json[]])[] = [
    ["in reverse", items.toReversed()],
    ["with a new item last", [...items, added]],
    ["with a new item first", [added, ...items]],
    [twice, [first, ...items]],
  ];
  return variants.map(([words, list]) => ({
    name: `${name} ${words}`,
    value: replaceAt(root, steps, list),
    ...(words === twice && isPickedByKey(first, constants) ? { isKeyTwice: true } : {}),
  }));
}

function isPickedByKey(item: Json, constants: QueryConstants): boolean {
  return isJsonObject(item) && Object.entries(item).some(([name, value]) => isKey(name, value, constants));
}

/** Whether a member identifies its item: by its name, and by a value that the query compares with. */
function isKey(name: string, value: Json, { texts, numbers }: QueryConstants): boolean {
  if (!/(?:^|_|[a-z])(?:id|name|key|uuid|slug|title|model|type|code)$/iu.test(name)) return false;
  return typeof value === "string" ? texts.includes(value) : typeof value === "number" && numbers.includes(value);
}

/** A copy of an existing item with another name. */
function newcomer(item: Json, constants: QueryConstants): Json {
  if (typeof item === "string") return `${item}-new`;
  if (!isJsonObject(item)) return item;
  const members = Object.entries(item).map(([name, value]): [string, Json] => {
    const isNamed = /^(?:id|name|key|uuid|slug|title|model)$/iu.test(name) || isKey(name, value, constants);
    if (!isNamed) return [name, value];
    if (typeof value === "string") return [name, `${value}-new`];
    return [name, typeof value === "number" ? value + 1_000_000 : value];
  });
  return Object.fromEntries(members);
}

function reverseKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reverseKeys(item));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).toReversed();
  return Object.fromEntries(members.map(([key, member]) => [key, reverseKeys(member)]));
}
