import { InternalError } from "../model/errors.ts";
import type { Variant } from "./kind.ts";

/** Variants by their type, in the order given. Fails on two of one type, which would hide each other. */
export function byType(variants: readonly Variant[]): ReadonlyMap<string, Variant> {
  const known = new Map<string, Variant>();
  for (const variant of variants) {
    const type = variant.type ?? "";
    if (known.has(type)) throw new InternalError(`the type "${type}" is listed twice`);
    known.set(type, variant);
  }
  return known;
}
