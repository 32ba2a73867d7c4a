/** The default timeout follows the interval as Uptime Kuma's form lets it (EditMonitor.vue `clampTimeout`). */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { monitorTypes } from "../../../src/kinds/monitor-types/index.ts";
import { specFromWritten } from "../../../src/kinds/spec.ts";
import type { JsonObject } from "../../../src/model/json.ts";

const types = [...monitorTypes.values()];
const withTimeout = types.filter(({ fields, type }) => fields["timeout"] !== undefined && type !== "ping");

function timeoutOf(type: string, written: JsonObject): unknown {
  const variant = monitorTypes.get(type);
  return variant === undefined ? undefined : specFromWritten(variant, { name: "x", ...written })["timeout"];
}

test("a default timeout never exceeds 80 % of the interval, whatever the type", () => {
  expect(withTimeout.length).toBeGreaterThan(6);
  fc.assert(
    fc.property(
      fc.constantFrom(...withTimeout),
      fc.integer({ min: 1, max: 100_000 }),
      ({ type = "", fields }, interval) => {
        const most = Number(fields["timeout"]?.schema["default"]);
        const timeout = timeoutOf(type, { interval });
        expect(timeout).toBeLessThanOrEqual(interval * 0.8);
        expect(timeout).toBe(Math.min(most, Math.trunc(interval * 8) / 10));
      },
    ),
  );
});

test.each<[written: JsonObject, timeout: unknown]>([
  [{}, 48],
  [{ interval: "30s" }, 24],
  [{ interval: 33 }, 26.4],
  [{ interval: 20 }, 16],
  [{ interval: "1h" }, 48],
  [{ interval: 30, timeout: 29 }, 29],
])("http with %j has a timeout of %s s", (written, timeout) => {
  expect(timeoutOf("http", { url: "https://x.example", ...written })).toBe(timeout);
});

test("a ping keeps its own default, and a group has none", () => {
  expect(timeoutOf("ping", { hostname: "x.example", interval: 5 })).toBe(10);
  expect(timeoutOf("group", { interval: 30 })).toBeUndefined();
});
