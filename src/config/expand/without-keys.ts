import { isWithin, pointerTo } from "../../model/json.ts";
import type { ReadObject } from "../values/read-value.ts";

/** Removes keys that say how a block is expanded, which are not fields of the object. */
export function withoutKeys({ value, provenance }: ReadObject, keys: readonly string[]): ReadObject {
  const written = keys.filter((key) => Object.hasOwn(value, key));
  if (written.length === 0) return { value, provenance };
  const places = written.map((key) => pointerTo(key));
  return {
    value: Object.fromEntries(Object.entries(value).filter(([name]) => !written.includes(name))),
    provenance: new Map([...provenance].filter(([at]) => !isWithin(at, places))),
  };
}
