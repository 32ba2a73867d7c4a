import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isJsonObject, pointerParts, type Json, type JsonObject } from "../../../../src/model/json.ts";
import { checkOpenWebUI } from "../../../../src/services/open-webui/rules/check-open-webui.ts";
import { faultsOf, knownFaults } from "../../../../src/services/open-webui/facts/known-faults.ts";
import { findingTitles } from "../../../../src/model/finding-codes.ts";

const base = "http://open-webui:8080";
const headers = { Authorization: "Bearer sk-00000000000000000000000000000000" };

const jsonQuery = (path: string, fields: JsonObject = {}): JsonObject => ({
  name: path,
  type: "json-query",
  url: base + path,
  interval: 300,
  jsonPath: "status",
  expectedValue: "true",
  ...fields,
});
const plain = (path: string, fields: JsonObject = {}): JsonObject => ({
  name: path,
  type: "http",
  url: base + path,
  interval: 300,
  ...fields,
});
const models = (fields: JsonObject = {}): JsonObject =>
  jsonQuery("/api/models", { headers, jsonPath: "$exists(data[id='gpt-4o'])", ...fields });
const completion = (body: JsonObject = {}, fields: JsonObject = {}): JsonObject =>
  jsonQuery("/api/chat/completions", {
    method: "POST",
    headers,
    body: { model: "gpt-4o", messages: [{ role: "user", content: "hi" }], ...body },
    jsonPath: String.raw`$boolean($match(choices[0].message.content, /\bhealthy\b/i))`,
    ...fields,
  });

const every = (interval: Json): JsonObject => completion({}, { interval });
const ids = (version: string): readonly string[] => faultsOf(version).map(({ id }) => id);

/** `code severity pointer` of each problem. */
function told(monitors: Readonly<Record<string, JsonObject>>, version?: string): readonly string[] {
  return checkOpenWebUI(monitors, { instances: [{ url: `${base}/`, version }] }).map(
    ({ code, severity, pointer }) => `${code} ${severity} ${pointer}`,
  );
}

