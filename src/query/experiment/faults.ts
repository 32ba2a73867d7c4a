/** Copies of the sample with one defect each (docs/upstream/jsonata.md#faults). */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { ExperimentCase } from "./experiment-case.ts";
import { placeName, placesIn, replaceAt, withMember, withoutMember, type Place } from "./places.ts";
import type { QueryConstants } from "./query-constants.ts";

/** A new value for a place; undefined removes the place. */
type Fault = readonly [name: string, value: Json | undefined];

const mostPlaces = 400;
/**
 * UTF-16 units of all bodies together. A large sample is changed in fewer places, so that the run does not take
 * minutes.
 */
const mostCharacters = 24_000_000;
const errorItem = { error: "upstream unavailable" } as const;

/** Each case has a different JSON text from the sample and all other cases. */
export function faults(sample: Json, constants: QueryConstants): readonly ExperimentCase[] {
  const seen = new Set([JSON.stringify(sample)]);
  const cases: ExperimentCase[] = [];
  let characters = 0;
  for (const place of placesIn(sample, mostPlaces)) {
    const path = placeName(place.steps);
    for (const [name, value] of [...faultsOfAny(place.value), ...faultsByType(place.value, constants)]) {
      const body = JSON.stringify(replaceAt(sample, place.steps, value));
      if (seen.has(body) || characters > mostCharacters) continue;
      seen.add(body);
      characters += body.length;
      cases.push({ group: "fault", name: `${path} ${name}`, body, path: faultPath(place, name) });
    }
  }
  return cases;
}

/** A change of the same field in all items counts as a fault of that field. */
function faultPath({ steps }: Place, name: string): string {
  const everywhere = /^\[\]\.(\S+) /.exec(name);
  return placeName(steps) + (everywhere === null ? "" : `[].${everywhere[1] as string}`);
}

function faultsOfAny(value: Json): readonly Fault[] {
  const otherType: Json = typeof value === "string" ? 7 : typeof value === "boolean" ? "maybe" : "text";
  return [
    ["missing", undefined],
    ["is null", null],
    ["is of another type", otherType],
    ["is an object in place of its value", typeof value === "object" ? "" : {}],
  ];
}

function faultsByType(value: Json, constants: QueryConstants): readonly Fault[] {
  if (typeof value === "string") return faultsOfText(value, constants);
  if (typeof value === "number") return faultsOfNumber(value, constants);
  if (typeof value === "boolean") {
    return [
      ["is the opposite", !value],
      ["is text", String(value)],
      ["is a number", value ? 1 : 0],
    ];
  }
  if (Array.isArray(value)) return faultsOfList(value as readonly Json[]);
  if (!isJsonObject(value)) return [];
  return [
    ["is empty", {}],
    ["is an error", errorItem],
  ];
}

const goodWords: ReadonlySet<string> = new Set(
  "ok up healthy operational success active running online ready pass passing green connected available true".split(
    " ",
  ),
);

function faultsOfText(value: string, { texts }: QueryConstants): readonly Fault[] {
  const list: Fault[] = [
    ["is empty", ""],
    ["is another text", `${value}-changed`],
    ...texts.map((text): Fault => [`is "${text}"`, text]),
  ];
  if (goodWords.has(value.toLowerCase())) {
    for (const word of ["down", "error", "degraded"]) list.push([`is "${word}"`, word]);
    list.push(["is in the other case", value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase()]);
  }
  if (/^\d{4}-\d\d-\d\d/.test(value)) {
    const year = Number(value.slice(0, 4)) - 1;
    list.push(["is a year older", `${year}${value.slice(4)}`], ["is a malformed date", `${value.slice(0, 5)}99-99`]);
  }
  return list;
}

function faultsOfNumber(value: number, { numbers }: QueryConstants): readonly Fault[] {
  const near = numbers.flatMap((constant) => [constant - 1, constant, constant + 1]);
  return [
    ["is text", String(value)],
    ...[0, -1, value * 1000, ...near].map((number): Fault => [`is ${number}`, number]),
  ];
}

function faultsOfList(items: readonly Json[]): readonly Fault[] {
  const [first] = items;
  if (first === undefined)
    return [
      ["has an item", ["text"]],
      ["has an error", [errorItem]],
    ];
  return [
    ["is empty", []],
    ["has only its first item", [first]],
    ["has its first item twice and no other", [first, first]],
    ["is a list of null", items.map(() => null)],
    ["is a list of {}", items.map(() => ({}))],
    ["is a list of errors", items.map(() => errorItem)],
    ["is an error", errorItem],
    ["is its first item, without a list", first],
    ["is a list in a list", [items]],
    ...faultsOfAllItems(items),
  ];
}

/** One field at a time, changed in every item. */
function faultsOfAllItems(items: readonly Json[]): readonly Fault[] {
  const objects = items.filter((item) => isJsonObject(item));
  if (objects.length === 0 || objects.length < items.length) return [];
  const each = (name: string, change: (item: JsonObject) => Json): Fault => [name, objects.map((item) => change(item))];
  const first = objects[0] as JsonObject;
  const byField = Object.entries(first).flatMap(([key, value]) => [
    each(`[].${key} missing in every item`, (item) => withoutMember(item, key)),
    each(`[].${key} null in every item`, (item) => withMember(item, key, null)),
    ...(typeof value === "string"
      ? [
          each(`[].${key} empty in every item`, (item) => withMember(item, key, "")),
          each(`[].${key} changed in every item`, (item) => withMember(item, key, `${textOf(item[key])}-changed`)),
        ]
      : []),
  ]);
  return [...byField, each("has an error in every item", (item) => withMember(item, "error", errorItem.error))];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
