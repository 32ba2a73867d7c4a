import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "../../../src/output/layout/columns.ts";
import { wrapItems, wrapLines, wrapText } from "../../../src/output/layout/wrap.ts";

describe("wrapText", () => {
  it("breaks at spaces and indents the lines after the first", () => {
    expect(wrapText("one two three four", 9, "  ")).toEqual(["one two", "  three", "  four"]);
  });

  it("keeps a word that is wider than the screen whole", () => {
    expect(wrapText("see https://example.com/a/long/path now", 10)).toEqual([
      "see",
      "https://example.com/a/long/path",
      "now",
    ]);
  });

  it("measures columns, not characters or escape codes", () => {
    expect(wrapText("\u001B[31m日本\u001B[39m 日本", 5)).toEqual(["\u001B[31m日本\u001B[39m", "日本"]);
  });

  it("loses no word, and makes no line too wide that has a space", () => {
    const words = fc.array(fc.stringMatching(/^[a-z日]{1,12}$/u), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 40 }), (given, width) => {
        const lines = wrapText(given.join(" "), width, "  ");
        expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(given);
        const tooWide = lines.filter((line) => line.trim().includes(" ") && columnsOf(line) > width);
        expect(tooWide).toEqual([]);
      }),
    );
  });
});

describe("wrapItems", () => {
  it("breaks only behind a comma", () => {
    expect(wrapItems(["type http", "parent media", "interval 5m"], 22, "  ")).toEqual([
      "  type http,",
      "  parent media,",
      "  interval 5m",
    ]);
    expect(wrapItems([], 22, "  ")).toEqual([]);
  });
});

describe("wrapLines", () => {
  it("continues a line two columns to the right of its start", () => {
    expect(wrapLines("a\n  one two three\n", 9)).toBe("a\n  one two\n    three\n");
  });
});
