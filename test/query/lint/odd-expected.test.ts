import { expect, test } from "vitest";
import { loadText } from "../../config/load-text.ts";

async function hintsOf(expected: string): Promise<readonly (string | undefined)[]> {
  const { findings } = await loadText(
    `version: 1\nproject: shop\nmonitors:\n  api: { type: json-query, url: https://a.example, jsonPath: status, expectedValue: "${expected}" }\n`,
  );
  return findings.flatMap(({ code, hint }) => (code === "KS1560" ? [hint] : []));
}

test.each([
  ["ok,degraded", 'write the choice into the query, field in ["ok", "degraded"], and expect "true"'],
  ["UP, WARN", 'write the choice into the query, field in ["UP", "WARN"], and expect "true"'],
  ["green/yellow", 'write the choice into the query, field in ["green", "yellow"], and expect "true"'],
  ["!= down", 'write jsonPathOperator: "!=" and expectedValue: "down"'],
  ["> 5", 'write jsonPathOperator: ">" and expectedValue: "5"'],
])("%s is no single value", async (expected, hint) => {
  expect(await hintsOf(expected)).toEqual([hint]);
});

test.each([["Hello, world"], ["text/html"], ["2026/11/30"], ["ok"], ["> five"]])("%s is a text", async (expected) => {
  expect(await hintsOf(expected)).toEqual([]);
});
