import { afterAll, expect, it } from "vitest";
import { searchDocuments, type SearchReport } from "../../../src/query/experiment/search-documents.ts";
import { openLab } from "../../../src/query/lab.ts";
import { builtChild } from "../built-child.ts";

const lab = openLab({ entry: builtChild() });
afterAll(() => lab.close());

const clock = Date.parse("2026-01-02T03:04:05Z");

function search(query: string, expected: string, operator = "=="): Promise<SearchReport> {
  return searchDocuments(lab, { query, expected, operator, server: "2.5.3", clock });
}

it.each([
  ["$count(data[*])>0", "true"],
  ["$count(data[owned_by='ollama'])>0", "true"],
  ["$exists(data[id='gpt-4o'])", "true"],
  ["$count(data[id in ['gpt-4o', 'gpt-4o-mini']]) = 2", "true"],
  ["status = 'ok' and db.status = 'ok' and cache.status = 'ok'", "true"],
  ["($millis() - $toMillis(jobs.last_run)) / 1000 < 600", "true"],
  ["$map(data, function($m){$m.id})[0]", "x"],
])("%s can be up and can be down, and the documents show it", async (query, expected) => {
  const { passing, failing, findings } = await search(query, expected);
  expect(findings).toEqual([]);
  const checks = [passing, failing].map((body) => ({
    query,
    expected,
    operator: "==",
    server: "2.5.3",
    clock,
    body: body as string,
  }));
  expect((await lab.run(checks)).map(({ status }) => status)).toEqual(["up", "down"]);
});

it.each([
  ["$exists(data)", "True", "=="],
  ["$exists(data)", "0", ">"],
  ["$count(data)", "3.0", "=="],
  ["$uppercase(status)", "ok", "=="],
  ["a > 5 and a < 3", "true", "=="],
  ["data.id='x' and data.id='y'", "true", "=="],
  ["$join($keys($sift($, function($v){$v != 'OK'})), ',')", "", "=="],
  ["$assert(a)", "true", "=="],
])("%s %s: nothing makes it pass", async (query, expected, operator) => {
  const { passing, failing, findings } = await search(query, expected, operator);
  expect(passing).toBeUndefined();
  expect(failing).toBeDefined();
  expect(findings).toMatchObject([{ rule: "constant-query", severity: "warning" }]);
});

it.each(["$count(data) >= 0", "$exists($)"])("%s: nothing makes it fail", async (query) => {
  const { passing, failing, findings } = await search(query, "true");
  expect(passing).toBeDefined();
  expect(failing).toBeUndefined();
  expect(findings).toMatchObject([{ rule: "constant-query", severity: "warning" }]);
});

it("a query that does not end is an error", async () => {
  const quick = openLab({ entry: builtChild(), timeLimit: 400 });
  const rule = { query: "($f := function($x){$f($x)}; $f(a))", expected: "1", operator: "==", server: "2.5.3", clock };
  const { findings } = await searchDocuments(quick, rule);
  quick.close();
  expect(findings).toMatchObject([{ rule: "unbounded-query", severity: "error" }]);
});
