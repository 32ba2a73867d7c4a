import { expect, test } from "vitest";
import { withLostHistory } from "../../../src/workflows/planning/plan-with-history.ts";
import type { KumaReader } from "../../../src/model/kuma-client.ts";
import { desiredOf, declare, observedOf, onServer, planOf } from "../../plan/builder.ts";

const http = { type: "http", url: "http://a", tags: [] };

test("a delete says what history it erases, and only its monitor is asked for", async () => {
  const plan = planOf(
    desiredOf(declare("edited", { ...http, interval: 60 })),
    observedOf(
      onServer(1, { ...http, name: "edited", interval: 20 }, { marker: "shop/edited" }),
      onServer(2, { ...http, name: "gone", url: "http://gone" }, { marker: "shop/gone" }),
    ),
  );
  const asked: unknown[] = [];
  const reader = {
    server: { capabilities: { hasDeltas: true } },
    read: (...call: readonly unknown[]) => {
      asked.push(call);
      return Promise.resolve({ data: [{ up: 590_000, down: 122, timestamp: Date.UTC(2024, 10, 2) / 1000 }] });
    },
  } as unknown as KumaReader;
  const { steps } = await withLostHistory(plan, reader);
  expect(asked).toEqual([["getMonitorChartData", 2, 24 * 366]]);
  expect(steps.filter((step) => "history" in step)).toEqual([
    {
      ...plan.steps.find(({ action }) => action === "delete"),
      history: { since: "2024-11-02", heartbeats: 590_122 },
    },
  ]);
});
