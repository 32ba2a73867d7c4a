/** The newest check result of each monitor, from the lists at login and the heartbeats since then. */
import { isJsonObject } from "../../model/json.ts";
import type { Heartbeat } from "../../model/kuma-client.ts";
import { withoutUrlCredentials } from "../../secrets/url-credentials.ts";
import { monitorIdOf } from "./monitor-id.ts";
import type { Wire } from "../socket/wire.ts";

export interface Heartbeats {
  readonly newest: ReadonlyMap<number, Heartbeat>;
  /** Calls `listener` for each new heartbeat. Returns a function that stops it. */
  listen(listener: (beat: Heartbeat) => void): () => void;
}

/** Must be called before the socket is opened. */
export function watchHeartbeats(wire: Wire): Heartbeats {
  const newest = new Map<number, Heartbeat>();
  const listeners = new Set<(beat: Heartbeat) => void>();
  const take = (beat: Heartbeat | undefined): void => {
    if (beat === undefined) return;
    const known = newest.get(beat.monitorId);
    // The list at login may be older than a live heartbeat. The server's times sort as text.
    if (known === undefined || known.time <= beat.time) newest.set(beat.monitorId, beat);
    for (const listener of listeners) listener(beat);
  };
  wire.on("heartbeat", (row) => take(parseHeartbeat(row)));
  wire.on("heartbeatList", (monitorId, rows) => {
    // Oldest first; only the newest counts.
    if (Array.isArray(rows)) take(parseHeartbeat((rows as unknown[]).at(-1), monitorId));
  });
  wire.on("deleteMonitorFromList", (id) => void newest.delete(monitorIdOf(id)));
  return {
    newest,
    listen(listener) {
      // A new function for each call, so that a listener that was added twice is stopped once.
      const own = (beat: Heartbeat): void => listener(beat);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

const statuses: readonly unknown[] = [0, 1, 2, 3];

/**
 * Undefined for anything that is not a heartbeat. Live heartbeats use camelCase. On 2.x, rows of lists come from the
 * database, in snake_case and with ids as text (docs/upstream/uptime-kuma.md#shapes-of-pushes,
 * docs/upstream/uptime-kuma.md#heartbeats).
 */
function parseHeartbeat(row: unknown, listId?: unknown): Heartbeat | undefined {
  if (!isJsonObject(row)) return undefined;
  const { status, msg, time, ping } = row;
  const monitorId = monitorIdOf(row["monitorID"] ?? row["monitor_id"] ?? listId);
  if (!Number.isInteger(monitorId) || !statuses.includes(status) || typeof time !== "string") return undefined;
  return {
    monitorId,
    status: status as Heartbeat["status"],
    // Errors of a browser contain the address that it could not open.
    message: typeof msg === "string" ? withoutUrlCredentials(msg) : "",
    time,
    ping: typeof ping === "number" ? ping : undefined,
  };
}
