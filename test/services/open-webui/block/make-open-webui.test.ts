import fc from "fast-check";
import jsonata from "jsonata-2.1.1";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { JsonObject } from "../../../../src/model/json.ts";
import { expandBlock, type ExpandedBlock } from "../../../../src/services/blocks/expand-block.ts";
import { service } from "../../../../src/services/open-webui/service.ts";
import { checkOpenWebUI } from "../../../../src/services/open-webui/rules/check-open-webui.ts";
import { completionBody } from "../../../../src/services/open-webui/block/level-completions.ts";
import { textLiteral } from "../../../../src/services/blocks/made-monitor.ts";
import { spreadIntervals } from "../../../../src/services/blocks/spread-intervals.ts";
import { refusesTemperature } from "../../../../src/services/blocks/reasoning-models.ts";
import { guessProvider, watchedModel } from "../../../../src/services/open-webui/block/watched-model.ts";
import { loadText } from "../../../config/load-text.ts";
import type { WrittenOpenWebUI } from "../../../../src/services/open-webui/block/written.ts";

const modelKey = (id: string): string => watchedModel(id, "").key;

const expand = (main: WrittenOpenWebUI): ExpandedBlock => expandBlock(service, "main", main as unknown as JsonObject);

const full: WrittenOpenWebUI = {
  url: "http://open-webui:8080/",
  apiKey: "sk-00000000000000000000000000000000",
  ready: true,
  database: true,
  volume: true,
  models: ["gpt-4o", "llama3.1:latest", { id: "echo_pipe", provider: "none" }],
};

const modelIds = fc.uniqueArray(
  fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9.]{0,8}(\/[a-z0-9-]{1,6})?(:[a-z0-9]{1,6})?$/u),
    fc.constantFrom(
      "gpt-4o",
      "o3-mini",
      "gpt-5",
      "llama3.1:latest",
      "hf.co/user/model:Q4",
      "openai/gpt-4o:free",
      "it's",
    ),
  ),
  { minLength: 1, maxLength: 8, selector: modelKey },
);

function writtenOf(main: WrittenOpenWebUI): Record<string, JsonObject> {
  const { monitors } = expand(main);
  return Object.fromEntries(Object.entries(monitors).map(([key, { written }]) => [key, written]));
}

/** The models that are asked for an answer. */
function keysWith(completions: WrittenOpenWebUI["completions"]): readonly string[] {
  return Object.keys(writtenOf({ ...full, ...(completions !== undefined && { completions }) }))
    .filter((key) => key.startsWith("main.completion."))
    .map((key) => key.slice("main.completion.".length));
}

