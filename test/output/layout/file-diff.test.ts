import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileDiff } from "../../../src/output/layout/file-diff.ts";

function diffOf(before: readonly string[], after: readonly string[]): readonly string[] {
  return fileDiff({ before, after, shownBefore: before, shownAfter: after });
}

/** What the lines of a diff make of the text; throws where a line that it keeps or removes is not there. */
function patched(before: readonly string[], diff: readonly string[]): readonly string[] {
  const after: string[] = [];
  let at = 0;
  for (const line of diff) {
    const start = /^@@ -(\d+),/u.exec(line)?.[1];
    if (start !== undefined) {
      while (at < Number(start) - 1) after.push(before[at++] ?? "");
      continue;
    }
    if (line.startsWith("+")) after.push(line.slice(1));
    else {
      if (before[at] !== line.slice(1)) throw new Error(`no line "${line.slice(1)}" at ${at}`);
      if (line.startsWith(" ")) after.push(line.slice(1));
      at += 1;
    }
  }
  return [...after, ...before.slice(at)];
}

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

describe("a diff of a file", () => {
  it("has one line of context and the places on both sides", () => {
    const before = numbered(9);
    const after = before.with(1, "new").toSpliced(6, 0, "more");
    expect(diffOf(before, after)).toEqual([
      "@@ -1,3 +1,3 @@",
      " line 0",
      "-line 1",
      "+new",
      " line 2",
      "@@ -6,2 +6,3 @@",
      " line 5",
      "+more",
      " line 6",
    ]);
  });

  it("shows a line between two edited ones as it is", () => {
    expect(diffOf(["a", "b", "c"], ["A", "b", "C"])).toEqual(["@@ -1,3 +1,3 @@", "-a", "+A", " b", "-c", "+C"]);
  });

  it("is empty when nothing differs", () => {
    expect(diffOf(numbered(3), numbered(3))).toEqual([]);
  });

  it("shows other lines than it compares, so that a changed secret is a change", () => {
    const [before, after] = [
      ["key: old", "x"],
      ["key: new", "x"],
    ];
    const shown = ["key: (sensitive)", "x"];
    expect(fileDiff({ before, after, shownBefore: shown, shownAfter: shown })).toEqual([
      "@@ -1,2 +1,2 @@",
      "-key: (sensitive)",
      "+key: (sensitive)",
      " x",
    ]);
  });

  it("stays small when thousands of lines in a row are edited in place", () => {
    const before = numbered(5000);
    const after = before.map((line, index) => (index > 100 && index < 4000 ? `${line}!` : line));
    expect(diffOf(before, after).filter((line) => line.startsWith("-"))).toHaveLength(3899);
  });

  it("makes the new text of the old one, whatever the two are", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "", "  }"), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(patched(before, diffOf(before, after))).toEqual(after);
      }),
    );
  });
});
