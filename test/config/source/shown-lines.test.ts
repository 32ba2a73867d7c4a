import { expect, test } from "vitest";
import { sensitiveNames, shownLines } from "../../../src/config/source/shown-lines.ts";
import { kinds } from "../../../src/kinds/index.ts";

const names = sensitiveNames(kinds);
const shown = (text: string): string => shownLines(text.split("\n"), names).join("\n");

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
  expect(shown(line)).toBe("  a: { headers: (sensitive), keyword: up }");
});

test.each([
  ["monitors:\n  api: { type: http, url: https://shop.example, max_retries: 3 } # three"],
  ['    bearerToken: "${env:TOKEN}"'],
  ["    basicAuthPass: ${env:PASS}"],
  ["# basicAuthPass is in the vault"],
  ['{\n  "monitors": {\n    "api": { "url": "https://shop.example" }'],
])("%j is shown as it is", (text) => {
  expect(shown(text)).toBe(text);
});
