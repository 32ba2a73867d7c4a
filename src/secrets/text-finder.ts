/**
 * Thousands of texts looked for at once, in one pass however many they are: a configuration of 5,000 monitors may have as many
 * secrets, and each is looked for in every text of a plan.
 */

/** Where a text begins is found by its first characters; texts that are shorter cannot be looked for. */
export const shortestFound = 6;

/**
 * Puts `replacement` in place of each of `texts`, and of a beginning of one that somebody cut off: before an ellipsis, or at the
 * end, where it must be more than half. Where two overlap, both are replaced as one.
 */
export function replacerOf(texts: readonly string[], replacement: string): (text: string) => string {
  if (texts.length === 0) return (text) => text;
  const byStart = new Map<string, string[]>();
  // Most positions of most texts end here, without a text being made.
  const firstUnits = new Uint8Array(65_536);
  for (const text of texts) {
    const start = text.slice(0, shortestFound);
    byStart.set(start, [...(byStart.get(start) ?? []), text]);
    firstUnits[text.charCodeAt(0)] = 1;
  }
  const endAt = (text: string, index: number): number => {
    if (firstUnits[text.charCodeAt(index)] === 0) return index;
    const candidates = byStart.get(text.slice(index, index + shortestFound)) ?? [];
    return Math.max(index, ...candidates.map((candidate) => endOf(candidate, text, index)));
  };

  return (text) => {
    let shown = "";
    let from = 0;
    const last = text.length - shortestFound;
    for (let index = 0; index <= last; index += 1) {
      let end = endAt(text, index);
      if (end === index) continue;
      shown += text.slice(from, index) + replacement;
      for (index += 1; index < end; index += 1) end = Math.max(end, endAt(text, index));
      from = end;
      index = end - 1;
    }
    return from === 0 ? text : shown + text.slice(from);
  };
}

/** Behind a quote too: a parser says `"the beginn"... is not valid JSON`. */
const isEllipsis = /^"?(?:…|\.\.\.)/u;

/** The end of `wanted`, or of what is left of it, in `text` at `index`; `index` when it is not there. */
function endOf(wanted: string, text: string, index: number): number {
  if (text.startsWith(wanted, index)) return index + wanted.length;
  let length = shortestFound;
  while (length < wanted.length && text[index + length] === wanted[length]) length += 1;
  const end = index + length;
  const isCut = isEllipsis.test(text.slice(end, end + 4)) || (end === text.length && length * 2 > wanted.length);
  return isCut ? end : index;
}