describe("a monitor by itself", () => {
  it.each<[about: string, monitor: JsonObject, version: string | undefined, expected: readonly string[]]>([
    ["health", jsonQuery("/health"), "0.11.0", []],
    ["health by status", plain("/health"), "0.11.0", ["KS1713 info /m/type"]],
    ["health with HEAD", jsonQuery("/health", { method: "HEAD" }), undefined, ["KS1707 warning /m/method"]],
    ["health with POST", jsonQuery("/health", { method: "POST" }), undefined, ["KS1707 warning /m/method"]],
    ["health with a slash", jsonQuery("/health/"), undefined, ["KS1708 warning /m/url"]],
    ["/healthz", jsonQuery("/healthz"), undefined, ["KS1709 warning /m/url"]],
    ["/api/health", plain("/api/health"), undefined, ["KS1709 warning /m/url"]],
    ["the start page", plain(""), undefined, ["KS1709 warning /m/url"]],
    ["/metrics?x=1", plain("/metrics?x=1"), undefined, ["KS1709 warning /m/url"]],
    ["a workspace route", jsonQuery("/api/v1/knowledge/", { headers }), undefined, []],
    ["/ready, too new", jsonQuery("/ready"), "0.8.10", ["KS1710 warning /m/url"]],
    ["/ready", jsonQuery("/ready"), "0.8.11", []],
    ["/api/v1/models, too new", models({ url: `${base}/api/v1/models` }), "0.6.21", ["KS1710 warning /m/url"]],
    ["health with a key", jsonQuery("/health", { headers }), "0.6.36", ["KS1711 info /m/headers"]],
    ["health with a key, refused", jsonQuery("/health", { headers }), "0.6.37", ["KS1711 warning /m/headers"]],
    ["health with a key, refused", jsonQuery("/health", { headers }), "0.8.12", ["KS1711 warning /m/headers"]],
    ["health with a key, unknown", jsonQuery("/health", { headers }), undefined, ["KS1711 warning /m/headers"]],
    ["health with a key, new", jsonQuery("/health", { headers }), "0.9.0", ["KS1711 info /m/headers"]],
    ["x-api-key, too new", models({ headers: { "x-api-key": "sk-1" } }), "0.8.12", ["KS1712 warning /m/headers"]],
    ["models", models(), "0.9.6", []],
    ["models, stale", models(), "0.10.0", ["KS1714 warning /m/url"]],
    ["models, unknown release", models(), undefined, ["KS1714 warning /m/url"]],
    ["models by status", plain("/api/models"), "0.9.6", ["KS1713 warning /m/type"]],
    ["models counted", models({ jsonPath: "$count(data[*])>0" }), "0.9.6", ["KS1715 info /m/jsonPath"]],
    ["models often", models({ interval: "1m" }), "0.9.6", ["KS1718 warning /m/interval"]],
    [
      "models often, by default",
      models({ interval: 60, timeout: 5 }),
      "0.9.6",
      ["KS1717 warning /m/timeout", "KS1718 warning /m/interval"],
    ],
    ["no tag", models({ jsonPath: "$exists(data[id='llama3.1'])" }), "0.9.6", ["KS1716 warning /m/jsonPath"]],
    [
      "no tag in Ollama's list",
      jsonQuery("/ollama/api/tags", { jsonPath: '$exists(models[model="mine"])' }),
      undefined,
      ["KS1716 warning /m/jsonPath"],
    ],
    ["a tag", jsonQuery("/ollama/api/tags", { jsonPath: "$exists(models[model='mine:latest'])" }), undefined, []],
    ["a provider by its number", plain("/openai/models/0"), undefined, ["KS1563 warning /m/url"]],
    ["a provider by its number, before", plain("/openai/models/0"), "0.11.0", []],
    ["a provider by its number", plain("/openai/models/12"), "0.11.1", ["KS1563 error /m/url"]],
    ["Ollama by its number", jsonQuery("/ollama/api/tags/0", { headers }), "0.12.4", ["KS1563 error /m/url"]],
    ["its version by its number", jsonQuery("/ollama/api/version/1", { headers }), "0.12.4", ["KS1563 error /m/url"]],
    ["its other list by its number", jsonQuery("/ollama/v1/models/0", { headers }), "0.12.4", ["KS1563 error /m/url"]],
    ["its other list", jsonQuery("/ollama/v1/models", { headers }), "0.12.4", []],
    ["a completion by its number, which users may", plain("/ollama/api/chat/0"), "0.12.4", []],
    ["models anew", models({ url: `${base}/api/models?refresh=true` }), "0.9.6", []],
    [
      "models anew",
      models({ url: `${base}/api/models?x=1&refresh=TRUE#y` }),
      "0.11.2",
      ["KS1714 warning /m/url", "KS1564 warning /m/url"],
    ],
    [
      "models anew",
      models({ url: `${base}/api/v1/models?refresh=1` }),
      "0.12.4",
      ["KS1714 warning /m/url", "KS1564 warning /m/url"],
    ],
    [
      "models anew, unknown release",
      models({ url: `${base}/api/models?refresh=yes` }),
      undefined,
      ["KS1714 warning /m/url", "KS1564 warning /m/url"],
    ],
    ["models, not anew", models({ url: `${base}/api/models?refresh=false` }), "0.12.4", ["KS1714 warning /m/url"]],
    ["another refresh", jsonQuery("/api/config?refresh=true"), "0.12.4", []],
    ["a release that nobody tested", jsonQuery("/health"), "0.99.0", ["KS1562 warning /m"]],
    ["a provider by status", plain("/openai/models"), undefined, ["KS1713 warning /m/type"]],
    ["a completion", completion(), "0.11.0", []],
    ["a completion on 0.9.5", completion(), "0.9.5", ["KS1719 error /m/url"]],
    ["a completion on 0.9.6", completion(), "0.9.6", []],
    ["a completion with GET", completion({}, { method: "GET" }), "0.11.0", ["KS1707 warning /m/method"]],
    ["a completion by status", completion({}, { type: "http" }), "0.9.2", ["KS1713 warning /m/type"]],
    [
      "a completion by status, null",
      completion({}, { type: "http" }),
      "0.9.1",
      ["KS1713 warning /m/type", "KS1720 warning /m/url"],
    ],
    ["a completion by status, before", completion({}, { type: "http" }), "0.6.26", ["KS1713 warning /m/type"]],
    [
      "a completion by keyword",
      completion({}, { type: "keyword", keyword: "HEALTHY" }),
      "0.11.0",
      ["KS1721 warning /m/keyword"],
    ],
    [
      "a completion by part",
      completion({}, { jsonPathOperator: "contains" }),
      "0.11.0",
      ["KS1721 warning /m/jsonPathOperator"],
    ],
    ["no tag in a body", completion({ model: "llama3.1" }), undefined, ["KS1716 warning /m/body/model"]],
    [
      "temperature for Ollama",
      completion({ model: "llama3.1:latest", temperature: 0, max_tokens: 9 }),
      undefined,
      ["KS1723 warning /m/body/temperature"],
    ],
    ["temperature for gpt-4o", completion({ temperature: 0 }), undefined, []],
    [
      "temperature for o3",
      completion({ model: "o3", temperature: 0 }),
      undefined,
      ["KS1722 error /m/body/temperature"],
    ],
    [
      "temperature for gpt-5",
      completion({ model: "gpt-5-mini", params: { temperature: 0 } }),
      undefined,
      ["KS1722 error /m/body/params/temperature"],
    ],
    ["temperature for o1 by name", completion({ model: "a/o1-a:a", params: { temperature: 0 } }), undefined, []],
    ["the default temperature", completion({ model: "o3", temperature: 1 }), undefined, []],
    [
      "a chat",
      completion({ chat_id: "x", session_id: "y" }),
      undefined,
      ["KS1724 warning /m/body/chat_id", "KS1724 warning /m/body/session_id"],
    ],
    [
      "a body as text",
      completion({}, { body: '{"model":"gpt-4o","parent_id":null}' }),
      undefined,
      ["KS1724 warning /m/body"],
    ],
    ["an event stream", completion({ stream: true }), undefined, ["KS1725 error /m/body/stream"]],
    ["a completion often", completion({}, { interval: 60 }), undefined, ["KS1718 warning /m/interval"]],
  ])("%s: %j on %s", (_about, monitor, version, expected) => {
    expect(told({ m: monitor }, version)).toEqual(expected);
  });

  it("is left alone when it asks something else", () => {
    const elsewhere = {
      m: plain("/health/", { url: "http://gateway:8080/health/", method: "HEAD" }),
      g: { name: "g", type: "group" },
    };
    expect(told(elsewhere)).toEqual([]);
  });
});

