/** A list of texts whose order counts. Canonical: a list of non-empty texts, or null for none. */
import type { Json } from "../../model/json.ts";
import type { Codec } from "../field.ts";
import { listOf } from "./list-of.ts";
import { toText } from "./text.ts";

export const textList: Codec = {
  normalise: toTexts,
  fromKuma: (wire) => toTexts(wire),
  toKuma: (canonical) => canonical,
};

function toTexts(value: Json | undefined): readonly string[] | null {
  const texts = listOf(value).flatMap((item) => toText(item) || []);
  return texts.length === 0 ? null : texts;
}
