import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExperimentReport } from "../../../src/query/experiment/experiment-report.ts";
import { keywordExperiment, type KeywordExperimentInput } from "../../../src/query/experiment/keyword-experiment.ts";

const clock = 1_785_900_000_000;
const sample = { body: '{"status":"HEALTHY","jobs":[{"name":"nightly","ok":true}]}' };

function tried(input: Partial<KeywordExperimentInput>): Promise<ExperimentReport> {
  return keywordExperiment({ keyword: "HEALTHY", isInverted: false, sample, servers: ["2.5.3"], clock, ...input });
}

function codes({ findings }: ExperimentReport): readonly string[] {
  return findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

describe("the experiment of a keyword", () => {
  it("tells what it watches", async () => {
    const report = await tried({});
    expect(report).toMatchObject({ passes: true, isComplete: true, watched: ["status"], missed: { names: [] } });
    expect(report.blind).toContain("jobs[].name");
    expect(codes(report)).toEqual(["info watched-fields"]);
  });

  it.each([
    ["is not in the sample", { keyword: "GONE" }, ["error sample-is-down"]],
    ["is in every answer, broken or not", { keyword: "" }, ["error stays-up-when-dead", "info watched-fields"]],
    [
      "is upside down, and so up for everything else",
      { keyword: "GONE", isUpsideDown: true },
      ["error stays-up-when-dead", "info watched-fields"],
    ],
    ["is too exact", { keyword: '{"status":"HEALTHY","jobs' }, ["warning fragile", "info watched-fields"]],
    [
      "must not come: what is missing is not seen",
      { keyword: "Error", isInverted: true },
      ["warning stays-up-when-dead", "info watched-fields"],
    ],
    ["must not come, and does", { isInverted: true }, ["error sample-is-down"]],
    [
      "is also in an answer that is known to be bad",
      { badSamples: [{ name: "no", body: "UNHEALTHY" }] },
      ["error stays-up-when-dead", "info watched-fields"],
    ],
  ])("that %s", async (_, input, expected) => {
    expect(codes(await tried(input))).toEqual(expected);
  });

  it("an inverted keyword is shown to go red: the sample with the word in it is down", async () => {
    const { missed } = await tried({ keyword: "Fatal", isInverted: true });
    expect(missed.names).not.toContain("sample with the keyword");
    expect(missed.names).toContain("empty body");
  });

  it("works on pages, which can only be replaced", async () => {
    const report = await tried({
      keyword: "Inventory",
      sample: { body: "<h1>Inventory</h1>", contentType: "text/html" },
    });
    expect(report).toMatchObject({ passes: true, seen: { total: 0 }, missed: { names: [] } });
  });

  it("never calls a keyword blind that no broken answer has, nor lets one pass that they all have", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 6 }), async (keyword) => {
        const body = JSON.stringify({ text: `a ${keyword} b` });
        const report = await tried({ keyword, sample: { body } });
        const escaped = JSON.stringify(keyword).slice(1, -1);
        // What JSON escapes stands otherwise in what the server searches.
        expect(report.passes).toBe(escaped === keyword || body.includes(keyword));
        expect(codes(report).includes("error sample-is-down")).toBe(!report.passes);
      }),
    );
  });
});
