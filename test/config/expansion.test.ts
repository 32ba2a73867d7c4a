/** Small files that would become huge values: refused with a place, and without the memory they ask for. */
import { describe, expect, test } from "vitest";
import { findingLine, loadText } from "./load-text.ts";

const head = "version: 1\nproject: p\n";
const layers = 12;

/** Ten of the layer below in each: 10^12 values. */
function layered(item: (index: number, below: string) => string): string {
  return Array.from({ length: layers }, (_, index) => item(index, index === 0 ? "x" : `*a${index - 1}`)).join("\n");
}

const lists = layered((index, below) => `    a${index}: &a${index} [${Array(10).fill(below).join(", ")}]`);
const maps = layered(
  (index, below) =>
    `    a${index}: &a${index} { ${Array.from({ length: 10 }, (_, key) => `k${key}: ${below}`).join(", ")} }`,
);
const last = `*a${layers - 1}`;

/** Where a value that explodes can stand. */
const places: Readonly<Record<string, (layersOf: string) => string>> = {
  "a monitor": (text) => `monitors:\n  m:\n    type: group\n${text}\n    description: ${last}\n`,
  "a notification that passes everything on": (text) =>
    `notifications:\n  n:\n    type: line\n    lineChannelAccessToken: x\n${text}\n`,
  defaults: (text) => `defaults:\n  monitor:\n${text}\n`,
  vars: (text) => `vars:\n  v:\n${text}\nmonitors: { m: { type: group, description: "\${var:v}" } }\n`,
  policy: (text) => `policy:\n  p:\n${text}\n`,
  "an item of moved": (text) => `moved:\n  - from: monitor/a\n${text.replaceAll(/^/gmu, "")}\n`,
  "an override": (text) =>
    `targets:\n  t: { overrides: { monitor/m: ${last} } }\nmonitors:\n  m:\n    type: group\n${text}\n`,
  "an Open WebUI": (text) => `openWebUI:\n  o:\n    url: https://x.example\n${text}\n`,
  "tests of a monitor": (text) =>
    `monitors:\n  m:\n    type: keyword\n    url: https://x.example/y\n    keyword: x\n${text}\n    tests: [{ expect: up, body: ${last} }]\n`,
};

describe.for([
  ["lists", lists],
  ["mappings", maps],
] as const)("a billion laughs, in %s", ([, text]) => {
  test.for(Object.keys(places))("in %s", async (place) => {
    const { findings } = await loadText(head + (places[place]?.(text) ?? ""));
    const refused = findings.filter(({ message }) => message === "aliases expand to far too many values");
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: "KS1009", severity: "error", at: { file: "<stdin>" } });
  });
});

test("one large anchor that many use is counted in all", async () => {
  const large = `[${Array(1000).fill("x").join(", ")}]`;
  const token = "type: line, lineChannelAccessToken: x";
  const others = Array.from({ length: 1000 }, (_, index) => `  n${index}: { ${token}, list: *large }`).join("\n");
  const { findings } = await loadText(`${head}notifications:\n  n: { ${token}, list: &large ${large} }\n${others}\n`);
  expect(findings.map(({ message }) => message)).toEqual(["aliases expand to far too many values"]);
});

test("more mistakes than a call has arguments", { timeout: 120_000 }, async () => {
  const wrong = `[${Array(200).fill("x").join(", ")}]`;
  const monitors = Array.from({ length: 650 }, (_, index) => `  m${index}: { type: group, tags: *wrong }`).join("\n");
  const { findings } = await loadText(`${head}monitors:\n  m: { type: group, tags: &wrong ${wrong} }\n${monitors}\n`);
  // Said once, where they stand.
  expect(findings).toHaveLength(200);
});

test("long lists and long chains of moves", { timeout: 120_000 }, async () => {
  const moves = Array.from(
    { length: 3000 },
    (_, index) => `  - { from: monitor/m${index + 1}, to: monitor/m${index} }`,
  );
  const items = Array.from({ length: 130_000 }, () => "  - x");
  const text = `${head}monitors: { m0: { type: group } }\nmoved:\n${moves.join("\n")}\n${items.join("\n")}\n`;
  const { findings, moves: good } = await loadText(text);
  expect(good).toMatchObject([{ from: "monitor/m1", to: "monitor/m0" }]);
  expect(findings).toHaveLength(moves.length - 1 + items.length);
});

test("one anchor that 5,000 monitors share is fine", async () => {
  const monitors = Array.from({ length: 5000 }, (_, index) => `  m${index}: { type: group, tags: *tags }`).join("\n");
  const text = `${head}tags: { a: {}, b: {} }\nmonitors:\n  m: { type: group, tags: &tags [a, { b: core }] }\n${monitors}\n`;
  const { findings, entities } = await loadText(text);
  expect(findings).toEqual([]);
  expect(entities).toHaveLength(5003);
});

test.for([
  ["itself", "&a [*a]"],
  ["itself in a mapping", "&a { b: *a }"],
  ["itself by another", "&a [&b [*a, *b]]"],
])("an alias that contains %s", async ([, value]) => {
  const { findings } = await loadText(`${head}monitors: { m: { type: group, tags: ${value} } }\n`);
  expect(findings.filter(({ code }) => code === "KS1009").length).toBeGreaterThan(0);
  expect(findings.filter(({ at }) => at === undefined)).toEqual([]);
});

describe("variables that explode", () => {
  const megabyte = "x".repeat(1024 * 1024);

  test("in one text", async () => {
    const text = `${head}monitors: { m: { type: group, description: "${"${var:v}".repeat(100_000)}" } }\n`;
    const { findings } = await loadText(text, { vars: { v: megabyte } });
    expect(findings.map(findingLine)).toEqual(["<stdin>:3:85: error: text becomes longer than 4 MB [KS1205]"]);
  });

  test("in all of them together", async () => {
    const monitors = Array.from(
      { length: 5000 },
      (_, index) => `  m${index}: { type: group, description: "\${var:v}" }`,
    );
    const { findings } = await loadText(`${head}monitors:\n${monitors.join("\n")}\n`, { vars: { v: megabyte } });
    expect(findings.map(findingLine)).toEqual(["<stdin>:99:36: error: variables expand to far too much text [KS1205]"]);
  });
});
