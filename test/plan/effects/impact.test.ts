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

  test("kept and released monitors continue to count", () => {
    expect(planOf(desiredOf(a), observed, { keepsRemoved: true }).impact.checksPerMinute.after).toBe(3.33);
    const released = planOf(withPolicy(desiredOf(a), { onRemove: "release" }), observed);
    expect(released.impact).toEqual({ checksPerMinute: { before: 3, after: 3.33 }, coverage: [] });
    const paused = planOf(withPolicy(desiredOf(a), { onRemove: "pause" }), observed);
    expect(paused.impact.checksPerMinute.after).toBe(1.33);
    expect(paused.impact.coverage).toEqual([{ key: "monitor/b", loss: "paused" }]);
  });
});
