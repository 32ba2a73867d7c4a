/** Compares two texts line by line: removed, added and common lines. Long common parts are cut to their ends. */

export interface DiffLine {
  readonly mark: "-" | "+" | " " | "…";
  readonly text: string;
}

/**
 * For longer texts, comparing all pairs of lines would take too long; all old lines are then followed by all new ones.
 */
const mostCompared = 400;
const context = 2;

export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const isTooLong = before.length > mostCompared || after.length > mostCompared;
  const lines = isTooLong
    ? [...before.map(removed), ...after.map(added)]
    : walk(before, after, commonLengths(before, after));
  return foldUnchanged(lines);
}

const removed = (text: string): DiffLine => ({ mark: "-", text });
const added = (text: string): DiffLine => ({ mark: "+", text });

/** `lengths[i][j]` is the length of the longest common subsequence of `before` from line i and `after` from line j. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    Array.from<number>({ length: after.length + 1 }).fill(0),
  );
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const cells = lengths[row] ?? [];
      cells[column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  return lengths;
}

function walk(
  before: readonly string[],
  after: readonly string[],
  lengths: readonly (readonly number[])[],
): DiffLine[] {
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const old = before[row];
    const fresh = after[column];
    if (old !== undefined && old === fresh) {
      lines.push({ mark: " ", text: old });
      row += 1;
      column += 1;
    } else if (
      old !== undefined &&
      (fresh === undefined || (lengths[row + 1]?.[column] ?? 0) >= (lengths[row]?.[column + 1] ?? 0))
    ) {
      lines.push(removed(old));
      row += 1;
    } else {
      lines.push(added(fresh ?? ""));
      column += 1;
    }
  }
  return lines;
}

function foldUnchanged(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== " "),
  );
  return lines.flatMap((line, index): DiffLine[] => {
    if (isNear[index]) return [line];
    const isFirstOfRun = isNear[index - 1] ?? true;
    return isFirstOfRun ? [{ mark: "…", text: "" }] : [];
  });
}
