import { expect, test } from "vitest";
import { loadText } from "../load-text.ts";

const query = "type: json-query, url: https://a.example, jsonPath: status, expectedValue: ok";

async function findingsOf(fields: string): Promise<readonly { readonly hint?: string; readonly fixes: string[] }[]> {
  const { findings } = await loadText(
    `version: 1\nproject: shop\nmonitors:\n  api: { ${query}, notifications: [], ${fields} }\n`,
  );
  return findings.map(({ hint, fix }) => ({
    ...(hint === undefined ? {} : { hint }),
    fixes: (fix?.edits ?? []).map(({ text }) => text),
  }));
}

test.each([
  ["sample: [1]", "the body goes under body: sample: { body: [1] }", "{ body: [1] }"],
  ["sample: All fine", "the body goes under body: sample: { body: All fine }", "{ body: All fine }"],
  ["sample: health.json", "write sample: { file: health.json }", "{ file: health.json }"],
  ["sample: ./samples/up.html", "write sample: { file: ./samples/up.html }", "{ file: ./samples/up.html }"],
])("what stands in the place of a sample goes below a key: %s", async (fields, hint, text) => {
  expect(await findingsOf(fields)).toEqual([{ hint, fixes: [text] }]);
});

test.each([
  ["sample: { status: ok }", "the body goes under body: sample: { body: { status: ok } }"],
  ["sample: { data: [] }", "the body goes under body: sample: { body: { data: [] } }"],
  ["tests: [{ status: failed, expect: down }]", "the body goes under body: { body: { status: failed } }"],
  ["tests: [{ sample: { a: 1 }, expect: down }]", "leave it out: body, file or status stand beside expect"],
  [`sample: { note: "${"x".repeat(90)}" }`, "the body goes under body: sample: { body: … }"],
])("a body without its key is named: %s", async (fields, hint) => {
  expect(await findingsOf(fields)).toEqual([{ hint, fixes: [] }]);
});

test.each([
  ["a misspelt key", "sample: { bdy: ok }", 'did you mean "body"?'],
  ["a status in quotes", 'sample: { status: "200" }', "write 200"],
  ["a status beside a body", "sample: { body: x, status: ok }", "for example 503"],
])("%s keeps its own hint", async (_what, fields, hint) => {
  expect(await findingsOf(fields)).toMatchObject([{ hint }]);
});

test("the value of an environment variable is not repeated", async () => {
  const { findings } = await loadText(
    `version: 1\nproject: shop\nmonitors:\n  api: { ${query}, sample: { kind: "\${env:TOKEN}" } }\n`,
  );
  expect(findings.map(({ code }) => code)).toContain("KS1201");
  expect(JSON.stringify(findings)).not.toContain("tok-Zq9vX3-secret");
});

test("a resendInterval that is a time leads to resendEvery", async () => {
  expect(await findingsOf("resendInterval: 1h")).toMatchObject([
    { hint: "it counts checks; for a time write resendEvery: 1h" },
  ]);
});
