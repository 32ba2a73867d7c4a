import { InternalError } from "../model/errors.ts";
import type { Variant } from "./kind.ts";

/** Variants by type, in the given order. Throws if two have the same type, because one would hide the other. */
export function byType(variants: readonly Variant[]): ReadonlyMap<string, Variant> {
  const known = new Map<string, Variant>();
  for (const variant of variants) {
    const type = variant.type ?? "";
    if (known.has(type)) throw new InternalError(`the type "${type}" is listed twice`);
    known.set(type, variant);
  }
  return known;
}