describe("monitors together", () => {
  it("know an Open WebUI by a path that only it has, below a path of a proxy too", () => {
    const url = "https://example.com/chat";
    const monitors = {
      list: models({ url: `${url}/api/models` }),
      alive: plain("/health/", { url: `${url}/health/` }),
      other: plain("/health/", { url: "https://example.com/health/" }),
    };
    const rules = checkOpenWebUI(monitors).map(({ code, pointer }) => `${code} ${pointer}`);
    expect(rules).toEqual(["KS1714 /list/url", "KS1708 /alive/url"]);
  });

  it("see the providers by their own lists or by a completion", () => {
    expect(
      told({ list: models(), live: jsonQuery("/openai/models", { jsonPath: "$exists(data[id='gpt-4o'])" }) }),
    ).toEqual([]);
    expect(told({ list: models(), answer: completion() })).toEqual([]);
    const elsewhere = completion({}, { url: "http://other:8080/api/chat/completions" });
    expect(told({ list: models(), elsewhere })).toEqual(["KS1714 warning /list/url"]);
  });

  it("are reported when two completions always start together", () => {
    expect(told({ a: every(300), b: every("5m") })).toEqual(["KS1726 info /b/interval"]);
    expect(told({ a: every(300), b: every(900) })).toEqual(["KS1726 info /b/interval"]);
    expect(told({ a: every(300), b: every(301), c: every(307) })).toEqual([]);
  });
});

describe("what is told", () => {
  it("names a place that exists, and never the key", () => {
    const secret = "sk-5ecret5ecret5ecret5ecret5ecret55";
    fc.assert(
      fc.property(
        fc.constantFrom(
          "/health",
          "/health/",
          "/ready",
          "/api/models",
          "/api/chat/completions",
          "/nothing",
          "/openai/models",
        ),
        fc.constantFrom("GET", "POST", "HEAD"),
        fc.constantFrom("http", "keyword", "json-query"),
        fc.constantFrom<Json>(
          secret,
          { model: secret, session_id: secret, temperature: 0 },
          { model: "o3", temperature: 0, stream: true },
        ),
        fc.constantFrom(undefined, "0.6.18", "0.8.12", "0.9.1", "0.9.5", "0.11.0"),
        (path, method, type, body, version) => {
          const written = {
            name: "m",
            type,
            method,
            url: base + path,
            body,
            headers: { "X-API-Key": secret },
            interval: 30,
            timeout: 3,
          };
          const problems = checkOpenWebUI({ "a/b": written }, { instances: [{ url: base, version }] });
          expect(JSON.stringify(problems)).not.toContain(secret);
          for (const problem of problems) {
            expect(findingTitles).toHaveProperty(problem.code);
            expect(valueAt({ "a/b": written }, problem.pointer)).toBeDefined();
          }
        },
      ),
    );
  });

  it("leaves the recipes of the documentation possible: nothing in the examples is an error", () => {
    const folder = new URL("../../../../examples/open-webui/", import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), "utf8").replaceAll("${var:base}", base);
      const { monitors } = parse(text) as { readonly monitors?: Readonly<Record<string, JsonObject>> };
      const problems = checkOpenWebUI(monitors ?? {}, { version: "0.11.0" });
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    }
    expect(files.length).toBeGreaterThan(2);
  });
});

describe("releases", () => {
  it("have the faults that were seen on them", () => {
    expect(ids("0.6.18")).toEqual(["database-check-sticks"]);
    expect(ids("0.6.36")).toEqual(["completions-answer-null", "database-check-sticks"]);
    expect(ids("0.8.12")).toEqual(["completions-answer-null", "allow-list-covers-all-paths", "database-check-sticks"]);
    expect(ids("0.9.5")).toEqual(["completions-always-fail", "database-check-sticks"]);
    expect(ids("0.9.6")).toEqual([]);
    expect(ids("0.11.0")).toEqual(["stale-model-list"]);
    expect(Object.keys(knownFaults)).toHaveLength(5);
  });
});

function valueAt(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const part of pointerParts(pointer)) found = isJsonObject(found) ? found[part] : undefined;
  return found;
}
