import type { Json, JsonObject } from "../model/json.ts";
import type { Kind } from "./kind.ts";

const firstFields: readonly string[] = ["name", "type", "description", "parent"];

/** Orders fields as a person would: name and type, then the fields of the type, then those that all of the kind have. */
export function inFieldOrder(written: JsonObject, kind: Pick<Kind, "variants" | "variant">): JsonObject {
  const { type } = written;
  const names = Object.keys(kind.variant(typeof type === "string" ? type : undefined)?.fields ?? {});
  const { variants } = kind;
  const isShared = (name: string): boolean =>
    variants.length > 1 && variants.every(({ fields }) => Object.hasOwn(fields, name));
  const rank = (name: string): number => {
    const [first, own] = [firstFields.indexOf(name), names.indexOf(name)];
    if (first !== -1) return first;
    // The settings that an open variant passes through belong to the type.
    return firstFields.length + (own === -1 ? names.length : isShared(name) ? names.length + 1 + own : own);
  };
  const ranked = Object.entries(written).map((entry): readonly [number, [string, Json]] => [rank(entry[0]), entry]);
  return Object.fromEntries(ranked.toSorted(([left], [right]) => left - right).map(([, entry]) => entry));
}
