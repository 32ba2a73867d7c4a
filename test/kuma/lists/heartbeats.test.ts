import { describe, expect, test } from "vitest";
import { parseHeartbeat } from "../../../src/kuma/lists/heartbeats.ts";

const time = "2026-11-23 02:14:10.941";

describe("parseHeartbeat", () => {
  test.each([
    [
      "live, 2.x",
      { monitorID: 1, status: 1, time, msg: "200 - OK", ping: 5, important: true, retries: 0 },
      undefined,
      5,
    ],
    ["live, failed", { monitorID: 1, status: 1, time, msg: "200 - OK", duration: 0 }, undefined, undefined],
    ["a database row", { id: 9, monitor_id: 1, status: 1, msg: "200 - OK", time, ping: 2, important: 0 }, "1", 2],
    ["a row without an id, in the list of one", { status: 1, msg: "200 - OK", time, ping: null }, "1", undefined],
  ])("%s", (_, row, listId, ping) => {
    expect(parseHeartbeat(row, listId)).toEqual({ monitorId: 1, status: 1, message: "200 - OK", time, ping });
  });

  test.each([
    null,
    5,
    "x",
    [],
    {},
    { monitorID: 1, time },
    { monitorID: "x", status: 1, time },
    { monitorID: 1, status: 9, time },
  ])("%j is none", (row) => {
    expect(parseHeartbeat(row)).toBeUndefined();
  });
});
