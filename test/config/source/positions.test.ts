/** Places of findings, however many there are in one text. */
import { expect, test } from "vitest";
import { placeBelow } from "../../../src/config/source/child-place.ts";
import { parseYaml } from "../../../src/config/source/parse-yaml.ts";
import { spanWithin } from "../../../src/config/source/positions.ts";
import type { SourceDocument } from "../../../src/config/source/source-document.ts";

test("the places of a thousand findings in one text are worked out once, and are not those of another text", () => {
  const text = 'long: "\\u0061bc"\nother: "xyz"\n';
  const { document } = parseYaml("a.yaml", { path: "/", root: "/" }, text);
  if (document === undefined) throw new Error("it did not parse");
  let reads = 0;
  const watched: SourceDocument = {
    ...document,
    get text() {
      reads += 1;
      return text;
    },
  };
  const place = (key: string): ReturnType<typeof placeBelow> =>
    placeBelow({ document: watched, ...(document.root === undefined ? {} : { node: document.root }) }, [key]);
  for (let count = 0; count < 1000; count += 1) {
    expect(spanWithin(place("long"), 1, 2)).toMatchObject({ line: 1, column: 14, endColumn: 15 });
  }
  expect(reads).toBeLessThan(10);
  expect(spanWithin(place("other"), 1, 2)).toMatchObject({ line: 2, column: 10, endColumn: 11 });
  expect(spanWithin(place("long"), 0, 1)).toMatchObject({ line: 1, column: 8, endColumn: 14 });
});

test("lines are counted as they are in the text, also in what the parser cannot read", () => {
  const { findings } = parseYaml("a.yaml", { path: "/", root: "/" }, "a: @b\n\nc: `d`\n");
  expect(findings.map(({ at }) => at)).toMatchObject([
    { line: 1, column: 4 },
    { line: 3, column: 4 },
  ]);
});
