/** Two states of a file as removed and added lines with one line of context, like `diff -U1`. */

export interface DiffedFile {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The lines as they are shown; as many as in the file. */
  readonly shownBefore: readonly string[];
  readonly shownAfter: readonly string[];
}

interface Hunk {
  /** Index of the first line of each side. */
  readonly at: number;
  readonly from: number;
  readonly removed: number;
  readonly added: number;
}

/** How many lines ahead it looks for a common line. */
const farthest = 60;

/**
 * Linear in the length of the file. It is not always the shortest diff: it uses the nearest common lines, which is
 * enough for small edits. Lines start with `-`, `+`, a space or `@@`; empty if nothing differs.
 */
export function fileDiff(file: DiffedFile): readonly string[] {
  return hunksOf(file).flatMap(({ at, from, removed, added }) => {
    const lead = at > 0 ? 1 : 0;
    const tail = at + removed < file.before.length ? 1 : 0;
    const range = (start: number, count: number): string => `${start - lead + 1},${count + lead + tail}`;
    return [
      `@@ -${range(at, removed)} +${range(from, added)} @@`,
      ...file.shownBefore.slice(at - lead, at).map((line) => ` ${line}`),
      ...linesOf(file, { at, from, removed, added }),
      ...file.shownBefore.slice(at + removed, at + removed + tail).map((line) => ` ${line}`),
    ];
  });
}

/** Where as many lines came as went, those that are the same in their place are not changed. */
function linesOf(file: DiffedFile, { at, from, removed, added }: Hunk): readonly string[] {
  const lines: string[] = [];
  let came: string[] = [];
  for (let index = 0; index < Math.max(removed, added); index += 1) {
    const isKept = removed === added && file.before[at + index] === file.after[from + index];
    if (isKept) {
      lines.push(...came, ` ${file.shownBefore[at + index] ?? ""}`);
      came = [];
      continue;
    }
    if (index < removed) lines.push(`-${file.shownBefore[at + index] ?? ""}`);
    if (index < added) came.push(`+${file.shownAfter[from + index] ?? ""}`);
  }
  return [...lines, ...came];
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
  // Many lines in a row were edited in place.
  return { removed: Math.min(1, before.length - at), added: Math.min(1, after.length - from) };
}

/**
 * Requires two common lines, so that a brace or an empty line alone does not count, or everything up to the end of both
 * files.
 */
function agree(before: readonly string[], after: readonly string[], at: number, from: number): boolean {
  if (at > before.length || from > after.length) return false;
  return before[at] === after[from] && before[at + 1] === after[from + 1];
}
