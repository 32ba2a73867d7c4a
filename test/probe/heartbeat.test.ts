import { assert, boolean, constantFrom, integer, property, record } from "fast-check";
import { expect, test } from "vitest";
import { heartbeatOf } from "../../src/probe/heartbeat.ts";

const outcomes = record({
  isPassed: boolean(),
  message: constantFrom(
    "200 - OK",
    "Request failed with status code 500",
    "JSON query does not pass (comparing 1 == 2)",
  ),
});
const rows = record({
  type: constantFrom("http", "keyword", "json-query"),
  maxretries: integer({ min: 0, max: 3 }),
  upsideDown: boolean(),
  retryOnlyOnStatusCodeFailure: boolean(),
});

test("law: upside down swaps up and down, and nothing else does", () => {
  assert(
    property(outcomes, rows, (outcome, row) => {
      expect(heartbeatOf(outcome, row).status).toBe(outcome.isPassed === row.upsideDown ? "down" : "up");
    }),
  );
});

test("law: retries make the first heartbeat pending exactly when it would be down", () => {
  assert(
    property(outcomes, rows, (outcome, row) => {
      const { status, firstHeartbeat } = heartbeatOf(outcome, { ...row, retryOnlyOnStatusCodeFailure: false });
      expect(firstHeartbeat).toBe(status === "down" && row.maxretries > 0 ? "pending" : status);
    }),
  );
});

test("a check that holds loses its words when it is turned to down; one that fails keeps them", () => {
  const upsideDown = { type: "http", upsideDown: true, maxretries: 0 };
  expect(heartbeatOf({ isPassed: true, message: "200 - OK" }, upsideDown).message).toBe("Flip UP to DOWN");
  expect(heartbeatOf({ isPassed: false, message: "socket hang up" }, upsideDown).message).toBe("socket hang up");
});

test("retries only for the status leave out comparisons that do not hold, and only those", () => {
  const row = { type: "json-query", upsideDown: false, maxretries: 2, retryOnlyOnStatusCodeFailure: true };
  const first = (message: string): string => heartbeatOf({ isPassed: false, message }, row).firstHeartbeat;
  expect(first("JSON query does not pass (comparing 1 == 2)")).toBe("down");
  expect(first("Error evaluating JSON query: no value")).toBe("pending");
});

test("a query that had to be stopped is down, whatever is turned around or retried", () => {
  const query = { status: "killed", reason: "time", message: "stopped" } as const;
  const row = { type: "json-query", upsideDown: true, maxretries: 2 };
  const shown = heartbeatOf({ isPassed: false, message: query.message, query }, row);
  expect(shown).toEqual({ status: "down", message: "stopped", firstHeartbeat: "none" });
});
