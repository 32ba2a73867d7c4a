/** The history that deleting a monitor would erase, if the server can report it cheaply. */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { KumaId } from "../../model/entity.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { History } from "../../model/plan.ts";
import { withTimeLimit } from "../socket/time-limit.ts";

/** More would not be read, and each monitor costs one request. */
const maxMonitors = 20;
const limitMs = 5000;
/** Seconds; the last day that a calendar has. */
const latestTime = 8_640_000_000_000;
/** The server keeps a year of days. */
const yearInHours = 24 * 366;

/**
 * By monitor id; monitors without a known history are missing. From 2.0 on, the daily statistics show the number of
 * checks and the first day, up to a year back. 1.23 only has the heartbeats themselves, which are a quarter of a
 * million rows for half a year, so it is not asked.
 */
export async function readHistory(
  reader: KumaReader,
  monitorIds: readonly KumaId[],
  { most = maxMonitors }: { readonly most?: number } = {},
): Promise<ReadonlyMap<KumaId, History>> {
  const found = new Map<KumaId, History>();
  if (!reader.server.capabilities.hasDeltas) return found;
  const timeUp = new Error("time is up");
  const asked = Promise.allSettled(
    monitorIds.slice(0, most).map(async (id) => {
      const { data } = await reader.read("getMonitorChartData", id, yearInHours);
      found.set(id, summarise(data ?? null));
    }),
  );
  try {
    // The plan does not depend on the history, so anything that arrives too late is left out.
    const results = await withTimeLimit(asked, { ms: limitMs, onLimit: () => timeUp });
    const lost = results.find((result) => result.status === "rejected" && isConnectionLost(result.reason));
    if (lost?.status === "rejected") throw lost.reason;
  } catch (error) {
    if (error !== timeUp) throw error;
  }
  return new Map(found);
}

function isConnectionLost(error: unknown): boolean {
  return !(error instanceof KumaError) || error.code === "disconnected";
}

/** Days without a check are left out, because the server adds an empty one at the start. */
function summarise(data: Json): History {
  const days = (Array.isArray(data) ? data : []).flatMap((day: Json) => {
    const { up, down, timestamp } = isJsonObject(day) ? day : {};
    if (typeof up !== "number" || typeof down !== "number" || typeof timestamp !== "number") return [];
    return up + down > 0 && timestamp < latestTime ? [{ checks: up + down, timestamp }] : [];
  });
  if (days.length === 0) return { heartbeats: 0 };
  const first = Math.min(...days.map(({ timestamp }) => timestamp));
  return {
    since: new Date(first * 1000).toISOString().slice(0, 10),
    heartbeats: days.reduce((sum, { checks }) => sum + checks, 0),
  };
}
