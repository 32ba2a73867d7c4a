import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inert, inertJson, inertLines } from "../../src/output/inert.ts";

/** Text as an attacker would choose it, mixed with anything at all. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\u001B[2J", "\u009B31m", "\n::error::", " ::error::", "##[group]", "\u202E", "\u2066", "\u200B"),
      fc.constantFrom("\uD800", "\u2028", "\r", "\u0000", "\u00AD", "\u{E0041}", "👨‍👩‍👧", "❤️", "日本"),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

/** Letters of every script, spaces and punctuation: what people type into a name. */
const harmless = fc.stringMatching(/^[\p{Script=Latin}\p{Script=Han}\p{Script=Arabic}0-9 .,_/@()!?'"{}-]*$/u);

describe("inert", () => {
  it("leaves nothing that a terminal or a workflow runner would obey", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = inert(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\u200B\u2060\uFEFF\u00AD]/u);
        expect(shown.trimStart().startsWith("::")).toBe(false);
        expect(shown).not.toContain("##[");
      }),
    );
  });

  it("leaves ordinary text as it is", () => {
    fc.assert(
      fc.property(
        harmless.filter((text) => !/[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(text)),
        (text) => {
          expect(inert(text)).toBe(text);
        },
      ),
    );
  });

  it.each([
    ["a\u001B[31mred", String.raw`a\x1b[31mred`],
    ["two\nlines\tand a tab", String.raw`two\nlines\tand a tab`],
    ["::error::gotcha", String.raw`\x3a:error::gotcha`],
    ["  ::error::gotcha", String.raw`  \x3a:error::gotcha`],
    ["http://[::1]:3001/", "http://[::1]:3001/"],
    ["::1", "::1"],
    ["::ffff:0a00/64 is fine", "::ffff:0a00/64 is fine"],
    ["::debug::1", String.raw`\x3a:debug::1`],
    ["::add-mask::1", String.raw`\x3a:add-mask::1`],
    ["::dead::beef", String.raw`\x3a:dead::beef`],
    ["::", String.raw`\x3a:`],
    ["a##[group]b", String.raw`a#\x23[group]b`],
    ["abc\u202Efed", String.raw`abc\u{202e}fed`],
    ["zero\u200Bwidth", String.raw`zero\u{200b}width`],
    ["ad\u200Dmin", String.raw`ad\u{200d}min`],
    ["👨‍👩‍👧 and ❤️", "👨‍👩‍👧 and ❤️"],
  ])("shows %j as %s", (text, shown) => {
    expect(inert(text)).toBe(shown);
  });

  it("keeps line breaks only where lines are asked for", () => {
    expect(inertLines("a\r\nb\n\u001B")).toEqual(["a", "b", String.raw`\x1b`]);
  });
});

describe("inertJson", () => {
  it("changes the spelling of a document and none of its values", () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, fc.oneof(hostile, fc.array(hostile))), (value) => {
        const text = inertJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
        expect(text).not.toContain("##[");
        for (const line of text.split("\n")) expect(line.trimStart()).not.toMatch(/^"?::/u);
      }),
    );
  });
});
