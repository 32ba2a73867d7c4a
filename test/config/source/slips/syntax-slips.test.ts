/** What people write by habit or by mistake: one finding, at the character to mend, and a repair that mends it. */
import { expect, test } from "vitest";
import { parseYaml } from "../../../../src/config/source/parse-yaml.ts";
import type { Finding, TextEdit } from "../../../../src/model/finding.ts";

const folder = { path: "/", root: "/" };
const parse = (text: string): readonly Finding[] => parseYaml("f.yaml", folder, text).findings;

function said({ at, code, message }: Finding): string {
  return `${at?.line ?? 0}:${at?.column ?? 0} ${code} ${message}`;
}

function mended(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split("\n");
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return edits
    .toSorted((left, right) => offset(right.at.line, right.at.column) - offset(left.at.line, left.at.column))
    .reduce(
      (result, { at, text: put }) =>
        result.slice(0, offset(at.line, at.column)) + put + result.slice(offset(at.endLine, at.endColumn)),
      text,
    );
}

const notClosed = (bracket: string): string => `KS1003 the ${bracket} that opens here is not closed`;
const openQuote = "KS1003 the text in quotes that opens here is not closed";
const earlyEnd = "KS1003 the text in quotes ends here, and more follows";
const brace = "KS1003 inside { } or [ ] the brace of ${…} begins a mapping";
const nbsp = "KS1012 a non-breaking space (U+00A0) that YAML reads as a part of the text";
const smart = "KS1012 “ and ” are not quotes in YAML: they would be a part of the text";

