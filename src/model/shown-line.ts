/**
 * A line of a file without its secrets, for code frames and diffs. Columns are UTF-16 units and start at 0.
 */

export interface ShownLine {
  readonly text: string;
  /** What `text` hides, in order and without overlaps. */
  readonly hidden: readonly HiddenPart[];
}

/** A part of the file's line, and how long what `text` has in its place is. */
export interface HiddenPart {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** The lines of each file, by the name that findings use. */
export type ShownSources = ReadonlyMap<string, readonly ShownLine[]>;

/** Where the part of the file's line from `start` to `end` is in `text`. A place inside a secret becomes all of it. */
export function shownRange(
  { hidden }: ShownLine,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  return { start: shownColumn(hidden, start, "start"), end: shownColumn(hidden, end, "end") };
}

function shownColumn(hidden: readonly HiddenPart[], column: number, side: "start" | "end"): number {
  let shift = 0;
  for (const part of hidden) {
    if (column <= part.start) break;
    if (column < part.end) return part.start + shift + (side === "start" ? 0 : part.length);
    shift += part.length - (part.end - part.start);
  }
  return column + shift;
}

/** Lines that hide nothing. */
export function openLines(lines: readonly string[]): readonly ShownLine[] {
  return lines.map((text) => ({ text, hidden: [] }));
}
