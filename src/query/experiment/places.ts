/** Places in a JSON value, and values with one place changed. */
import { isJsonObject, type Json } from "../../model/json.ts";

export type PathStep = string | number;

export interface Place {
  readonly steps: readonly PathStep[];
  readonly value: Json;
}

/** At most `most` places below the root, parents first. Of a list, only the first and the last item. */
export function placesIn(root: Json, most: number): readonly Place[] {
  const places: Place[] = [];
  const queue: Place[] = [{ steps: [], value: root }];
  for (let next = queue.shift(); next !== undefined && places.length < most; next = queue.shift()) {
    if (next.steps.length > 0) places.push(next);
    for (const [step, value] of membersOf(next.value)) queue.push({ steps: [...next.steps, step], value });
  }
  return places;
}

function membersOf(value: Json): readonly (readonly [PathStep, Json])[] {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const ends = items.length > 1 ? [0, items.length - 1] : items.length === 1 ? [0] : [];
    return ends.map((index) => [index, items[index] as Json]);
  }
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** In the usual notation: `data[].id`. */
export function placeName(steps: readonly PathStep[]): string {
  return steps.map((step, index) => (typeof step === "number" ? "[]" : `${index > 0 ? "." : ""}${step}`)).join("");
}

/** A copy with another value at one place; undefined removes the place. */
export function replaceAt(root: Json, [step, ...rest]: readonly PathStep[], value: Json | undefined): Json {
  if (step === undefined) return value ?? null;
  if (Array.isArray(root)) {
    const items = root as readonly Json[];
    const at = step as number;
    if (rest.length === 0 && value === undefined) return items.toSpliced(at, 1);
    return items.with(at, replaceAt(items[at] ?? null, rest, value));
  }
  const members = root as { readonly [key: string]: Json };
  const key = String(step);
  if (rest.length > 0) return withMember(members, key, replaceAt(members[key] ?? null, rest, value));
  return value === undefined ? withoutMember(members, key) : withMember(members, key, value);
}

/** Does not use a spread, because a member may be named `__proto__`. */
export function withMember(members: { readonly [key: string]: Json }, key: string, value: Json): Json {
  return Object.fromEntries([...Object.entries(members).filter(([name]) => name !== key), [key, value]]);
}

export function withoutMember(members: { readonly [key: string]: Json }, key: string): Json {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== key));
}
