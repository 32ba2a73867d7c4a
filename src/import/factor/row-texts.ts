/** What differs in the values of a field, and the text that they have in common around it. */
import type { Json } from "../../model/json.ts";
import { affixesOf } from "./affixes.ts";

export interface RowTexts {
  /** For each value, what only it has. */
  readonly own: readonly Json[];
  /** The field's value in a loop, where `expression` stands for what differs: text, or `expression` alone. */
  text(expression: string): string;
}

/** Undefined unless each value has its key at the same place, as `https://shop.example/` has `shop`. */
export function textsAroundKeys(values: readonly Json[], keys: readonly string[]): RowTexts | undefined {
  const [first, firstKey = ""] = [values[0], keys[0]];
  if (typeof first !== "string" || values.some(hasExpression)) return undefined;
  const pieces = first.split(firstKey);
  const once = pieces
    .slice(1)
    .map((_piece, index) => [pieces.slice(0, index + 1).join(firstKey), pieces.slice(index + 1).join(firstKey)]);
  const around = [pieces, ...once].find(
    (texts) =>
      texts.length > 1 &&
      texts.slice(0, -1).every(canPrecede) &&
      keys.every((key, index) => texts.join(key) === values[index]),
  );
  return around && { own: keys, text: (expression) => around.join(expression) };
}

/** Texts without what they have in common, cut at the boundary; other values as they are. */
export function textsApart(values: readonly Json[], boundary: RegExp | undefined): RowTexts {
  const texts = values.filter((value) => typeof value === "string");
  if (boundary !== undefined && texts.length === values.length && !texts.some(hasExpression)) {
    const { prefix, suffix, middles } = affixesOf(texts, boundary);
    if (canPrecede(prefix)) return { own: middles, text: (expression) => prefix + expression + suffix };
  }
  return { own: values, text: (expression) => expression };
}

/** An expression can be the whole value of a row, but must not be cut. */
function hasExpression(value: Json): boolean {
  return JSON.stringify(value).includes("${");
}

/** A dollar before an expression would escape it. */
function canPrecede(text: string): boolean {
  return !text.endsWith("$");
}