test.each<[name: string, text: string, expected: readonly string[], repaired?: string]>([
  [
    "an expression in braces",
    "a:\n  b: { url: ${env:X}/x, t: 1 }\n",
    [`2:13 ${brace}`],
    'a:\n  b: { url: "${env:X}/x", t: 1 }\n',
  ],
  ["an expression in a list", "a: [${env:X}, b]\n", [`1:5 ${brace}`], 'a: ["${env:X}", b]\n'],
  [
    "two expressions",
    "a: { b: https://${var:h}/y, c: '${env:OK}' }\nd: { e: ${env:E} }\n",
    [`1:9 ${brace}`, `2:9 ${brace}`],
    'a: { b: "https://${var:h}/y", c: \'${env:OK}\' }\nd: { e: "${env:E}" }\n',
  ],
  ["a brace that is not closed", "m:\n  a: { b: c, d: 'e'\n  f: { g: h }\n", [`2:6 ${notClosed("{")}`]],
  ["a brace that is not closed at the end", "m:\n  a: { b: c\n", [`2:6 ${notClosed("{")}`]],
  ["a bracket that is not closed", "m:\n  a: [b, c\n  d: e\n", [`2:6 ${notClosed("[")}`]],
  ["a bracket inside a brace", "m:\n  a: { b: [c, d }\n  e: { f: g }\n", [`2:11 ${notClosed("[")}`]],
  ["a brace inside a brace", "a: { b: { c: 1 }\nd: 1\n", [`1:4 ${notClosed("{")}`]],
  ["one bracket too many", "a: { b: 1 } }\nc: 1\n", ["1:13 KS1003 this } closes nothing"]],
  ["a single quote that is not closed", "a:\n  b: 'x\n  c: 'y'\n", [`2:6 ${openQuote}`]],
  ["a quote that is not closed in braces", "a:\n  b: { c: 'x }\n  d: { e: 'y' }\n", [`2:11 ${openQuote}`]],
  ["a double quote that is not closed at the end", 'a:\n  b: "x\n  c: y\n', [`2:6 ${openQuote}`]],
  [
    "a quote that the next one closes",
    "a: {\n  b: 'x,\n  c: 'y' }\n",
    ["2:6 KS1003 the text in quotes that opens here goes on over the next lines"],
  ],
  ["an apostrophe in single quotes", "a:\n  b: 'Bob's site'\n", [`2:10 ${earlyEnd}`]],
  ["an apostrophe in braces", "a: { b: 'Bob's site', c: 1 }\n", [`1:13 ${earlyEnd}`]],
  ["quotes in double quotes", 'a: "say "hi" now"\n', [`1:9 ${earlyEnd}`]],
  ["a non-breaking space after a colon", "a:\n  b:\u00A0c\n  d: 1\n", [`2:5 ${nbsp}`], "a:\n  b: c\n  d: 1\n"],
  ["non-breaking spaces that indent", "a:\n\u00A0\u00A0b: c\n", [`2:1 ${nbsp}`], "a:\n  b: c\n"],
  ["one without a syntax error", "a:\n  b:\u00A0c\n", [`2:5 ${nbsp}`], "a:\n  b: c\n"],
  [
    "a zero width space before a key",
    "a:\n  \u200Bb: 1\n",
    ["2:3 KS1012 a zero width space (U+200B) that YAML reads as a part of the text"],
    "a:\n  b: 1\n",
  ],
  ["typographic quotes", "a: { b: “https://x” }\n", [`1:9 ${smart}`], 'a: { b: "https://x" }\n'],
  [
    "typographic quotes with a colon inside",
    "a:\n  b: “c: d”\n  e: f\n",
    [`2:6 ${smart}`],
    'a:\n  b: "c: d"\n  e: f\n',
  ],
  [
    "a // comment on a line of its own",
    "a: 1\n// don't\nb: 2\n",
    ["2:1 KS1003 // is not a comment in YAML"],
    "a: 1\n# don't\nb: 2\n",
  ],
  [
    "// comments in JSON",
    '{\n  // c\n  "a": 1,\n  "b": 2 // d\n}\n',
    ["2:3 KS1003 // is not a comment in YAML", "4:10 KS1003 // is not a comment in YAML"],
  ],
  ["a /* */ comment in JSON", '{\n  /* c */\n  "a": 1\n}\n', ["2:3 KS1003 /* is not a comment in YAML"]],
  [
    "no blank after a colon",
    "a:\n  type:http\n  url: x\n",
    ["2:7 KS1003 a blank is missing after the colon"],
    "a:\n  type: http\n  url: x\n",
  ],
  [
    "no blank after a colon in braces",
    "a: { type:http, url: x }\n",
    ["1:10 KS1003 a blank is missing after the colon"],
    "a: { type: http, url: x }\n",
  ],
  [
    "no blank after the only colon",
    "a:\n  type:http\n",
    ["2:7 KS1003 a blank is missing after the colon"],
    "a:\n  type: http\n",
  ],
  [
    "an equals sign among colons",
    "a:\n  b: c\n  d = 60\n",
    ["3:5 KS1003 YAML has a colon where this line has an equals sign"],
    "a:\n  b: c\n  d: 60\n",
  ],
  [
    "equals signs alone",
    "a:\n  b = c\n  d = e\n",
    [
      "2:5 KS1003 YAML has a colon where this line has an equals sign",
      "3:5 KS1003 YAML has a colon where this line has an equals sign",
    ],
    "a:\n  b: c\n  d: e\n",
  ],
  ["a colon that is missing", "a\n  b: c\n", ['1:1 KS1003 a colon is missing after "a"'], "a:\n  b: c\n"],
  [
    "a comma that is missing",
    "a: { b: 1 c: 2 }\n",
    ["1:11 KS1003 a comma is missing between two entries of { }"],
    "a: { b: 1, c: 2 }\n",
  ],
  [
    "a comma that is missing in JSON",
    '{\n  "a": 1\n  "b": 2\n}\n',
    ["3:3 KS1003 a comma is missing between two entries of { }"],
    '{\n  "a": 1,\n  "b": 2\n}\n',
  ],
  [
    "commas as in JSON",
    "a: 1,\nb: x,\n",
    ["1:5 KS1003 the , is a part of the value here", "2:5 KS1003 the , is a part of the value here"],
    "a: 1\nb: x\n",
  ],
  ["a column of its own", "a:\n  b:\n    c: 1\n   d: 2\n", ['4:4 KS1003 indentation does not fit: "d" has 3 spaces']],
  [
    "a column of its own in a list",
    "a:\n  - b\n - c\n",
    ["3:2 KS1003 indentation does not fit: this line has 1 space"],
  ],
  [
    "below a key that has a value",
    "a:\n  b: c\n    d: e\n",
    ['3:5 KS1003 "d" is indented below "b", which has a value already'],
  ],
  ["a list below a value", "a:\n  b: c\n    - d\n", ['3:5 KS1003 a list below "b", which has a value already']],
  ["a key among items", "a:\n  - b: 1\n  c: 2\n", ["3:3 KS1003 a key among the items of a list"]],
  ["no blank after a dash", "a:\n  -b\n  -c\n", ["2:3 KS1003 a blank is missing after the dash"], "a:\n  - b\n  - c\n"],
  [
    "a text that begins with a bracket",
    "a:\n  name: [prod] API\n",
    ["2:9 KS1003 a text that begins with [ needs quotes"],
    'a:\n  name: "[prod] API"\n',
  ],
  [
    "a comma after a closing brace",
    "a: { b: 1 },\nc: { d: 1 }\n",
    ["1:12 KS1003 a comma after the closing bracket"],
    "a: { b: 1 }\nc: { d: 1 }\n",
  ],
  [
    "a key on the line of its parent",
    "a: type: http\n   url: x\n",
    ['1:4 KS1003 "type" stands on the line of "a", which holds it'],
  ],
  [
    "texts that start with a reserved character",
    "a: { b: @home, c: 1 }\nd:\n  - `x` y # z\n",
    ["1:9 KS1003 a text cannot start with @", "3:5 KS1003 a text cannot start with `"],
    'a: { b: "@home", c: 1 }\nd:\n  - "`x` y" # z\n',
  ],
  ["a second colon", "a: Shop: checkout\n", ['1:4 KS1003 a second ": " on one line'], 'a: "Shop: checkout"\n'],
  ["a text after >", "a: > x\n", ["1:6 KS1003 a text after > or | begins on the next line"]],
  [
    "a conflict",
    "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n",
    ["2:1 KS1003 the file holds a conflict that Git could not merge"],
  ],
  ["a code block of Markdown", "```yaml\na: 1\n```\n", ["1:1 KS1003 the mark of a code block"], "a: 1\n"],
])("%s", (_name, text, expected, repaired) => {
  const findings = parse(text);
  expect(findings.map(said)).toEqual(expected);
  const edits = findings.flatMap(({ fix }) => fix?.edits ?? []);
  if (repaired === undefined) return;
  expect(mended(text, edits)).toBe(repaired);
  expect(parse(repaired)).toEqual([]);
});

