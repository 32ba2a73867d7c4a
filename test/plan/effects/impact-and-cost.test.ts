import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import type { CoverageLoss } from "../../../src/model/plan.ts";
import { declare, desiredOf, observedOf, onServer, planOf, withPolicy } from "../builder.ts";

const http = {
  type: "http",
  active: true,
  interval: 60,
  maxRetries: 0,
  notifications: [{ name: "Slack" }],
  acceptedStatusCodes: ["200-299"],
  ignoreTls: false,
  upsideDown: false,
};
const slack = onServer(4, { name: "Slack" }, { kind: "notification" });

function losses(
  after: JsonObject,
  before: JsonObject = {},
  sensitive: readonly string[] = [],
): readonly CoverageLoss[] {
  return planOf(
    desiredOf(declare("api", { ...http, ...after }, { sensitive })),
    observedOf(
      slack,
      onServer(1, { ...http, name: "api", notifications: [{ id: 4 }], ...before }, { marker: "shop/api" }),
    ),
  ).impact.coverage;
}

describe("coverage", () => {
  test.each([
    [{ notifications: [] }, "notification", "Slack"],
    [{ interval: 300 }, "interval", "60 to 300"],
    [{ maxRetries: 3 }, "retries", "0 to 3"],
    [{ acceptedStatusCodes: ["200-299", "404"] }, "status-codes", "200-299 to 200-299, 404"],
    [{ ignoreTls: true }, "tls", undefined],
    [{ upsideDown: true }, "inverted", undefined],
    [{ active: false }, "paused", undefined],
  ] as const)("%j loses", (after, loss, detail) => {
    expect(losses(after)).toEqual([{ key: "monitor/api", loss, ...(detail === undefined ? {} : { detail }) }]);
  });

  test.each([
    [{ interval: 20 }, {}],
    [{ maxRetries: 0 }, { maxRetries: 3 }],
    [{ acceptedStatusCodes: ["200-250", "251-260"] }, {}],
    [{ ignoreTls: false }, { ignoreTls: true }],
    [{ active: true }, { active: false, interval: 20 }],
  ] as const)("%j is no loss", (after, before) => {
    expect(losses(after, before)).toEqual([]);
  });

  test("a secret detail is not shown", () => {
    expect(losses({ interval: 300 }, {}, ["/interval"])).toEqual([{ key: "monitor/api", loss: "interval" }]);
  });
});

describe("checks per minute", () => {
  const observed = observedOf(
    onServer(1, { name: "a", active: true, interval: 60 }, { marker: "shop/a" }),
    onServer(2, { name: "b", active: true, interval: 30 }, { marker: "shop/b" }),
    onServer(3, { name: "c", active: false, interval: 1 }, { marker: "shop/c" }),
    onServer(4, { name: "d", active: true, interval: 1 }, { marker: "other/d" }),
  );
  const a = declare("a", { active: true, interval: 45 });

  test("counts what is ours and runs, before and after", () => {
    const plan = planOf(desiredOf(a), observed, { allowDeletes: 2 });
    expect(plan.impact).toEqual({
      checksPerMinute: { before: 3, after: 1.33 },
      coverage: [{ key: "monitor/b", loss: "deleted" }],
    });
  });

  test("what is kept or let go of goes on", () => {
    expect(planOf(desiredOf(a), observed, { keepsRemoved: true }).impact.checksPerMinute.after).toBe(3.33);
    const released = planOf(withPolicy(desiredOf(a), { onRemove: "release" }), observed);
    expect(released.impact).toEqual({ checksPerMinute: { before: 3, after: 3.33 }, coverage: [] });
    const paused = planOf(withPolicy(desiredOf(a), { onRemove: "pause" }), observed);
    expect(paused.impact.checksPerMinute.after).toBe(1.33);
    expect(paused.impact.coverage).toEqual([{ key: "monitor/b", loss: "paused" }]);
  });
});

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
