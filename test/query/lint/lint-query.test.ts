import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import type { LintInput } from "../../../src/query/lint/lint-context.ts";
import { lintQuery } from "../../../src/query/lint/lint-query.ts";

const sampleFile = new URL("../../vectors/open-webui/models-healthy-ollama-openai.json", import.meta.url);
const sample = JSON.parse(readFileSync(sampleFile, "utf8")) as Json;

/** `E7 $fliter`: the rule and what stands at the caret. */
async function lint(text: string, input: Partial<LintInput> = {}): Promise<readonly string[]> {
  const all = { text, operator: "==", expected: "true", servers: ["2.5.3"], ...input };
  const findings = await lintQuery(all);
  return findings.map(({ rule, field, start, end }) => {
    const texts = { query: all.text ?? "", operator: all.operator ?? "", expected: all.expected ?? "", monitor: "" };
    const words = texts[field].slice(start, end);
    const place = field === "query" ? words : `${field}:${words}`;
    return place === "" ? rule : `${rule} ${place}`;
  });
}

describe("what stands in the text", () => {
  it.each([
    // E1: places by docs/upstream/jsonata.md#error-places
    ["a == 1", ["E1 ="]],
    ["data[0,1]", ["E1 ,"]],
    ["data.0.id", ["E1 0"]],
    ["$f(", ["E1"]],
    ["1e400", ["E1 1e400"]],
    ["data[id='x", ["E1 'x"]],
    ["data.`a", ["E1 `a"]],
    ["data /* a", ["E1 /* a"]],
    ["$contains(a, /(/)", ["E1 /(/)"]],
    ["$contains(a, /a{2,1}/)", ["E1 /a{2,1}/"]],
    // E7
    ["$fliter(data, function($x){$x.a})", ["E7 $fliter"]],
    ["data.count(id)", ["E7 count"]],
    ["data.id = $wanted", ["E7 $wanted"]],
    ["data.id = $count", ["E7 $count"]],
    ["$map(data.id, $uppercase)[0]", []],
    ["data.id ~> $uppercase", []],
    ["($g := $count; $g(data) = 1)", []],
    ["data@$d.id[$d.x = 1]", []],
    ["data#$i[$i = 1].id", []],
    // E8
    ["$['data'][0].id", ["E8 'data'"]],
    ["data[true].id", ["E8 true"]],
    ["data[0].id", []],
    // E9
    ["1 + 1", ["E9 1 + 1", "E3 expected:true"]],
    ["$count(data) >= 0", ["E9 $count(data) >= 0"]],
    ["$count(data) < 0 or a = 1", ["E9 $count(data) < 0"]],
    ["data.id = data . id", ["E9 data.id = data . id"]],
    ["$exists($)", ["E9 $exists($)"]],
    ["[data.id]", ["E9 ["]],
    ["$assert(data)", ["E9 ("]],
    ["$count(a) > '5'", ["E9 $count(a) > '5'"]],
    // E10
    ["($f := function($x){$f(a)}; $f(1))", ["E10 $f"]],
    ["$pad(a, 536870000)", ["E10 $pad"]],
    ["$contains(a, /^(x+)+$/)", ["E10 /^(x+)+$/"]],
    ["$contains(a, /^(?:ab)+$/)", []],
    ["$count([a..9999999]) = 1", ["E10 .."]],
    ["$eval(a)", ["E10 $eval"]],
    // E11
    ["data[id=“x”]", ["E11 “", "E11 ”"]],
    ["data\u00A0= 1", ["E11 \u00A0"]],
    ["'a\u00A0b' = a", []],
    // W5, W6
    ["data.[id='x']", ["W5 ["]],
    ["status ? 'a'", ["W5 ?"]],
    ["status ?? 'x' = 'x'", ["W5 ="]],
    ["(status ?? 'x') = 'x'", []],
    ["data.items[0]", ["W5 items"]],
    ["data.valueOf", ["W6 valueOf"]],
    ["data.constructor", ["E13 constructor"]],
    ['stage = "prototype"', []],
    ['$lookup(data, "proto" & "type")', ['E13 "proto" & "type"']],
    ['data ~> function($f){$f("constructor")}', ['E13 "constructor"']],
    // I1, I2
    ["$count(data[*])>0", ["I1 *"]],
    ["$millis() > a", ["I2 $millis"]],
    // The seeds
    ["$count(data[owned_by='ollama'])>0", []],
    ["$exists(data[id='gpt-4o'])", []],
    ["$count(data[id in ['gpt-4o', 'gpt-4o-mini']]) = 2", []],
  ] as const)("%s", async (text, found) => {
    expect(await lint(text)).toEqual(found);
  });
});

