/** A caret stands under the character that it is about, in every style of scalar. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Document, isScalar, parseDocument, Scalar } from "yaml";
import { scalarOffsets, type ScalarOffsets } from "../../../src/config/source/scalar-offsets.ts";

const styles = [
  Scalar.PLAIN,
  Scalar.QUOTE_SINGLE,
  Scalar.QUOTE_DOUBLE,
  Scalar.BLOCK_LITERAL,
  Scalar.BLOCK_FOLDED,
] as const;

function onlyScalar(source: string): Scalar.Parsed {
  const node = parseDocument(source).getIn(["outer", "inner"], true);
  if (!isScalar(node) || node.range == null) throw new Error(`no scalar in ${JSON.stringify(source)}`);
  return node as Scalar.Parsed;
}

function offsetsIn(source: string): { readonly offsets: ScalarOffsets | undefined; readonly value: string } {
  const { type, range, value } = onlyScalar(source);
  const text = value as string;
  return {
    value: text,
    offsets: scalarOffsets(source, {
      ...(type === undefined ? {} : { type }),
      value: text,
      start: range[0],
      end: range[1],
    }),
  };
}

/** Whether `written` is a way to write `character`: itself, a doubled quote, an escape, or a line break that folds. */
function isSpellingOf(written: string, character: string): boolean {
  if (written === character) return true;
  if (written === "''") return character === "'";
  if (/^\r?\n/u.test(written)) return character === " " || character === "\n";
  if (!written.startsWith("\\")) return false;
  return (JSON.parse(`"${jsonEscape(written)}"`) as string).includes(character);
}

/** YAML's own escapes that JSON lacks, as JSON ones. */
function jsonEscape(written: string): string {
  const names: Readonly<Record<string, string>> = {
    "0": "0000",
    a: "0007",
    e: "001b",
    v: "000b",
    N: "0085",
    _: "00a0",
    L: "2028",
    P: "2029",
  };
  const [, letter = "", rest = ""] = /^\\(.)(.*)$/su.exec(written) ?? [];
  if (letter === "x") return `\\u00${rest}`;
  if (letter === "U") return String.fromCodePoint(Number.parseInt(rest, 16));
  if (letter === " " || letter === "\t") return letter === " " ? " " : "\\t";
  return names[letter] === undefined ? written : `\\u${names[letter]}`;
}

const words = fc.array(
  fc.constantFrom(
    "a",
    "data",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "'",
    '"',
    "\\",
    "$count(",
    ")",
    "=",
    ": ",
    " #",
    "é",
    "😀",
    "\u0007",
    "\u2028",
    "x y z",
  ),
  { minLength: 1, maxLength: 25 },
);

describe("offsets of characters", () => {
  test("every character of every style leads back to how it is written", () => {
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(...styles),
        fc.integer({ min: 20, max: 60 }),
        fc.boolean(),
        (parts, style, lineWidth, isCrlf) => {
          const scalar = new Scalar(parts.join(""));
          scalar.type = style;
          const written = new Document({ outer: { inner: scalar, after: 1 } }).toString({ lineWidth });
          const source = isCrlf ? written.replaceAll("\n", "\r\n") : written;
          const { offsets, value } = offsetsIn(source);
          expect(offsets?.starts).toHaveLength(value.length);
          const wrong = [...value.split("").entries()].flatMap(([index, character]) => {
            const spelling = source.slice(offsets?.starts[index], offsets?.ends[index]);
            return isSpellingOf(spelling, character) ? [] : [{ source, index, character, spelling }];
          });
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test.for([
    ["indentation indicator", "outer:\n  inner: |2-\n      a\n     b\n"],
    ["kept line breaks", "outer:\n  inner: |+\n    a\n    b\n\n\n"],
    ["comment in the header", "outer:\n  inner: > # why\n    a\n    b\n"],
    ["escaped line break", 'outer:\n  inner: "a\\\n     b"\n'],
    ["folded plain", "outer:\n  inner: a\n\n    b\n"],
  ] as const)("%s", ([, source]) => {
    const { offsets, value } = offsetsIn(source);
    expect(offsets?.starts[value.indexOf("b")]).toBe(source.lastIndexOf("b"));
  });

  test("a text that the source does not say has no offsets", () => {
    expect(scalarOffsets("key: value", { type: Scalar.PLAIN, value: "other", start: 5, end: 10 })).toBeUndefined();
    expect(scalarOffsets("key: value", { value: "value", start: 5, end: 10 })).toBeUndefined();
  });
});
