import { describe, expect, test } from "vitest";
import { watchHeartbeats } from "../../../src/kuma/lists/heartbeats.ts";
import type { Wire } from "../../../src/kuma/socket/wire.ts";
import type { Heartbeat } from "../../../src/model/kuma-client.ts";

const time = "2026-11-23 02:14:10.941";

/** What is known after one push: live, or with `listId` the last row of the list of that monitor. */
function heardFrom(row: unknown, listId?: unknown): readonly Heartbeat[] {
  const listeners = new Map<string, (...args: readonly unknown[]) => void>();
  const wire = { on: (event: string, listener: () => void) => listeners.set(event, listener) } as unknown as Wire;
  const { newest } = watchHeartbeats(wire);
  if (listId === undefined) listeners.get("heartbeat")?.(row);
  else listeners.get("heartbeatList")?.(listId, [{ status: 0, time: "2026-11-22 00:00:00" }, row]);
  return [...newest.values()];
}

describe("a pushed row", () => {
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
    expect(heardFrom(row, listId)).toEqual([{ monitorId: 1, status: 1, message: "200 - OK", time, ping }]);
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
  ])("%j is not a heartbeat", (row) => {
    expect(heardFrom(row)).toEqual([]);
  });
});
