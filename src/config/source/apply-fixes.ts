/** Applies repairs to texts. Reads and writes no files. */
import type { Fix, TextEdit } from "../../model/finding.ts";

export interface FixedTexts {
  /** All texts, also unchanged ones. */
  readonly texts: ReadonlyMap<string, string>;
  /** The repairs that were applied, in the given order. */
  readonly made: readonly Fix[];
}

/**
 * `texts` is by the file names of the edits. Of two repairs that overlap only the first is applied, because it has
 * changed what the second would edit. A repair of a file without a text is not applied either.
 */
export function applyFixes(texts: ReadonlyMap<string, string>, fixes: readonly Fix[]): FixedTexts {
  const offsets = new Map([...texts].map(([file, text]) => [file, offsetsIn(text)]));
  const cuts = new Map<string, Cut[]>();
  const made = fixes.filter(({ edits }) => {
    const own = edits.map((edit) => cutOf(edit, offsets.get(edit.at.file)));
    if (!own.every((cut) => cut !== undefined && !(cuts.get(cut.file) ?? []).some((other) => overlap(cut, other))))
      return false;
    for (const cut of own) {
      if (cut === undefined) continue;
      const others = cuts.get(cut.file);
      if (others === undefined) cuts.set(cut.file, [cut]);
      else others.push(cut);
    }
    return true;
  });
  const changed = [...cuts].map(([file, own]): [string, string] => [file, edited(texts.get(file) ?? "", own)]);
  return { texts: new Map([...texts, ...changed]), made };
}

interface Cut {
  readonly file: string;
  /** Offset in the text; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type OffsetOf = (line: number, column: number) => number;

/** A line ends with a line feed, as in the positions of findings; a carriage return is part of the line. */
function offsetsIn(text: string): OffsetOf {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (line, column) => (starts[line - 1] ?? text.length) + column - 1;
}

function cutOf({ at, text }: TextEdit, offsetOf: OffsetOf | undefined): Cut | undefined {
  if (offsetOf === undefined) return undefined;
  return { file: at.file, start: offsetOf(at.line, at.column), end: offsetOf(at.endLine, at.endColumn), text };
}

/** Two insertions at the same place overlap too, because their order is not known. */
function overlap(left: Cut, right: Cut): boolean {
  const isInsertion = left.start === left.end || right.start === right.end;
  return isInsertion
    ? left.start <= right.end && right.start <= left.end
    : left.start < right.end && right.start < left.end;
}

function edited(text: string, cuts: readonly Cut[]): string {
  let rest = 0;
  const parts = cuts
    .toSorted((left, right) => left.start - right.start)
    .flatMap((cut) => {
      const before = text.slice(rest, cut.start);
      rest = cut.end;
      return [before, cut.text];
    });
  return [...parts, text.slice(rest)].join("");
}
