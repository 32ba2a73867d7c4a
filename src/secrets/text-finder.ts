/**
 * Searches a text for thousands of others in one pass: a configuration of 5,000 monitors may have as many secrets, and
 * every text of a plan is searched for each.
 */
import { reachOf, shortestSecret } from "./secret.ts";

/** UTF-16 units; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface TextFinder {
  /** Adds a text to search for, as `reachOf` says. */
  add(wanted: string): void;
  /**
   * The ranges of the wanted texts, in order; overlapping ones are joined. `withCut`: also the beginning of a wanted
   * text that was cut off, before an ellipsis or, if it is more than half of it, at the end.
   */
  rangesIn(text: string, options?: { readonly withCut: boolean }): readonly TextRange[];
}

export function createTextFinder(): TextFinder {
  const known = new Set<string>();
  const byStart = new Map<string, string[]>();
  // No secret starts at most positions; this check finds that without building a text.
  const firstUnits = new Uint8Array(65_536);

  const endAt = (text: string, index: number, withCut: boolean): number => {
    if (firstUnits[text.charCodeAt(index)] === 0) return index;
    const candidates = byStart.get(text.slice(index, index + shortestSecret));
    if (candidates === undefined) return index;
    let end = index;
    for (const wanted of candidates) end = Math.max(end, endOf(wanted, { text, index, withCut }));
    return end;
  };

  return {
    add(wanted) {
      if (known.has(wanted) || reachOf(wanted) === "nowhere") return;
      known.add(wanted);
      const start = wanted.slice(0, shortestSecret);
      const alike = byStart.get(start);
      if (alike === undefined) byStart.set(start, [wanted]);
      else alike.push(wanted);
      firstUnits[wanted.charCodeAt(0)] = 1;
    },
    rangesIn(text, { withCut } = { withCut: false }) {
      if (known.size === 0) return [];
      const ranges: TextRange[] = [];
      const last = text.length - shortestSecret;
      for (let start = 0; start <= last; start += 1) {
        let end = endAt(text, start, withCut);
        if (end === start) continue;
        for (let index = start + 1; index < end; index += 1) end = Math.max(end, endAt(text, index, withCut));
        ranges.push({ start, end });
        start = end - 1;
      }
      return ranges;
    },
  };
}

/** In order; those that overlap are one. */
export function joinedRanges(ranges: readonly TextRange[]): readonly TextRange[] {
  const joined: TextRange[] = [];
  for (const { start, end } of ranges.toSorted((left, right) => left.start - right.start)) {
    const last = joined.at(-1);
    if (last === undefined || start >= last.end) joined.push({ start, end });
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, end) };
  }
  return joined;
}

/** `text` with `replacement` in place of each range. */
export function replaceRanges(text: string, ranges: readonly TextRange[], replacement: string): string {
  if (ranges.length === 0) return text;
  let shown = "";
  let from = 0;
  for (const { start, end } of ranges) {
    shown += text.slice(from, start) + replacement;
    from = end;
  }
  return shown + text.slice(from);
}

interface Position {
  readonly text: string;
  readonly index: number;
  readonly withCut: boolean;
}

/** The end of `wanted`, or of its beginning, at `index`; `index` if it is not there. */
function endOf(wanted: string, { text, index, withCut }: Position): number {
  if (text.startsWith(wanted, index)) {
    const end = index + wanted.length;
    return reachOf(wanted) === "anywhere" || isWord(text, index, end) ? end : index;
  }
  if (!withCut || reachOf(wanted) !== "anywhere") return index;
  let length = shortestSecret;
  while (length < wanted.length && text[index + length] === wanted[length]) length += 1;
  const end = index + length;
  if (ellipsis.test(text.slice(end, end + 4))) return end;
  const isMostOfIt = end === text.length && length * 2 > wanted.length && reachOf(text.slice(index)) === "anywhere";
  return isMostOfIt ? end : index;
}

/** It may follow a quote: a parser writes `"the beginn"... is not valid JSON`. */
const ellipsis = /^"?(?:…|\.\.\.)/u;

/** A colour code does not belong to the word after it. */
function isWord(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 6), start);
  return (
    (!/[\p{L}\p{N}_]$/u.test(before) || /\u001B\[\d{1,3}m$/u.test(before)) &&
    !/^[\p{L}\p{N}_]/u.test(text.slice(end, end + 2))
  );
}
