/**
 * Statistics of each monitor's past, computed by the server: pushed at login for every monitor, and again after each check.
 */
import { isJsonObject } from "../../model/json.ts";
import type { MonitorStats } from "../../model/kuma-client.ts";
import { monitorIdOf } from "./monitor-id.ts";
import type { Wire } from "../socket/wire.ts";

/**
 * The maximum length of a heartbeat list. If a list is this long, earlier heartbeats are unknown
 * (docs/upstream/uptime-kuma.md#shapes-of-pushes).
 */
const longestList = 100;

/** By monitor id. Must be called before the socket is opened. */
export function watchStats(wire: Wire): ReadonlyMap<number, MonitorStats> {
  const stats = new Map<number, MonitorStats>();
  const states = new Map<number, unknown>();
  const take = (id: unknown, news: Partial<MonitorStats>): void => {
    // A number live, text at login.
    const monitorId = monitorIdOf(id);
    if (Number.isInteger(monitorId)) stats.set(monitorId, { ...stats.get(monitorId), ...news });
  };
  wire.on("avgPing", (id, ping) => take(id, { averagePing: typeof ping === "number" ? ping : undefined }));
  wire.on("uptime", (id, hours, ratio) => {
    if (typeof ratio !== "number") return;
    if (hours === 24) take(id, { uptime24h: ratio });
    // A year, which only 2.x sends, is "1y".
    if (hours === 720) take(id, { uptime30d: ratio });
  });
  wire.on("heartbeatList", (id, rows) => {
    const run = Array.isArray(rows) ? lastRun(rows) : undefined;
    if (run === undefined) return;
    states.set(monitorIdOf(id), run.state);
    take(id, { since: run.since });
  });
  wire.on("heartbeat", (row) => {
    if (!isJsonObject(row) || typeof row["time"] !== "string") return;
    const { monitorID, status, time } = row;
    if (states.get(monitorIdOf(monitorID)) === status) return;
    states.set(monitorIdOf(monitorID), status);
    take(monitorID, { since: { time, isOlder: false } });
  });
  wire.on("deleteMonitorFromList", (id) => {
    states.delete(monitorIdOf(id));
    stats.delete(monitorIdOf(id));
  });
  return stats;
}

interface Run {
  readonly state: unknown;
  readonly since: NonNullable<MonitorStats["since"]>;
}

/** The heartbeats of the current state at the end of a list, oldest first. */
function lastRun(rows: readonly unknown[]): Run | undefined {
  const beats = rows.filter(isJsonObject);
  const state = beats.at(-1)?.["status"];
  const before = beats.findLastIndex(({ status }) => status !== state);
  const time = beats[before + 1]?.["time"];
  if (typeof time !== "string") return undefined;
  return { state, since: { time, isOlder: before === -1 && beats.length >= longestList } };
}
