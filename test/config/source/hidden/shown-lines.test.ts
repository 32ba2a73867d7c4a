import { expect, test } from "vitest";
import { sensitiveNames } from "../../../../src/config/source/hidden/sensitive-names.ts";
import { shownLines } from "../../../../src/config/source/hidden/shown-lines.ts";
import { shownRange } from "../../../../src/model/shown-line.ts";
import { kinds } from "../../../../src/kinds/index.ts";

const names = sensitiveNames(kinds);

function shownAll(texts: Readonly<Record<string, string>>): string {
  const wanted = new Set(Object.keys(texts));
  const files = shownLines(new Map(Object.entries(texts)), { names, wanted });
  return [...files.values()].map((lines) => lines.map((line) => line.text).join("\n")).join("\n");
}

const shown = (text: string): string => shownAll({ "monitors.yaml": text });

test.each([
  ["in a block", "    basicAuthPass: hunter22 # mine"],
  ["in another spelling", "    basic_auth_pass: hunter22"],
  ["in quotes", `    "basicAuthPass": "hunter22, \\" }"`],
  ["in single quotes", `    'basicAuthPass': 'hunter22''s'`],
  ["in a flow", "  api: { type: http, basicAuthPass: hunter22, interval: 60 }"],
  ["below its key", "    basicAuthPass: >-\n      hunter22\n\n      hunter22\n    interval: 60"],
  ["in a mapping below its key", "    headers:\n      X-Own: hunter22\n      X-More: |\n        hunter22"],
  ["in a mapping beside its key", '    headers: { "X-Own": hunter22 }'],
  ["under a name of another tool", "  a: { auth_pass: hunter22, interval: 60 }"],
  ["after a variable in a mapping", '  a: { headers: { A: "${env:X}", X-Own: hunter22 }, interval: 60 }'],
  ["after a bracket in quotes", '  a: { headers: { A: "}", "X-Own": hunter22 }, interval: 60 }'],
  ["in a mapping that goes on", "    headers: { A: b,\n      X-Own: hunter22 }"],
  ["behind an anchor", "    bearerToken: &t\n      hunter22"],
  ["with a comma in it", "    basicAuthPass: a,hunter22}"],
  ["after another one", "  api: { bearerToken: abc, basicAuthPass: hunter22 }"],
  ["in a URL", "    url: https://bob:hunter22@shop.example/"],
  ["in a notification", "notifications:\n  d: { type: discord, discordWebhookUrl: https://x.example/hunter22 }"],
  ["under a name that tells it", "  x-my-password: hunter22"],
])("a password %s is not shown", (_what, text) => {
  expect(shown(text)).not.toContain("hunter22");
  expect(shown(text).split("\n")).toHaveLength(text.split("\n").length);
});

test("what follows a hidden mapping is shown", () => {
  const line = '  a: { headers: { A: "${env:X}" }, keyword: up }';
  expect(shown(line)).toBe(line);
  const own = '  a: { headers: { Accept: text/plain, "X-Own": hunter22 }, keyword: up }';
  expect(shown(own)).toBe(own.replace("hunter22", "(sensitive)"));
});

test.each([
  ["monitors:\n  api: { type: http, url: https://shop.example, max_retries: 3 } # three"],
  ['    bearerToken: "${env:TOKEN}"'],
  ['notifications:\n  a: { type: slack, slackwebhookURL: "${env:SLACK_WEBHOOK}" }'],
  ["    basicAuthPass: ${env:PASS}"],
  ["# basicAuthPass is in the vault"],
  ['{\n  "monitors": {\n    "api": { "url": "https://shop.example" }'],
])("%j is shown as it is", (text) => {
  expect(shown(text)).toBe(text);
});

test("the key of an object may sound like that of a secret", () => {
  const text =
    "monitors:\n  auth:\n    type: http\n    url: https://auth.example/\n  api-token: { type: ping, hostname: a.example }";
  expect(shown(text)).toBe(text);
});

test("names of headers and of members stay", () => {
  const text = 'monitors:\n  a:\n    headers:\n      Accept: hunter22\n      "X-Own": hunter22\n    interval: 60';
  expect(shown(text)).toBe(
    'monitors:\n  a:\n    headers:\n      Accept: hunter22\n      "X-Own": (sensitive)\n    interval: 60',
  );
});

test("settings of a provider without fields are hidden, its own keys are not", () => {
  const text = "notifications:\n  a:\n    name: Own\n    type: lunasea\n    lunaseaTarget: hunter22";
  expect(shown(text)).toBe(text.replace("hunter22", "(sensitive)"));
});

test("a column that goes to a sensitive field is hidden in the table, and no other", () => {
  const files = {
    "monitors.yaml": 'monitors:\n  "${each:host}": { each: rows.csv, bearerToken: "${each:own}" }',
    "rows.csv": 'host;own;team\na.example;"hunter22";core\nb.example;hunter22;core',
  };
  expect(shownAll(files).split("\n").slice(2)).toEqual([
    "host;own;team",
    "a.example;(sensitive);core",
    "b.example;(sensitive);core",
  ]);
});

test("the key and the address of a row are shown", () => {
  const files = {
    "monitors.yaml":
      'monitors:\n  "a-${each:key}": { each: { file: rows.csv }, url: "${each:url}" }\n' +
      '  "b-${each:key}": { each: [{ key: b }], url: "https://${each:key}.example" }',
    "rows.csv": "key,url,api_key\na,https://a.example,hunter22",
  };
  expect(shownAll(files)).toBe(Object.values(files).join("\n").replace("hunter22", "(sensitive)"));
});

test("the address of a row that goes to a notification is hidden", () => {
  const files = {
    "monitors.yaml":
      'notifications:\n  "${each:key}": { each: { file: rows.csv }, type: webhook, webhookURL: "${each:url}" }',
    "rows.csv": "key,url\na,https://a.example/hunter22",
  };
  expect(shownAll(files).split("\n").at(-1)).toBe("a,(sensitive)");
});

test("a place before, in and behind a secret is the same one in what is shown", () => {
  const line = "  a: { bearerToken: abc, basicAuthPass: hunter22hunter22, interval: 6 }";
  const [one] = shownLines(new Map([["f", line]]), { names, wanted: new Set(["f"]) }).get("f") ?? [];
  if (one === undefined) throw new Error("no line");
  const textAt = (text: string): string => {
    const at = line.indexOf(text);
    const { start, end } = shownRange(one, at, at + text.length);
    return one.text.slice(start, end);
  };
  expect(["a:", "bearerToken", "basicAuthPass", "interval", "6"].map(textAt)).toEqual([
    "a:",
    "bearerToken",
    "basicAuthPass",
    "interval",
    "6",
  ]);
  expect(["abc", "hunter22hunter22", "22hunter", "hunter22hunter22, interval"].map(textAt)).toEqual([
    "(sensitive)",
    "(sensitive)",
    "(sensitive)",
    "(sensitive), interval",
  ]);
});