describe("against a sample", () => {
  it.each([
    ["$count(datas) = 1", "W1 datas", "did you mean data?"],
    ["$count(data[owned_By='ollama']) = 1", "W1 owned_By", "did you mean owned_by?"],
    ["$map(data, function($m){$m.ownedby})[0]", "W1 ownedby", "did you mean owned_by?"],
    ["$filter(data, function($m){$m.idd = 'x'})[0].id", "W1 idd", "did you mean id?"],
    ["data ~> $filter(function($m){$m.idd = 'x'})", "W1 idd", "did you mean id?"],
    ["data^(createdAt)[0].id", "W1 createdAt", "did you mean created?"],
    ["($d := data; $d.idd)", "W1 idd", "did you mean id?"],
    ["$$.data.idd", "W1 idd", "did you mean id?"],
    ["$lookup(data[0], 'idd')", "W1 'idd'", "did you mean id?"],
    ["data.length", "W1 length", "for the number of items write $count(…)"],
    ["data/id > 0", "W1 id", "a slash divides; a path is written with dots"],
    ["$exists(data[idd = 'x'])", "W1 idd", "did you mean id?"],
    ["data.id[0]", "W5 id", "for one item of them all write (a.b)[0]"],
  ])("%s", async (text, found, hint) => {
    const findings = await lintQuery({ text, operator: "==", expected: "true", servers: ["2.5.3"], sample });
    expect(await lint(text, { sample })).toContain(found);
    expect(findings.map((finding) => finding.hint)).toContain(hint);
  });

  it.each([
    "data.id",
    "data[0].openai.id",
    "data[owned_by='ollama'].id",
    "**.permission",
    "data.*.id",
    "$sift(data[0], function($v){$v = 1})",
    "data{id: created}",
    "($d := data[id='x']; $d.id)",
    "data.tags.anything",
  ])("knows every name in %s", async (text) => {
    expect((await lint(text, { sample })).filter((finding) => finding.startsWith("W1"))).toEqual([]);
  });

  it("excuses a field that is asked for with $exists or ??", async () => {
    for (const text of ["$not($exists(error))", "error ?? 'none'"]) {
      const findings = await lintQuery({ text, operator: "==", expected: "true", servers: ["2.5.3"], sample });
      expect(findings.filter(({ rule }) => rule === "W1").map(({ severity }) => severity)).toEqual(["info"]);
    }
  });

  it("says that a name with a minus needs backticks", async () => {
    const text = "data.last-run";
    const given = { data: { "last-run": 1, last: 1 } };
    const findings = await lintQuery({
      text: "last-run",
      operator: "==",
      expected: "1",
      servers: ["2.5.3"],
      sample: given.data,
    });
    expect(findings.map(({ hint }) => hint)).toContain("the minus subtracts; write `last-run` in backticks");
    expect(await lint(text, { sample: given })).toContain("W1 run");
  });
});

describe("the comparison", () => {
  it.each([
    ["$count(data)", { operator: null, expected: "3" }, ["E2 operator:"]],
    ["$count(data)", { operator: "gt", expected: "3" }, ["E2 operator:gt"]],
    ["$count(data)", { operator: ">", expected: "3", servers: ["1.23.17"] }, ["E2 operator:>"]],
    ["data.id", { expected: null }, ["E3 expected:"]],
    ["$count(data)", { expected: "3.0" }, ["E3 expected:3.0"]],
    ["$count(data)", { operator: ">", expected: " 3" }, ["E3 expected: 3"]],
    ["data.id", { expected: "a\n" }, ["E3 expected:a\n"]],
    ["$exists(data)", { expected: "True" }, ["E3 expected:True"]],
    ["$exists(data)", { expected: "5" }, ["E9 expected:5"]],
    ["$exists(data)", { operator: ">", expected: "0" }, ["E9 expected:0"]],
    ["$count(data)", { operator: ">=", expected: "0" }, ["E9 expected:0"]],
    ["data.id", { operator: "contains", expected: "" }, ["E9 expected:"]],
    ["data.id", { expected: "x".repeat(256) }, [`W9 expected:${"x".repeat(256)}`]],
    ["data.id", { isUpsideDown: true }, ["W4 monitor:"]],
    ["data.id", { headers: {} }, ["W10 monitor:"]],
    ["data.id", { headers: { accept: "application/json" } }, []],
    ["[data.id]", { servers: ["1.23.17"] }, ["W7 ["]],
  ] as const)("%s %o", async (text, input, found) => {
    expect(await lint(text, input)).toEqual(found);
  });
});

describe("what a release changes", () => {
  it.each([
    ["a ?? 1", ["1.23.16"], ["E1 ?"]],
    ["data[1].id ?? 'n'", ["2.0.0"], ["W5 ??"]],
    ["data[1].id ?? 'n'", ["2.5.3"], []],
    ["data[0].id ?? 'n'", ["2.0.0"], []],
    ["-a ?: 1", ["2.3.2"], ["W5 ?:", "E3 expected:true"]],
    ["$formatNumber(a, '0.0e0')", ["2.3.2"], ["E10 $formatNumber"]],
    ["$formatNumber(a, '0.0e0')", ["2.4.0"], []],
    ["a & 1234567890123456", ["2.0.0"], ["W8 &"]],
    ["a & 1234567890123456", ["2.4.0"], []],
    ["valueOf", ["2.6.0"], []],
    ["constructor", ["2.6.0"], ["E13 constructor"]],
    ["", ["1.23.17"], ["E1"]],
    ["", ["2.5.3"], []],
  ] as const)("%s on %s", async (text, servers, found) => {
    expect(await lint(text, { servers })).toEqual(found);
  });
});
