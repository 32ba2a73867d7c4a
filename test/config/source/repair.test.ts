import { expect, test } from "vitest";
import type { Fix } from "../../../src/model/finding.ts";
import { loadText } from "../load-text.ts";

const head = "version: 1\nproject: shop\n";

/** Of all findings, in their order. */
async function fixesOf(text: string): Promise<readonly Fix[]> {
  const { findings } = await loadText(head + text);
  return findings.flatMap(({ fix }) => fix ?? []);
}

const monitor = (fields: string): string =>
  `monitors:\n  api: { type: http, url: "https://shop.example", ${fields} }\n`;

test.each([
  ["a key in another spelling", "max_retries: 3", 'rename "max_retries" to "maxRetries"', "maxRetries"],
  ["a quoted key keeps its quotes", '"max-retries": 3', 'rename "max-retries" to "maxRetries"', '"maxRetries"'],
  ["a time in words", "interval: 5 minutes", "write 5m", "5m"],
  ["a quoted time keeps its quotes", "interval: '5 minutes'", "write '5m'", "'5m'"],
])("%s is repaired", async (_what, fields, title, text) => {
  const fixes = await fixesOf(monitor(fields));
  expect(fixes).toMatchObject([{ title, edits: [{ text, at: { line: 4 } }] }]);
});

test.each([
  ["a guess", monitor("intervall: 60s")],
  ["a key whose right name is there already", monitor("max_retries: 3, maxRetries: 2")],
  [
    "a value that an alias repeats",
    `monitors:\n  api: { type: http, url: "https://a.example", interval: &i 5 minutes }\n`,
  ],
  ["something that an alias repeats", `x-a: &a { interval: 5 minutes }\ndefaults: { monitor: *a }\n`],
  ["a time that comes from a variable", `vars: { t: 5 minutes }\n${monitor("interval: '${var:t}'")}`],
])("%s is not", async (_what, text) => {
  expect(await fixesOf(text)).toEqual([]);
});

test("a section in another spelling is renamed", async () => {
  const fixes = await fixesOf("status_pages: {}\n");
  expect(fixes.map(({ title }) => title)).toEqual(['rename "status_pages" to "statusPages"']);
});
