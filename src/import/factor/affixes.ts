/** Texts with a part of their own between a common beginning and a common end. */

export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
  /** What stands between them, by text. */
  readonly middles: readonly string[];
}

/**
 * What texts begin and end with in common, cut where a word does: `boundary` matches one character at which a word ends, as `-` in
 * `web-shop` and `web-blog`. No middle is empty.
 */
export function affixesOf(texts: readonly string[], boundary: RegExp): Affixes {
  const [first = ""] = texts;
  const isBoundary = (character: string | undefined): boolean => character !== undefined && boundary.test(character);
  let start = commonStart(texts);
  while (start > 0 && !isBoundary(first[start - 1])) start -= 1;
  const rests = texts.map((text) => text.slice(start));
  let end = Math.max(0, Math.min(commonEnd(rests), ...rests.map((rest) => rest.length - 1)));
  while (end > 0 && !isBoundary(first[first.length - end])) end -= 1;
  return {
    prefix: first.slice(0, start),
    suffix: first.slice(first.length - end),
    middles: rests.map((rest) => rest.slice(0, rest.length - end)),
  };
}

function commonStart(texts: readonly string[]): number {
  const [first = "", ...others] = texts;
  let count = 0;
  while (count < first.length - 1 && others.every((other) => other.length > count + 1 && other[count] === first[count]))
    count += 1;
  return count;
}

function commonEnd(texts: readonly string[]): number {
  return commonStart(texts.map((text) => text.split("").toReversed().join("")));
}
