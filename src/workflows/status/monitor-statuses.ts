/** The state of a project's monitors, from the lists and heartbeats that the server has pushed. */
import type { Row } from "../../kinds/kind.ts";
import { entityKey } from "../../model/entity.ts";
import type { KumaReader, MonitorStats } from "../../model/kuma-client.ts";
import { monitorStates, type MonitorStatus } from "../../model/monitor-status.ts";
import { managedMonitors } from "./managed-monitors.ts";

/** Worst state first. Throws KumaError if the connection is lost. */
export async function monitorStatuses(reader: KumaReader, project: string): Promise<readonly MonitorStatus[]> {
  const rows = await managedMonitors(reader, project);
  return rows
    .map((row) => statusOf(row, reader))
    .toSorted((left, right) => monitorStates.indexOf(left.state) - monitorStates.indexOf(right.state));
}

/**
 * Milliseconds that the server may take to push heartbeats and figures after its lists. A new monitor may have none.
 */
const pushLimitMs = 5000;

/**
 * Resolves when the heartbeat and the figures of every monitor have arrived, or when the time is up. The server sends
 * them one by one after the lists and does not mark the last one (docs/upstream/uptime-kuma.md#asking-for-lists).
 */
export async function waitForStatuses(reader: KumaReader, project: string): Promise<void> {
  const rows = await managedMonitors(reader, project);
  const isComplete = (): boolean =>
    rows.every(
      (row) => reader.stats.get(row.id)?.uptime30d !== undefined && (isPaused(row) || reader.heartbeats.has(row.id)),
    );
  const deadline = performance.now() + pushLimitMs;
  while (!isComplete() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

const stateNames = ["down", "up", "pending", "maintenance"] as const;

function statusOf(row: Row, { heartbeats, stats }: KumaReader): MonitorStatus {
  const { id, name, owner } = row;
  const { uptime24h, uptime30d, averagePing, since } = stats.get(id) ?? {};
  const base = {
    key: entityKey("monitor", owner?.key ?? ""),
    id,
    name,
    ...(uptime24h === undefined ? {} : { uptime24h }),
    ...(uptime30d === undefined ? {} : { uptime30d }),
    ...(averagePing === undefined ? {} : { averagePing }),
  };
  if (isPaused(row)) return { ...base, state: "paused", message: "" };
  const beat = heartbeats.get(id);
  if (beat === undefined) return { ...base, state: "none", message: "" };
  return {
    ...base,
    state: stateNames[beat.status],
    message: beat.message,
    ...(beat.ping === undefined ? {} : { ping: beat.ping }),
    ...(since === undefined ? {} : { since: inIso(since) }),
  };
}

/** The server writes UTC without a zone, and a space between date and time. */
function inIso({ time, isOlder }: NonNullable<MonitorStats["since"]>): NonNullable<MonitorStatus["since"]> {
  return { time: `${time.replace(" ", "T").replace(/Z$/u, "")}Z`, isOlder };
}

/** 1.23 sends a number, 2.x a boolean. */
function isPaused({ row }: Row): boolean {
  return row["active"] === false || row["active"] === 0;
}
