import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import type { LintInput } from "../../../src/query/lint/lint-context.ts";
import { lintQuery } from "../../../src/query/lint/lint-query.ts";

const sampleFile = new URL("../../vectors/open-webui/models-healthy-ollama-openai.json", import.meta.url);
const sample = JSON.parse(readFileSync(sampleFile, "utf8")) as Json;

/** `unknown-function $fliter`: the rule and what stands at the caret. */
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
    // syntax-error: places by docs/upstream/jsonata.md#error-places
    ["a == 1", ["syntax-error ="]],
    ["data[0,1]", ["syntax-error ,"]],
    ["data.0.id", ["syntax-error 0"]],
    ["$f(", ["syntax-error"]],
    ["1e400", ["syntax-error 1e400"]],
    ["data[id='x", ["syntax-error 'x"]],
    ["data.`a", ["syntax-error `a"]],
    ["data /* a", ["syntax-error /* a"]],
    ["$contains(a, /(/)", ["syntax-error /(/)"]],
    ["$contains(a, /a{2,1}/)", ["syntax-error /a{2,1}/"]],
    // unknown-function
    ["$fliter(data, function($x){$x.a})", ["unknown-function $fliter"]],
    ["data.count(id)", ["unknown-function count"]],
    ["data.id = $wanted", ["unknown-function $wanted"]],
    ["data.id = $count", ["unknown-function $count"]],
    ["$map(data.id, $uppercase)[0]", []],
    ["data.id ~> $uppercase", []],
    ["($g := $count; $g(data) = 1)", []],
    ["data@$d.id[$d.x = 1]", []],
    ["data#$i[$i = 1].id", []],
    // literal-predicate
    ["$['data'][0].id", ["literal-predicate 'data'"]],
    ["data[true].id", ["literal-predicate true"]],
    ["data[0].id", []],
    // constant-query
    ["1 + 1", ["constant-query 1 + 1", "expected-never-equal expected:true"]],
    ["$count(data) >= 0", ["constant-query $count(data) >= 0"]],
    ["$count(data) < 0 or a = 1", ["constant-query $count(data) < 0"]],
    ["data.id = data . id", ["constant-query data.id = data . id"]],
    ["$exists($)", ["constant-query $exists($)"]],
    ["[data.id]", ["constant-query ["]],
    ["$assert(data)", ["constant-query ("]],
    ["$count(a) > '5'", ["constant-query $count(a) > '5'"]],
    // unbounded-query
    ["($f := function($x){$f(a)}; $f(1))", ["unbounded-query $f"]],
    ["$pad(a, 536870000)", ["unbounded-query $pad"]],
    ["$contains(a, /^(x+)+$/)", ["unbounded-query /^(x+)+$/"]],
    ["$contains(a, /^(?:ab)+$/)", []],
    ["$count([a..9999999]) = 1", ["unbounded-query .."]],
    ["$eval(a)", ["unbounded-query $eval"]],
    // odd-character
    ["data[id=“x”]", ["odd-character “", "odd-character ”"]],
    ["data\u00A0= 1", ["odd-character \u00A0"]],
    ["'a\u00A0b' = a", []],
    // misleading-syntax, object-member-name
    ["data.[id='x']", ["misleading-syntax ["]],
    ["status ? 'a'", ["misleading-syntax ?"]],
    ["status ?? 'x' = 'x'", ["misleading-syntax ="]],
    ["(status ?? 'x') = 'x'", []],
    ["data.items[0]", ["misleading-syntax items"]],
    ["data.valueOf", ["object-member-name valueOf"]],
    ["data.constructor", ["reaches-into-javascript constructor"]],
    ['stage = "prototype"', []],
    ['$lookup(data, "proto" & "type")', ['reaches-into-javascript "proto" & "type"']],
    ['data ~> function($f){$f("constructor")}', ['reaches-into-javascript "constructor"']],
    // wildcard-in-brackets, clock-or-chance
    ["$count(data[*])>0", ["wildcard-in-brackets *"]],
    ["$millis() > a", ["clock-or-chance $millis"]],
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
    ["$count(datas) = 1", "unknown-field datas", "did you mean data?"],
    ["$count(data[owned_By='ollama']) = 1", "unknown-field owned_By", "did you mean owned_by?"],
    ["$map(data, function($m){$m.ownedby})[0]", "unknown-field ownedby", "did you mean owned_by?"],
    ["$filter(data, function($m){$m.idd = 'x'})[0].id", "unknown-field idd", "did you mean id?"],
    ["data ~> $filter(function($m){$m.idd = 'x'})", "unknown-field idd", "did you mean id?"],
    ["data^(createdAt)[0].id", "unknown-field createdAt", "did you mean created?"],
    ["($d := data; $d.idd)", "unknown-field idd", "did you mean id?"],
    ["$$.data.idd", "unknown-field idd", "did you mean id?"],
    ["$lookup(data[0], 'idd')", "unknown-field 'idd'", "did you mean id?"],
    ["data.length", "unknown-field length", "for the number of items write $count(…)"],
    ["data/id > 0", "unknown-field id", "a slash divides; a path is written with dots"],
    ["$exists(data[idd = 'x'])", "unknown-field idd", "did you mean id?"],
    ["data.id[0]", "misleading-syntax id", "for one item of them all write (a.b)[0]"],
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
    expect((await lint(text, { sample })).filter((finding) => finding.startsWith("unknown-field"))).toEqual([]);
  });

  it("does not report a field that is tested with $exists or ??", async () => {
    for (const text of ["$not($exists(error))", "error ?? 'none'"]) {
      const findings = await lintQuery({ text, operator: "==", expected: "true", servers: ["2.5.3"], sample });
      expect(findings.filter(({ rule }) => rule === "unknown-field").map(({ severity }) => severity)).toEqual(["info"]);
    }
  });

  it("reports that a name with a minus needs backticks", async () => {
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
    expect(await lint(text, { sample: given })).toContain("unknown-field run");
  });
});

