import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { ExperimentCase } from "../../../src/query/experiment/experiment-case.ts";
import { experiment, runExperiment } from "../../../src/query/experiment/experiment.ts";
import type { ExperimentInput, ExperimentReport } from "../../../src/query/experiment/experiment-report.ts";
import { openLab } from "../../../src/query/lab.ts";
import { builtChild } from "../built-child.ts";
import { table, type TableRow } from "./experiment-table.ts";

const lab = openLab({ entry: builtChild() });
afterAll(() => lab.close());

const servers = ["2.5.3", "2.0.0", "1.23.17"];

function inputOf({ sample, ...row }: TableRow): ExperimentInput {
  return { ...row, sample: { body: JSON.stringify(table.samples[sample]) }, servers, clock: table.clock };
}

function byId(id: string): ExperimentInput {
  return inputOf(table.monitors.find((row) => row.id === id) as TableRow);
}

const rulesOf = ({ findings }: ExperimentReport): readonly string[] =>
  findings.filter(({ severity }) => severity !== "info").map(({ rule, severity }) => `${rule} ${severity}`);

function read(name: string): string {
  return readFileSync(new URL(`../../vectors/open-webui/${name}`, import.meta.url), "utf8");
}

async function statusWithoutOllama(query: string): Promise<string | undefined> {
  const check = { query, operator: "==", expected: "true", server: "2.5.3", body: read("models-ollama-down.json") };
  return (await lab.run([check]))[0]?.status;
}

describe("monitors with known results", () => {
  it.each(table.monitors)("$id: $query", async (row) => {
    const report = await experiment(lab, inputOf(row));
    expect(report.passes).toBe(row.passes);
    expect(report.isComplete).toBe(true);
    expect(report.missed.total).toBe(18);
    // Of a monitor that never passes nothing more is known.
    const deadSeen = report.missed.total - report.missed.names.length;
    expect(deadSeen).toBe(row.deadSeen ?? deadSeen);
    expect(report.watched.toSorted()).toEqual(row.watches ?? report.watched.toSorted());
    expect(report.isClockSensitive).toBe(row.isClockSensitive ?? false);
    expect(report.findings.some(({ rule }) => rule === "stays-up-when-dead")).toBe(row.passes && row.deadSeen !== 18);
    expect(report.findings.some(({ rule }) => rule === "sample-is-down" || rule === "uncomparable-result")).toBe(
      !row.passes,
    );
  });
});

describe("what the findings say", () => {
  it.each([
    ["S1", []],
    ["S4", ["fragile warning"]], // a model listed twice
    ["U3", ["stays-up-when-dead error"]],
    ["U5", ["sample-differs-by-release error"]], // 1.23 ignores the operator
    ["U11", ["uncomparable-result error"]],
    ["U13", ["stays-up-when-dead error", "fragile warning"]],
    ["U15", ["stays-up-when-dead warning"]], // misses only what is cut off
    ["U16", ["differs-by-release warning"]], // contains, where 1.23 compares
    ["U20", ["sample-differs-by-release error", "fragile warning"]], // ?? behind an index
    ["U22", ["sample-is-down error"]],
  ])("%s: %o", async (id, rules) => {
    expect(rulesOf(await experiment(lab, byId(id)))).toEqual(rules);
  });

  it("a monitor that fails only by error is reported", async () => {
    const input = { ...byId("U1"), query: "status = 'ok' ? 'ok' : $error('bad')", servers: ["2.5.3"] };
    expect(rulesOf(await experiment(lab, input))).toEqual(["fails-only-by-error warning"]);
  });

  it("a clock that is read but never matters is reported", async () => {
    const input = { ...byId("U1"), query: "$millis() > 0 and status = 'ok'", expected: "true", servers: ["2.5.3"] };
    expect(rulesOf(await experiment(lab, input))).toEqual(["clock-or-chance warning"]);
  });

  it("a response known to be bad that stays up is an error", async () => {
    const badSamples = [{ name: "one model left", body: JSON.stringify({ data: [{ id: "gpt-4o" }] }) }];
    expect(rulesOf(await experiment(lab, { ...byId("S3"), badSamples }))).toEqual(["stays-up-when-dead error"]);
    expect(rulesOf(await experiment(lab, { ...byId("S4b"), badSamples }))).toEqual([]);
  });

  it("a query that hangs is stopped once, not for each case", async () => {
    const quick = openLab({ entry: builtChild(), timeLimit: 400 });
    const hanging = { ...byId("U1"), query: "status != 'ok' ? ($f := function($x){$f($x)}; $f(1)) : status" };
    const report = await experiment(quick, { ...hanging, servers: ["2.5.3"] });
    const always = await experiment(quick, { ...hanging, query: "($f := function($x){$f($x)}; $f(1))" });
    quick.close();
    expect(report).toMatchObject({ passes: true, isComplete: false });
    expect(rulesOf(report)).toContain("unbounded-query error");
    expect(always).toMatchObject({ passes: false, isComplete: false });
    expect(rulesOf(always)).toEqual(["unbounded-query error"]);
  });
});

/** The cases that a run tries besides the sample; the monitor is up for all of them. */
async function casesFor(input: Parameters<typeof runExperiment>[0]): Promise<readonly ExperimentCase[]> {
  const tried: ExperimentCase[] = [];
  await runExperiment(input, (cases) => {
    tried.push(...cases);
    return Promise.resolve(
      cases.map((one) => ({ ...one, judgements: [{ status: "up", message: "", cause: "match" }] })),
    );
  });
  return tried.filter(({ group }) => group !== "healthy");
}

describe("the cases", () => {
  it("differ from the sample and from each other, and are the same each time", async () => {
    for (const row of table.monitors) {
      const cases = await casesFor({ ...inputOf(row), about: "query" });
      const bodies = cases.filter(({ group }) => group === "fault").map(({ body }) => body);
      expect(new Set([...bodies, JSON.stringify(table.samples[row.sample])]).size).toBe(bodies.length + 1);
      expect(await casesFor({ ...inputOf(row), about: "query" })).toEqual(cases);
    }
  });

  it("of a sample that is not JSON are the dead bodies and the clock", async () => {
    const cases = await casesFor({
      about: "query",
      ...byId("U1"),
      sample: { body: "pong", contentType: "text/plain" },
    });
    expect(new Set(cases.map(({ group }) => group))).toEqual(new Set(["dead", "clock"]));
  });
});

describe("Open WebUI's own answers", () => {
  it.each(["$count(data[*])>0", "$count(data[owned_by='ollama'])>0"])(
    "%s is up when healthy, down without models",
    async (query) => {
      const rule = { query, operator: "==", expected: "true", servers, clock: table.clock };
      const badSamples = [
        { name: "no models", body: read("models-empty.json") },
        { name: "not logged in", body: read("error-401-not-authenticated.json") },
        { name: "the web page", body: read("spa-fallback.html"), contentType: "text/html" },
      ];
      const report = await experiment(lab, {
        ...rule,
        sample: { body: read("models-healthy-ollama-openai.json") },
        badSamples,
      });
      expect(report).toMatchObject({ passes: true, missed: { total: 21, names: [] } });
    },
  );

  it("only the query that asks for Ollama's models sees that Ollama is gone", async () => {
    expect(await statusWithoutOllama("$count(data[*])>0")).toBe("up");
    expect(await statusWithoutOllama("$count(data[owned_by='ollama'])>0")).toBe("down");
  });
});
