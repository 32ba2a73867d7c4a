/** Which monitors ask a model for an answer, and what one answer may cost. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { completionEndpoints } from "../../../src/plan/effects/completion-endpoints.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { declare, desiredOf, observedOf, planOf } from "../builder.ts";

/** Of one request a day. */
function costOf(spec: JsonObject): { readonly completions: number; readonly tokens: number } {
  const monitor = { type: "http", active: true, method: "POST", interval: 86_400, ...spec };
  const { completions, tokens } = planOf(desiredOf(declare("m", monitor)), observedOf()).cost.after;
  return { completions, tokens };
}

const messages = [{ role: "user", content: "12345678" }];

describe("a prompt of two tokens and a limit of ten", () => {
  test.each<[path: string, body: JsonObject]>([
    ["/openai/deployments/gpt/chat/completions?api-version=2024", { messages, max_completion_tokens: 10 }],
    ["/v1/chat/completions/", { messages, max_tokens: 10 }],
    ["/api/chat/completions", { messages, params: { max_tokens: 10 } }],
    ["/api/chat/completions", { messages, params: { max_tokens: 10 }, max_tokens: 5000 }],
    ["/v1/completions", { prompt: ["1234", "5678"], max_tokens: 10 }],
    ["/v1/responses", { input: "12345678", max_output_tokens: 10 }],
    [
      "/v1/responses",
      { input: [{ role: "user", content: [{ type: "input_text", text: "12345678" }] }], max_output_tokens: 10 },
    ],
    ["/v1/messages", { system: "1234", messages: [{ role: "user", content: "5678" }], max_tokens: 10 }],
    [
      "/v1beta/models/pro:generateContent",
      { contents: [{ parts: [{ text: "12345678" }] }], generationConfig: { maxOutputTokens: 10 } },
    ],
    ["/model/anthropic.claude-v1%3A0/invoke", { messages, max_tokens: 10 }],
    ["/model/amazon.titan/invoke", { inputText: "12345678", textGenerationConfig: { maxTokenCount: 10 } }],
    [
      "/model/a/converse",
      { messages: [{ role: "user", content: [{ text: "12345678" }] }], inferenceConfig: { maxTokens: 10 } },
    ],
    ["/v2/chat", { messages, max_tokens: 10 }],
    ["/v1/chat", { message: "12345678", max_tokens: 10 }],
    ["/ollama/api/chat", { messages, options: { num_predict: 10 } }],
    ["/api/generate/", { prompt: "12345678", options: { num_predict: 10 } }],
    ["/generate", { inputs: "12345678", parameters: { max_new_tokens: 10 } }],
    ["/completion", { prompt: "12345678", n_predict: 10 }],
  ])("%s", (path, body) => {
    const url = `https://x.example${path}`;
    expect(costOf({ url, body })).toEqual({ completions: 1, tokens: 12 });
    // The same as text, which other body encodings send.
    expect(costOf({ url, body: JSON.stringify(body) })).toEqual({ completions: 1, tokens: 12 });
    expect(costOf({ url, body: {} }).completions).toBe(0);
    expect(costOf({ url, body: null }).completions).toBe(0);
    expect(costOf({ url, body, method: "GET" }).completions).toBe(0);
  });
});

test.each<[url: string, more: JsonObject, completions: number]>([
  ["http://litellm:4000/health", {}, 1],
  ["https://x.example/health/?model=gpt", { name: "LiteLLM models" }, 1],
  ["https://x.example/health", { type: "json-query", jsonPath: "unhealthy_count" }, 1],
  ["https://x.example/health", { type: "keyword", keyword: '"unhealthy_count":0' }, 1],
  ["https://x.example/health", { name: "Shop" }, 0],
  ["http://litellm:4000/health/liveliness", {}, 0],
  ["http://litellm:4000/health/readiness", {}, 0],
  ["http://litellm:4000/health", { method: "POST" }, 0],
])("GET %s with %j: %s", (url, more, completions) => {
  expect(costOf({ url, method: "GET", body: null, ...more })).toEqual({ completions, tokens: completions * 20 });
});

test.each<[path: string, body: Json]>([
  ["/v1/embeddings", { input: "text" }],
  ["/v1/messages/count_tokens", { messages }],
  ["/v1/moderations", { input: "text" }],
  ["/api/embed", { input: "text" }],
  ["/api/generate", { model: "m" }],
])("%s with %j is not a completion", (path, body) => {
  expect(costOf({ url: `https://x.example${path}`, body })).toEqual({ completions: 0, tokens: 0 });
});

/** What a cell of the page has in backticks, without the method. */
function namesIn(cell = ""): string[] {
  return [...cell.matchAll(/`([^`]+)`/gu)].map(([, text = ""]) => text.replace(/^(GET|POST) /u, ""));
}

describe("the page of upstream facts", () => {
  const page = readFileSync(new URL("../../../docs/upstream/completion-endpoints.md", import.meta.url), "utf8");
  const rows = page
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| API") && !line.startsWith("| ---"))
    .map((row) => row.split("|").map((cell) => cell.trim()));

  test("has the APIs of the code, each with its paths and a source", () => {
    expect(rows.map(([, api, paths, , , source]) => [api, namesIn(paths), source?.includes("https://")])).toEqual(
      completionEndpoints.map(({ api, examples }) => [api, examples, true]),
    );
  });

  test.each(completionEndpoints)("$api: the paths are its own", ({ path, examples }) => {
    expect(examples.filter((example) => !path.test(example))).toEqual([]);
  });

  // One row says "as above", one has both spellings of its names in the code.
  const spelt = completionEndpoints.filter(({ api }) => api !== "OpenAI completions" && api !== "Gemini");
  test.each(spelt)("$api: the limits are the same", ({ api, limits }) => {
    const row = rows.find(([, name]) => name === api);
    expect(namesIn(row?.[4])).toEqual(limits.map((at) => at.slice(1).replaceAll("/", ".")));
  });
});