describe("the comparison", () => {
  it.each([
    ["$count(data)", { operator: null, expected: "3" }, ["unknown-operator operator:"]],
    ["$count(data)", { operator: "gt", expected: "3" }, ["unknown-operator operator:gt"]],
    ["$count(data)", { operator: ">", expected: "3", servers: ["1.23.17"] }, ["unknown-operator operator:>"]],
    ["data.id", { expected: null }, ["expected-never-equal expected:"]],
    ["$count(data)", { expected: "3.0" }, ["expected-never-equal expected:3.0"]],
    ["$count(data)", { operator: ">", expected: " 3" }, ["expected-never-equal expected: 3"]],
    ["data.id", { expected: "a\n" }, ["expected-never-equal expected:a\n"]],
    ["$exists(data)", { expected: "True" }, ["expected-never-equal expected:True"]],
    ["$exists(data)", { expected: "5" }, ["constant-query expected:5"]],
    ["$exists(data)", { operator: ">", expected: "0" }, ["constant-query expected:0"]],
    ["$count(data)", { operator: ">=", expected: "0" }, ["constant-query expected:0"]],
    ["data.id", { operator: "contains", expected: "" }, ["constant-query expected:"]],
    ["data.id", { expected: "x".repeat(256) }, [`expected-too-long expected:${"x".repeat(256)}`]],
    ["data.id", { isUpsideDown: true }, ["upside-down-query monitor:"]],
    ["data.id", { headers: {} }, ["no-accept-header monitor:"]],
    ["data.id", { headers: { accept: "application/json" } }, []],
    ["[data.id]", { servers: ["1.23.17"] }, ["differs-by-release ["]],
  ] as const)("%s %o", async (text, input, found) => {
    expect(await lint(text, input)).toEqual(found);
  });
});

describe("what a release changes", () => {
  it.each([
    ["a ?? 1", ["1.23.16"], ["syntax-error ?"]],
    ["data[1].id ?? 'n'", ["2.0.0"], ["misleading-syntax ??"]],
    ["data[1].id ?? 'n'", ["2.5.3"], []],
    ["data[0].id ?? 'n'", ["2.0.0"], []],
    ["-a ?: 1", ["2.3.2"], ["misleading-syntax ?:", "expected-never-equal expected:true"]],
    ["$formatNumber(a, '0.0e0')", ["2.3.2"], ["unbounded-query $formatNumber"]],
    ["$formatNumber(a, '0.0e0')", ["2.4.0"], []],
    ["a & 1234567890123456", ["2.0.0"], ["big-integer &"]],
    ["a & 1234567890123456", ["2.4.0"], []],
    ["valueOf", ["2.6.0"], []],
    ["constructor", ["2.6.0"], ["reaches-into-javascript constructor"]],
    ["", ["1.23.17"], ["syntax-error"]],
    ["", ["2.5.3"], []],
  ] as const)("%s on %s", async (text, servers, found) => {
    expect(await lint(text, { servers })).toEqual(found);
  });
});

