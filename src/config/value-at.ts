import { pointerParts, type Json, type JsonPointer } from "../model/json.ts";

/** What a pointer leads to; undefined when it leads nowhere. */
export function valueAt(value: Json, pointer: JsonPointer): Json | undefined {
  let current: Json | undefined = value;
  for (const part of pointerParts(pointer)) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, part)) return undefined;
    current = (current as Readonly<Record<string, Json>>)[part];
  }
  return current;
}
