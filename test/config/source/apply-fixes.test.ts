import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFixes } from "../../../src/config/source/apply-fixes.ts";
import type { Fix } from "../../../src/model/finding.ts";

function fixOf(line: number, [column, endColumn]: readonly [number, number], text: string, file = "a.yaml"): Fix {
  return { title: text, edits: [{ at: { file, line, column, endLine: line, endColumn }, text }] };
}

function edited(text: string, ...fixes: readonly Fix[]): string | undefined {
  return applyFixes(new Map([["a.yaml", text]]), fixes).texts.get("a.yaml");
}

describe("repairs in texts", () => {
  it("keep line breaks, a byte order mark and everything else", () => {
    expect(edited("\uFEFFa: 1\r\n\tb: 2\r\n", fixOf(1, [2, 3], "x"), fixOf(2, [5, 6], "3"))).toBe(
      "\uFEFFx: 1\r\n\tb: 3\r\n",
    );
  });

  it("that overlap wait: the first is made whole, the second not at all", () => {
    const second: Fix = { title: "two", edits: [...fixOf(1, [3, 5], "?").edits, ...fixOf(1, [7, 8], "!").edits] };
    const { texts, made } = applyFixes(new Map([["a.yaml", "abcdefgh"]]), [fixOf(1, [2, 4], "X"), second]);
    expect(texts.get("a.yaml")).toBe("aXdefgh");
    expect(made.map(({ title }) => title)).toEqual(["X"]);
  });

  it("put in at one place wait too, because nothing says which comes first", () => {
    expect(edited("ab", fixOf(1, [2, 2], "1"), fixOf(1, [2, 2], "2"))).toBe("a1b");
    expect(edited("ab", fixOf(1, [1, 2], "1"), fixOf(1, [2, 3], "2"))).toBe("12");
  });

  it("of a file that is not there are not made", () => {
    expect(applyFixes(new Map([["a.yaml", "a"]]), [fixOf(1, [1, 2], "x", "b.yaml")]).made).toEqual([]);
  });

  it("change nothing outside of their places, in any order", () => {
    const cuts = fc
      .uniqueArray(fc.nat(30), { maxLength: 8 })
      .map((list) => list.toSorted((left, right) => left - right));
    fc.assert(
      fc.property(
        fc.string({ minLength: 31, maxLength: 31, unit: fc.constantFrom("a", "é", "\t", "#") }),
        cuts,
        (text, at) => {
          const fixes = at.map((offset) => fixOf(1, [offset + 1, offset + 2], "<>"));
          const expected = text
            .split("")
            .map((character, index) => (at.includes(index) ? "<>" : character))
            .join("");
          expect(edited(text, ...fixes)).toBe(expected);
          expect(edited(text, ...fixes.toReversed())).toBe(expected);
        },
      ),
    );
  });
});
