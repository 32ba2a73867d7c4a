import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { renderSarif } from "../../src/output/sarif.ts";
import { findings } from "./run-data.ts";
import { at } from "./sample-plan.ts";

interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

/** The parts of the schema of SARIF 2.1.0 that our logs use, closed: a member that no part names is a mistake. */
const line = { type: "integer", minimum: 1 };
const message = object({ text: { type: "string", minLength: 1 } }, ["text"]);
const physicalLocation = object(
  {
    artifactLocation: object({ uri: { type: "string", format: "uri-reference" } }, ["uri"]),
    region: object({ startLine: line, startColumn: line, endLine: line, endColumn: line }, ["startLine"]),
  },
  ["artifactLocation"],
);
const region = object({ startLine: line, startColumn: line, endLine: line, endColumn: line }, ["startLine"]);
const fix = object(
  {
    description: message,
    artifactChanges: {
      type: "array",
      minItems: 1,
      items: object(
        {
          artifactLocation: object({ uri: { type: "string", format: "uri-reference" } }, ["uri"]),
          replacements: {
            type: "array",
            minItems: 1,
            items: object({ deletedRegion: region, insertedContent: object({ text: { type: "string" } }, ["text"]) }, [
              "deletedRegion",
            ]),
          },
        },
        ["artifactLocation", "replacements"],
      ),
    },
  },
  ["artifactChanges"],
);
const rule = object(
  {
    id: { type: "string", pattern: "^KS\\d{4}$" },
    shortDescription: message,
    help: message,
  },
  ["id"],
);
const result = object(
  {
    ruleId: { type: "string" },
    ruleIndex: { type: "integer", minimum: 0 },
    level: { enum: ["none", "note", "warning", "error"] },
    message,
    locations: { type: "array", items: object({ physicalLocation }, []) },
    relatedLocations: {
      type: "array",
      items: object({ id: { type: "integer", minimum: -1 }, message, physicalLocation }, []),
    },
    fixes: { type: "array", items: fix },
    partialFingerprints: { type: "object", additionalProperties: { type: "string" } },
  },
  ["message"],
);
const notification = object({ level: { enum: ["none", "note", "warning", "error"] }, message }, ["message"]);
const invocation = object(
  {
    executionSuccessful: { type: "boolean" },
    toolExecutionNotifications: { type: "array", items: notification },
  },
  ["executionSuccessful"],
);
const driver = object(
  {
    name: { type: "string" },
    semanticVersion: { type: "string" },
    rules: { type: "array", uniqueItems: true, items: rule },
  },
  ["name"],
);
const run = object(
  {
    tool: object({ driver }, ["driver"]),
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
    invocations: { type: "array", items: invocation },
    results: { type: "array", items: result },
  },
  ["tool"],
);
const schema = object(
  { $schema: { type: "string" }, version: { const: "2.1.0" }, runs: { type: "array", items: run } },
  ["version", "runs"],
);

function object(properties: object, required: readonly string[]): object {
  return { type: "object", properties, required, additionalProperties: false };
}

const validate = new Ajv2020({ allErrors: true, validateFormats: false }).compile(schema);

function read(list: readonly Finding[], failure?: string): Log {
  const log: unknown = JSON.parse(renderSarif(list, "1.2.3", failure));
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log as Log;
}

function resultsOf(list: readonly Finding[]): Log["runs"][number]["results"] {
  return read(list).runs[0]?.results ?? [];
}

function fingerprints(list: readonly Finding[]): readonly (string | undefined)[] {
  return resultsOf(list).map(({ partialFingerprints }) => partialFingerprints["kumaSync/v1"]);
}

describe("sarif", () => {
  it("is a log by the schema, with a rule for each code and a place for each finding that has one", async () => {
    read(findings);
    await expect(renderSarif(findings, "1.2.3")).toMatchFileSnapshot("golden/findings.sarif");
  });

  it("is a clean run without findings, and not one when the run failed", () => {
    expect(read([]).runs[0]).toMatchObject({ results: [], invocations: [{ executionSuccessful: true }] });
    expect(read([], "nothing answers").runs[0]).toMatchObject({
      invocations: [
        { executionSuccessful: false, toolExecutionNotifications: [{ message: { text: "nothing answers" } }] },
      ],
    });
  });

  it("points each result at its rule, and each rule at its page", () => {
    const [only] = read(findings).runs;
    const { results = [], tool } = only ?? {};
    const rules = tool?.driver.rules ?? [];
    expect(results).toHaveLength(findings.length);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    for (const { id, help } of rules) expect(help.text).toContain(`kuma-sync explain ${id}`);
  });

  it("knows a finding again when lines move, and tells two of a kind apart", () => {
    const finding: Finding = { code: "KS1201", severity: "error", message: 'unknown key "x"', at: at(3) };
    const [before] = fingerprints([finding]);
    expect(fingerprints([{ ...finding, at: at(30) }])).toEqual([before]);
    expect(new Set(fingerprints([finding, { ...finding, at: at(4) }, { ...finding, message: "other" }])).size).toBe(3);
  });

  it("names files as URIs, and escapes what would be a link or a placeholder", () => {
    const finding: Finding = {
      code: "KS1201",
      severity: "error",
      message: "see [here](https://x.example) and {0}, but [a] and {b} are text",
      at: { ...at(1), file: "conf/my file#1.yaml" },
    };
    const [first] = resultsOf([finding]);
    expect(first).toMatchObject({
      message: { text: String.raw`see \[here](https://x.example) and {{0}}, but [a] and {b} are text` },
      locations: [{ physicalLocation: { artifactLocation: { uri: "conf/my%20file%231.yaml" } } }],
    });
  });
});
