import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { declare, desiredOf, observedOf, onServer, planOf } from "../builder.ts";

describe("cost", () => {
  const chat = {
    type: "json-query",
    active: true,
    method: "POST",
    url: "http://w/api/chat/completions",
    interval: 3600,
    body: { messages: [{ role: "user", content: "12345678" }], max_tokens: 10 },
  };
  const costOf = (spec: JsonObject): { requests: number; completions: number; tokens: number } =>
    planOf(desiredOf(declare("m", { ...chat, ...spec })), observedOf()).cost.after;

  test.each([
    ["max_tokens", {}, { requests: 24, completions: 24, tokens: 24 * 12 }],
    [
      "no limit",
      { body: { prompt: "12345" }, url: "http://w/v1/completions" },
      { requests: 24, completions: 24, tokens: 24 * 258 },
    ],
    [
      "Ollama's limit",
      { body: { prompt: "", options: { num_predict: 5 } }, url: "http://o/api/generate?x" },
      { requests: 24, completions: 24, tokens: 24 * 5 },
    ],
    [
      "no limit to Ollama",
      { body: { prompt: "", options: { num_predict: -1 } }, url: "http://o/api/generate" },
      { requests: 24, completions: 24, tokens: 24 * 256 },
    ],
    [
      "text parts, of a body that is text",
      { body: '{"messages":[{"content":[{"type":"text","text":"1234"}]}],"max_completion_tokens":1}' },
      { requests: 24, completions: 24, tokens: 48 },
    ],
    ["a GET", { method: "GET" }, { requests: 24, completions: 0, tokens: 0 }],
    ["another path", { url: "http://w/api/models" }, { requests: 24, completions: 0, tokens: 0 }],
    ["another body", { body: { input: "x" } }, { requests: 24, completions: 0, tokens: 0 }],
    ["a body that is no JSON", { body: "{" }, { requests: 24, completions: 0, tokens: 0 }],
    ["a paused monitor", { active: false }, { requests: 0, completions: 0, tokens: 0 }],
    ["a group", { type: "group" }, { requests: 0, completions: 0, tokens: 0 }],
  ])("of a day: %s", (_title, spec, cost) => {
    expect(costOf(spec)).toEqual(cost);
  });

  test("is shown before and after, and by monitor where there are completions", () => {
    const plan = planOf(
      desiredOf(
        declare("m", { ...chat, interval: 7200 }),
        declare("x", { type: "http", active: true, interval: 86_400 }),
      ),
      observedOf(onServer(1, { ...chat, name: "m" }, { marker: "shop/m" })),
    );
    const before = { requests: 24, completions: 24, tokens: 288 };
    const after = { requests: 12, completions: 12, tokens: 144 };
    expect(plan.cost).toEqual({
      before,
      after: { requests: 13, completions: 12, tokens: 144 },
      monitors: [{ key: "monitor/m", before, after }],
    });
  });
});
