import { expect, test } from "vitest";
import { applyFixes } from "../../../src/config/source/apply-fixes.ts";
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

const query = (fields: string): string => monitor(fields).replace("type: http,", "type: json-query,");

test.each([
  ["a login without its method", monitor("basicAuthUser: a, basicAuthPass: b"), "authMethod: basic, basicAuthUser: a"],
  ["a token without its method", monitor("bearerToken: abc"), "authMethod: bearer, bearerToken: abc"],
  [
    "a method in a block",
    `monitors:\n  api:\n    type: http\n    url: https://a.example\n    # login\n    basicAuthUser: a # me\n    basicAuthPass: b\n`,
    "    # login\n    authMethod: basic\n    basicAuthUser: a # me\n",
  ],
  [
    "a method in JSON",
    `{ "monitors": { "api": { "type": "http", "url": "https://a.example", "bearerToken": "x" } } }`,
    `"authMethod": "bearer", "bearerToken"`,
  ],
  [
    "a token with its word",
    monitor('authMethod: bearer, bearerToken: "Bearer ${env:TOKEN}"'),
    'bearerToken: "${env:TOKEN}"',
  ],
  [
    "a plain token with its word",
    `monitors:\n  api:\n    type: http\n    url: https://a.example\n    authMethod: bearer\n    bearerToken: Bearer \${env:TOKEN} # ours\n`,
    'bearerToken: "${env:TOKEN}" # ours',
  ],
  ["a status code with letters", monitor("acceptedStatusCodes: [2xx, 301]"), "[200-299, 301]"],
  ["blanks in a range of status codes", monitor('acceptedStatusCodes: ["200 - 299"]'), '["200-299"]'],
  ["dots in a range of status codes", monitor("acceptedStatusCodes: [200..299]"), "[200-299]"],
  ["a severity as outputs print it", `policy: { findings: { KS1404: info } }\n`, "KS1404: note"],
  ["an expected value that YAML reads otherwise", query("jsonPath: a, expectedValue: 1.0"), 'expectedValue: "1.0"'],
  ["a boolean in other letters", query('jsonPath: a = 1, expectedValue: "True"'), 'expectedValue: "true"'],
  ["blanks around the expected value", query('jsonPath: a, expectedValue: " ok "'), 'expectedValue: "ok"'],
  ["a word of a list in other letters", monitor("method: post, body: x"), "method: POST"],
  [
    "typographic quotes in double quotes",
    query('jsonPath: "a = “ok”", expectedValue: "true"'),
    String.raw`"a = \"ok\""`,
  ],
  ["typographic quotes in single quotes", query("jsonPath: 'a = “ok”', expectedValue: 'true'"), `'a = "ok"'`],
  [
    "a letter that a URL cannot hold",
    `monitors:\n  a: { type: http, url: https://a.example/é?q=ü }\n`,
    "https://a.example/%C3%A9?q=%C3%BC",
  ],
  [
    "a keyword with blanks",
    `monitors:\n  a: { type: keyword, url: https://a.example, keyword: '"status": "ready"' }\n`,
    `keyword: '"status":"ready"'`,
  ],
  ["the name of a type", `monitors:\n  a: { type: HTTPS, url: https://a.example }\n`, "type: http,"],
])("%s is repaired in the way the file is written", async (_what, text, expected) => {
  expect(await repaired(text)).toContain(expected);
});

test.each([
  ["half of a login", monitor("basicAuthUser: a")],
  ["two logins", monitor("basicAuthUser: a, basicAuthPass: b, bearerToken: c")],
  [
    "a login whose other half is in defaults",
    `defaults: { monitor: { basicAuthPass: b } }\n${monitor("basicAuthUser: a")}`,
  ],
  ["a reversed range", monitor("acceptedStatusCodes: [299-200]")],
  ["an interval that may be milliseconds", monitor("interval: 60000")],
  ["a guess at a type", `monitors:\n  a: { type: htpt, url: https://a.example }\n`],
])("%s is left to people", async (_what, text) => {
  expect(await fixesOf(text)).toEqual([]);
});

/** After all rounds. */
async function repaired(text: string): Promise<string> {
  let now = head + text;
  if (text.startsWith("{")) now = text.replace("{", '{ "version": 1, "project": "shop",');
  for (let round = 0; round < 20; round += 1) {
    const { findings } = await loadText(now);
    const { texts, made } = applyFixes(
      new Map([["<stdin>", now]]),
      findings.flatMap(({ fix }) => fix ?? []),
    );
    if (made.length === 0) break;
    now = texts.get("<stdin>") ?? "";
  }
  return now;
}

test("no title and no edit holds more of a URL than it changes, which may have a password", async () => {
  const fixes = await fixesOf(`monitors:\n  a: { type: http, url: https://u:hunter22@a.example/é/x?token=abcdefgh }\n`);
  expect(fixes).toMatchObject([{ title: "write %C3%A9", edits: [{ text: "%C3%A9" }] }]);
});

test.each([
  ["a token without quotes", "authMethod: bearer, bearerToken: Bearer hunter22"],
  ["a token with a sign in it", "authMethod: bearer, bearerToken: Bearer hunter22:x"],
  ["a token in quotes", 'authMethod: bearer, bearerToken: "Bearer hunter22"'],
  ["a password that YAML reads as a number", "authMethod: basic, basicAuthUser: a, basicAuthPass: 0220.50"],
  ["a login without its method", "basicAuthUser: a, basicAuthPass: hunter22"],
])("the repair of %s does not repeat it", async (_what, fields) => {
  const fixes = await fixesOf(monitor(fields));
  expect(fixes).toHaveLength(1);
  expect(JSON.stringify(fixes)).not.toMatch(/hunter22|220/u);
});

test("a section in another spelling is renamed", async () => {
  const fixes = await fixesOf("status_pages: {}\n");
  expect(fixes.map(({ title }) => title)).toEqual(['rename "status_pages" to "statusPages"']);
});