const both = ["2.5.3", "2.5.4"];

/** `error unknown-function`, by server. */
async function severities(
  text: string,
  servers: readonly string[],
  input: Partial<LintInput> = {},
): Promise<readonly string[]> {
  const findings = await lintQuery({ text, operator: "==", expected: "true", servers, ...input });
  return findings.map(({ severity, rule }) => `${severity} ${rule}`);
}

/** Why a missing pattern is worth a finding, by server. */
async function whys(servers: readonly string[]): Promise<readonly unknown[]> {
  const text = "$contains(a, missing) = false";
  const found = await lintQuery({ text, operator: "==", expected: "true", servers, sample: { a: "x" } });
  return found.filter(({ rule }) => rule === "unknown-field").map(({ why }) => why);
}

describe("what Uptime Kuma 2.5.4 changed", () => {
  it.each([
    // JavaScript's own functions: called, and as fields
    ['hasOwnProperty("a")', ["warning object-member-name"], ["error unknown-function"]],
    ["toString() = 'x'", ["warning object-member-name"], ["error unknown-function"]],
    ["$exists(toString)", ["warning object-member-name"], []],
    // The error that such a call has on every release stays one.
    ["count(a) > 1", ["error unknown-function"], ["error unknown-function"]],
    // $toMillis
    ['$toMillis(a) > $toMillis("2024-01-01-02-03")', ["error unreadable-time"], ["error unreadable-time"]],
    ['$toMillis(a) > $toMillis("2024-01-01 10:00:00")', ["error unreadable-time"], ["error unreadable-time"]],
    ['$toMillis(a) > $toMillis("30.11.2026")', ["error unreadable-time"], ["error unreadable-time"]],
    ['$toMillis(a) > $toMillis("30.11.2026", "[D01].[M01].[Y0001]")', [], []],
    ['$toMillis(a) > $toMillis("2024-01-01T10:00:00.000Z")', [], []],
    ['$toMillis(a) > $toMillis("2024")', [], []],
    ["$toMillis(a) > b", [], []],
    // jsonata's own flags
    ['{"_jsonata_lambda": a}.a = 1', ["error reaches-into-javascript"], ["warning reaches-into-javascript"]],
  ] as const)("%s", async (text, old, newer) => {
    expect(await severities(text, ["2.5.3"])).toEqual(old);
    expect(await severities(text, ["2.5.4"])).toEqual(newer);
  });

  it("names both where it is not known which one runs", async () => {
    expect(await severities('hasOwnProperty("a")', both)).toEqual(["error unknown-function"]);
    expect(await severities("$exists(toString)", both)).toEqual(["warning object-member-name"]);
    const [finding] = await lintQuery({ text: 'hasOwnProperty("a")', operator: "==", expected: "true", servers: both });
    expect(finding).toMatchObject({
      hint: "write $exists(…) around the field",
      why: expect.stringMatching(/works up to Uptime Kuma 2\.5\.3; from 2\.5\.4 on/u),
    });
  });

  it("tells what a missing pattern does", async () => {
    expect(await whys(["2.5.3"])).toEqual(["without the pattern $contains fails"]);
    expect(await whys(["2.5.4"])).toEqual([expect.stringMatching(/^without the pattern \$contains gives nothing/u)]);
    expect(await whys(both)).toEqual([expect.stringMatching(/^up to .*fails; from 2\.5\.4 on .*nothing/u)]);
    const elsewhere = { text: "missing", operator: "==", expected: "true", servers: both, sample: { a: "x" } };
    expect((await lintQuery(elsewhere)).map(({ why }) => why)).toEqual([undefined]);
  });

  it.each(["mqtt", "mongodb"] as const)("objects have no text for %s", async (askedBy) => {
    const object = '{"a": a}';
    expect(await severities(object, ["2.5.3"], { askedBy })).toEqual([]);
    expect(await severities(object, ["2.5.4"], { askedBy })).toEqual(["warning differs-by-engine"]);
    expect(await severities(object, both, { askedBy })).toEqual(["warning differs-by-engine"]);
    expect(await severities(object, both, { askedBy, isCompared: false, expected: null })).toEqual([]);
    expect(await severities("[a]", both, { askedBy })).toEqual([]);
  });
});
