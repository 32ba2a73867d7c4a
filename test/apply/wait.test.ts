import { describe, expect, test } from "vitest";
import { waitForHeartbeats } from "../../src/apply/wait.ts";
import type { Heartbeat } from "../../src/model/kuma-client.ts";

function beat(monitorId: number, status: Heartbeat["status"]): Heartbeat {
  return { monitorId, status, message: `status ${status}`, time: "2026-11-23 03:05:04.467", ping: undefined };
}

/** A client whose heartbeats come when the test says so. */
function heart(...before: readonly Heartbeat[]) {
  const heartbeats = new Map(before.map((one) => [one.monitorId, one]));
  const listeners = new Set<(one: Heartbeat) => void>();
  return {
    client: {
      heartbeats,
      onHeartbeat: (listener: (one: Heartbeat) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    listeners,
    say: (one: Heartbeat) => {
      heartbeats.set(one.monitorId, one);
      for (const listener of listeners) listener(one);
    },
  };
}

const monitors = [
  { key: "monitor/a", id: 1 },
  { key: "monitor/b", id: 2 },
] as const;

describe("waitForHeartbeats", () => {
  test("counts beats from before anybody listened, and waits through pending and down", async () => {
    const { client, say, listeners } = heart(beat(1, 1));
    const waiting = waitForHeartbeats({ client, monitors, timeoutMs: 60_000 });
    say(beat(2, 2));
    say(beat(2, 0));
    say(beat(2, 1));
    expect((await waiting).map(({ state }) => state)).toEqual(["up", "up"]);
    expect(listeners.size).toBe(0);
  });

  test("when the time is over, the newest state counts, and silence is a state", async () => {
    const { client, say, listeners } = heart();
    const waiting = waitForHeartbeats({ client, monitors, timeoutMs: 5 });
    say(beat(1, 2));
    say(beat(1, 0));
    expect(await waiting).toEqual([
      { key: "monitor/a", id: 1, state: "down", message: "status 0" },
      { key: "monitor/b", id: 2, state: "none", message: "no heartbeat yet" },
    ]);
    expect(listeners.size).toBe(0);
  });

  test("an interrupt ends the wait", async () => {
    const { client } = heart();
    const stop = new AbortController();
    const waiting = waitForHeartbeats({ client, monitors, timeoutMs: 60_000, signal: stop.signal });
    stop.abort();
    expect((await waiting).map(({ state }) => state)).toEqual(["none", "none"]);
  });

  test("returns at once when there is nothing to wait for", async () => {
    expect(await waitForHeartbeats({ client: heart().client, monitors: [], timeoutMs: 60_000 })).toEqual([]);
  });
});
