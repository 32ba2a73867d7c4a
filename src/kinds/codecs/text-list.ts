/** A list of texts in a fixed order. Canonical: a list of non-empty texts, or null for none. */
import type { Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { listOf } from "./list-of.ts";
import { toText } from "./text.ts";

/** For addresses: surrounding white space is removed from what is written, as in `trimmedText`. */
export const addressList: Codec = {
  normalise: (written) => toTexts(listOf(written).flatMap((item) => toText(item)?.trim() || [])),
  fromKuma: (wire) => toTexts(wire),
  toKuma: (canonical) => canonical,
  written: (canonical) => toTexts(listOf(canonical).flatMap((item) => toText(item)?.trim() || [])),
  isRepairing: true,
};

function toTexts(value: Json | undefined): readonly string[] | null {
  const texts = listOf(value).flatMap((item) => toText(item) || []);
  return texts.length === 0 ? null : texts;
}