test.each([
  ["slashes in an address", "a: https://x.example//y\n"],
  ["slashes in a text", "a: this // that\n"],
  ["a comment behind a value", "a: 1 # // no\n"],
  ["an expression in quotes", 'a: { b: "${env:X}/x" }\n'],
  ["an expression outside of braces", "a:\n  b: ${env:X}/x\n"],
  ["an address as a key", "a: { https://x.example, b }\n"],
  ["an equals sign in a text", "a: x = y\n"],
  ["an equals sign in a literal block", "a: |\n  b = c\n  d = e\n"],
  ["a non-breaking space in a text", "a: 5\u00A0000 Euro\n"],
  ["a non-breaking space in quotes", "a: '\n  b:\u00A0c'\n"],
  ["a non-breaking space in a literal block", "a: |\n  b:\u00A0c\n"],
  ["an apostrophe of a word processor", "a: Bob’s site\n"],
  ["typographic quotes inside of a text", "a: The “best” site\n"],
  ["typographic quotes in quotes", 'a: "“best”"\n'],
  ["a text over two lines", "a: this is\n  a long text\n"],
  ["a comma in a text", "a: Hello,\nb: 1\n"],
  ["a dash in a text", "a:\n  this -b\n"],
  ["a key with a colon inside", "a: { 'b:c': 1 }\n"],
])("no slip: %s", (_name, text) => {
  expect(parse(text)).toEqual([]);
});

test("a value that may be a secret is not in a message or a hint", () => {
  const texts = [
    "password: hunter2: x\n",
    "a:\n  b: c\n  password = hunter2\n",
    "a:\n  password:hunter2\n  b: c\n",
    "a: { password: “hunter2” }\n",
    "a: 'x' hunter2\n",
    "a: { token: hunter2${env:X} }\n",
  ];
  const findings = texts.flatMap(parse);
  expect(findings.length).toBeGreaterThanOrEqual(texts.length);
  expect(JSON.stringify(findings)).not.toContain("hunter2");
});
