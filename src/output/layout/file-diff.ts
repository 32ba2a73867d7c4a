/** Two states of a file as the lines that went and came, with their neighbours, as `diff -U1` prints them. */

export interface DiffedFile {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** As many lines each, as they are shown. */
  readonly shownBefore: readonly string[];
  readonly shownAfter: readonly string[];
}

interface Hunk {
  /** The first line of each side, from 0. */
  readonly at: number;
  readonly from: number;
  readonly removed: number;
  readonly added: number;
}

/** How far it looks for the next line that both have. */
const farthest = 60;

/**
 * Linear in the length of the file. Not always the shortest diff: it takes the nearest lines that agree again, which is
 * enough for edits that are small and far apart. Lines start with `-`, `+`, a blank or `@@`; none when nothing differs.
 */
export function fileDiff(file: DiffedFile): readonly string[] {
  return hunksOf(file).flatMap(({ at, from, removed, added }) => {
    const lead = at > 0 ? 1 : 0;
    const tail = at + removed < file.before.length ? 1 : 0;
    const range = (start: number, count: number): string => `${start - lead + 1},${count + lead + tail}`;
    return [
      `@@ -${range(at, removed)} +${range(from, added)} @@`,
      ...file.shownBefore.slice(at - lead, at).map((line) => ` ${line}`),
      ...file.shownBefore.slice(at, at + removed).map((line) => `-${line}`),
      ...file.shownAfter.slice(from, from + added).map((line) => `+${line}`),
      ...file.shownBefore.slice(at + removed, at + removed + tail).map((line) => ` ${line}`),
    ];
  });
}

function hunksOf({ before, after }: Pick<DiffedFile, "before" | "after">): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let from = 0;
  while (at < before.length || from < after.length) {
    if (before[at] === after[from]) {
      at += 1;
      from += 1;
      continue;
    }
    const { removed, added } = stepsToAgreement(before, after, { at, from });
    const last = hunks.at(-1);
    if (last !== undefined && last.at + last.removed === at) {
      hunks[hunks.length - 1] = { ...last, removed: last.removed + removed, added: last.added + added };
    } else hunks.push({ at, from, removed, added });
    at += removed;
    from += added;
  }
  return hunks;
}

function stepsToAgreement(
  before: readonly string[],
  after: readonly string[],
  { at, from }: { readonly at: number; readonly from: number },
): Pick<Hunk, "removed" | "added"> {
  for (let steps = 1; steps <= farthest; steps += 1) {
    for (let removed = 0; removed <= steps; removed += 1) {
      const added = steps - removed;
      if (agree(before, after, at + removed, from + added)) return { removed, added };
    }
  }
  // Many lines in a row were edited, each in its place.
  return { removed: Math.min(1, before.length - at), added: Math.min(1, after.length - from) };
}

/** For two lines, so that a brace or an empty line alone does not count; or up to the end of both. */
function agree(before: readonly string[], after: readonly string[], at: number, from: number): boolean {
  if (at > before.length || from > after.length) return false;
  return before[at] === after[from] && before[at + 1] === after[from + 1];
}