describe("the block of an Open WebUI", () => {
  it("writes a group, level 1, a monitor a model, one a kind of provider, and a completion a model", () => {
    const { monitors, problems } = expand(full);
    expect(problems).toEqual([]);
    expect(Object.entries(monitors).map(([key, { written }]) => [key, written["url"]])).toEqual([
      ["main", undefined],
      ["main.health", "http://open-webui:8080/health"],
      ["main.ready", "http://open-webui:8080/ready"],
      ["main.database", "http://open-webui:8080/health/db"],
      ["main.volume", "http://open-webui:8080/api/config"],
      ["main.model.gpt-4o", "http://open-webui:8080/api/models"],
      ["main.model.llama3.1-latest", "http://open-webui:8080/api/models"],
      ["main.model.echo_pipe", "http://open-webui:8080/api/models"],
      ["main.provider.openai", "http://open-webui:8080/openai/models"],
      ["main.provider.ollama", "http://open-webui:8080/ollama/api/tags"],
      ["main.completion.gpt-4o", "http://open-webui:8080/api/chat/completions"],
      ["main.completion.llama3.1-latest", "http://open-webui:8080/api/chat/completions"],
      ["main.completion.echo_pipe", "http://open-webui:8080/api/chat/completions"],
    ]);
  });

  it("watches health without a key and without redirects", () => {
    const { monitors } = expand({ url: "http://open-webui:8080", apiKey: "sk-1" });
    expect(Object.keys(monitors)).toEqual(["main", "main.health"]);
    expect(monitors["main.health"]?.written).toMatchObject({
      jsonPath: "status",
      expectedValue: "true",
      maxRedirects: 0,
    });
    expect(monitors["main.health"]?.written).not.toHaveProperty("headers");
  });

  it("sends the key in the header that is asked for", () => {
    const headersWith = (apiKeyHeader?: string): unknown =>
      writtenOf({ ...full, ...(apiKeyHeader !== undefined && { apiKeyHeader }) })["main.model.gpt-4o"]?.["headers"];
    expect(headersWith()).toEqual({ Accept: "application/json", Authorization: `Bearer ${full.apiKey ?? ""}` });
    expect(headersWith("X-API-Key")).toEqual({ Accept: "application/json", "X-API-Key": full.apiKey });
  });

  it("is valid as a configuration, and nothing in it is doubtful, whatever the models and the release", async () => {
    await fc.assert(
      fc.asyncProperty(
        modelIds,
        fc.constantFrom(undefined, "0.6.18", "0.6.36", "0.8.12", "0.9.1", "0.9.6", "0.11.0"),
        async (models, version) => {
          const monitors = writtenOf({ ...full, ready: version !== "0.6.18" && version !== "0.6.36", models });
          const config = await loadText(
            stringify({ version: 1, project: "p", monitors }, { aliasDuplicateObjects: false }),
          );
          expect(config.findings).toEqual([]);
          expect(config.entities).toHaveLength(Object.keys(monitors).length);
          const instances = [{ url: full.url, version }];
          expect(checkOpenWebUI(monitors, { instances })).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("leaves what is there as it is when a model is added at the end", () => {
    fc.assert(
      fc.property(modelIds, (models) => {
        const before = writtenOf({ ...full, models: models.slice(0, -1) });
        const after = writtenOf({ ...full, models });
        // The one request to a provider names all its models.
        const kept = Object.entries(before).filter(([key]) => !key.startsWith("main.provider."));
        expect(after).toMatchObject(Object.fromEntries(kept));
      }),
    );
  });

  it("can be overridden everywhere, the more exact winning", () => {
    const written = writtenOf({
      ...full,
      overrides: {
        "*": { notifications: ["oncall"], headers: { "CF-Access-Client-Id": "x" }, maxRetries: 5 },
        "completion.*": { maxRetries: 2, interval: "10m" },
        "completion.gpt-4o": { interval: "20m" },
        "model.echo_pipe": false,
        group: { name: "Chat" },
      },
    });
    expect(written["main"]).toEqual({ name: "Chat", type: "group" });
    expect(written["main.health"]).toMatchObject({ notifications: ["oncall"], maxRetries: 5 });
    expect(written["main.completion.gpt-4o"]).toMatchObject({ interval: "20m", maxRetries: 2 });
    expect(written["main.completion.llama3.1-latest"]).toMatchObject({ interval: "10m" });
    expect(written["main.model.gpt-4o"]?.["headers"]).toEqual({
      Accept: "application/json",
      Authorization: `Bearer ${full.apiKey ?? ""}`,
      "CF-Access-Client-Id": "x",
    });
    expect(written).not.toHaveProperty(["main.model.echo_pipe"]);
  });

  it("has no parent where the group is left out", () => {
    const written = writtenOf({ ...full, overrides: { group: false } });
    expect(Object.values(written).filter((monitor) => "parent" in monitor || monitor["type"] === "group")).toEqual([]);
  });

  it("can leave out completions: all, all but one, or one", () => {
    expect(keysWith(false)).toEqual([]);
    expect(keysWith({ "*": false, "gpt-4o": {} })).toEqual(["gpt-4o"]);
    expect(keysWith({ "gpt-4o": false })).toEqual(["llama3.1-latest", "echo_pipe"]);
  });

  it("tells where each value comes from", () => {
    const { monitors } = expand({
      ...full,
      completions: { "gpt-4o": { interval: "15m" } },
      overrides: { "model.*": { timeout: "40s" } },
    });
    expect(monitors["main.model.gpt-4o"]?.origins).toMatchObject({
      "": "/models/0",
      "/url": "/url",
      "/headers": "/apiKey",
      "/timeout": "/overrides/model.*/timeout",
    });
    expect(monitors["main.completion.gpt-4o"]?.origins["/interval"]).toBe("/completions/gpt-4o/interval");
  });

  it.each<[string, Partial<WrittenOpenWebUI>, string]>([
    ["KS1701", { url: "http://open-webui:8080/api/models" }, "/url"],
    ["KS1701", { url: "https://example.com/chat/health/" }, "/url"],
    ["KS1705", { completions: { "gpt-5": {} } }, "/completions/gpt-5"],
    ["KS1706", { overrides: { "model.gpt-5": {} } }, "/overrides/model.gpt-5"],
    ["KS1703", { models: ["gpt-4o", "gpt-4o"] }, "/models/1"],
    ["KS1716", { models: ["gpt-4o", "llama3.1"] }, "/models/1"],
    ["KS1704", { models: ["a:b", "a-b"] }, "/models/1"],
    ["KS1704", { models: ["m".repeat(90)] }, "/models/0"],
  ])("says %s of %j", (code, change, pointer) => {
    expect(expand({ ...full, ...change }).problems).toMatchObject([{ code, pointer }]);
  });

  it("uses the provider that the user states", () => {
    const models = [{ id: "llama3.1", provider: "openai" }] as const;
    expect(expand({ ...full, models }).problems).toEqual([]);
    expect(checkOpenWebUI(writtenOf({ ...full, models }))).toEqual([]);
  });

  it("says that models need a key, and makes no request without one", () => {
    const { apiKey: _, ...keyless } = full;
    const { monitors, problems } = expand(keyless);
    expect(problems).toMatchObject([{ code: "KS1702", severity: "error", pointer: "/models" }]);
    expect(Object.keys(monitors).filter((key) => /model|provider|completion/u.test(key))).toEqual([]);
  });

  it.each(["http://openai:8080", "http://health", "https://example.com/ollama-chat", "https://example.com/chat/"])(
    "takes %s as an address",
    (url) => {
      expect(expand({ url }).problems).toEqual([]);
    },
  );
});

describe("spreadIntervals", () => {
  it("starts at the base and shares no divisor, so that two completions meet at most once in their product", () => {
    const ofInterest = fc.record({ base: fc.integer({ min: 20, max: 4000 }), count: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(ofInterest, ({ base, count }) => {
        const intervals = spreadIntervals(base, count);
        expect(intervals[0]).toBe(base);
        expect(intervals).toEqual(intervals.toSorted((left, right) => left - right));
        const meetings = intervals.flatMap((left, index) =>
          intervals.slice(index + 1).map((right) => firstMeeting(left, right)),
        );
        expect(meetings.every((seconds, index) => seconds === products(intervals)[index])).toBe(true);
      }),
    );
  });

  it("keeps clear of intervals that the user chose", () => {
    expect(spreadIntervals(300, 2, [900])).toEqual([301, 307]);
  });
});

function products(intervals: readonly number[]): readonly number[] {
  return intervals.flatMap((left, index) => intervals.slice(index + 1).map((right) => left * right));
}

/** After a common start, by trying. */
function firstMeeting(left: number, right: number): number {
  let at = left;
  while (at % right !== 0) at += left;
  return at;
}

describe("a model's id", () => {
  it("is found by its query and nothing else is, whatever characters it has", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), async (id, other) => {
        fc.pre(id !== other);
        const query = jsonata(`$exists(data[id=${textLiteral(id)}])`);
        expect(await query.evaluate({ data: [{ id: other }, { id }] })).toBe(true);
        expect(await query.evaluate({ data: [{ id: other }] })).toBe(false);
      }),
    );
  });

  it("makes a valid monitor key", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (id) => {
        expect(`main.model.${modelKey(id)}`).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/u);
      }),
    );
    expect(modelKey("hf.co/user/Model:Q4_K_M")).toBe("hf.co-user-Model-Q4_K_M");
  });

  it.each([
    ["gpt-4o", "openai"],
    ["llama3.1:latest", "ollama"],
    ["hf.co/user/model:Q4_K_M", "ollama"],
    ["anthropic/claude-3.5-sonnet", "openai"],
    ["meta-llama/llama-3.1-8b:free", "openai"],
    ["ft:gpt-4o-mini:acme::abc123", "openai"],
  ])("%s is served by %s", (id, provider) => {
    expect(guessProvider(id)).toBe(provider);
  });

  it.each([
    ["gpt-4o", false, false],
    ["gpt-5-mini", true, true],
    ["gpt-5-chat-latest", false, false],
    ["o3", true, true],
    ["openai/o4-mini", true, true],
    ["deepseek-r1:14b", true, false],
    ["qwen3-think", true, false],
    ["olmo2:7b", false, false],
  ])("%s thinks: %s, refuses a temperature: %s", (id, thinks, refuses) => {
    expect([watchedModel(id, "").isReasoning, refusesTemperature(id)]).toEqual([thinks, refuses]);
  });
});

describe("completionBody", () => {
  it("puts limits where every kind of provider gets them, and a temperature only where none refuses it", () => {
    expect(completionBody({ id: "gpt-4o", provider: "openai", isReasoning: false })["params"]).toEqual({
      max_tokens: 16,
    });
    expect(completionBody({ id: "o3", provider: "openai", isReasoning: true })["params"]).toEqual({ max_tokens: 512 });
    expect(completionBody({ id: "llama3.1:latest", provider: "ollama", isReasoning: false })["params"]).toEqual({
      max_tokens: 16,
      temperature: 0,
      think: false,
    });
  });
});
