/** Repairs made in texts. Pure: nothing is read or written here. */
import type { Fix, TextEdit } from "../../model/finding.ts";

export interface FixedTexts {
  /** With all files, the unchanged ones too. */
  readonly texts: ReadonlyMap<string, string>;
  /** Those that were made, in the order in which they were given. */
  readonly made: readonly Fix[];
}

/**
 * `texts` by the names of files that edits have. Of two repairs that overlap only the first is made: what the second would
 * edit is not there any more. One that edits a file without a text is not made either.
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
  /** In the text; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type OffsetOf = (line: number, column: number) => number;

/** Lines end as the columns of findings have them: with a line feed, whatever stands before it. */
function offsetsIn(text: string): OffsetOf {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (line, column) => (starts[line - 1] ?? text.length) + column - 1;
}

function cutOf({ at, text }: TextEdit, offsetOf: OffsetOf | undefined): Cut | undefined {
  if (offsetOf === undefined) return undefined;
  return { file: at.file, start: offsetOf(at.line, at.column), end: offsetOf(at.endLine, at.endColumn), text };
}

/** Two that put something in at one place overlap as well: nothing says which comes first. */
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
