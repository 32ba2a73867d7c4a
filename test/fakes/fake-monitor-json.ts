/**
 * Monitors as the fake sends them (docs/upstream/uptime-kuma.md#fields-of-a-monitor,
 * docs/upstream/uptime-kuma.md#groups).
 */
import type { Json, JsonObject } from "../../src/model/json.ts";
import { textOf } from "./fake-state.ts";
import type { FakeState, MonitorRow } from "./fake-state.ts";
import { columnsOf } from "./monitor-columns.ts";

/** Thrown where the real server would loop without end. */
export class WedgedError extends Error {}

export function childrenOf(state: FakeState, id: number): number[] {
  return [...state.monitors].filter(([, row]) => row["parent"] === id).map(([child]) => child);
}

/** All descendants. */
export function descendantsOf(state: FakeState, id: number, above: readonly number[] = []): number[] {
  if (above.includes(id)) throw new WedgedError();
  return childrenOf(state, id).flatMap((child) => [child, ...descendantsOf(state, child, [...above, id])]);
}

/** From the root down, the monitor itself last. */
function ancestry(state: FakeState, id: number): number[] {
  const path: number[] = [];
  for (let at: Json = id; typeof at === "number"; at = state.monitors.get(at)?.["parent"] ?? null) {
    if (path.includes(at)) throw new WedgedError();
    path.unshift(at);
  }
  return path;
}

export function isEffectivelyActive(state: FakeState, id: number): boolean {
  return ancestry(state, id).every((at) => Boolean(state.monitors.get(at)?.["active"]));
}

export function monitorJson(state: FakeState, id: number): JsonObject {
  const row: MonitorRow = state.monitors.get(id) ?? {};
  const { isOld, release } = state.traits;
  const path = ancestry(state, id);
  const names = path.map((at) => state.monitors.get(at)?.["name"] ?? null);
  const isForcedInactive = !path.slice(0, -1).every((at) => Boolean(state.monitors.get(at)?.["active"]));
  const fields = columnsOf(release)
    .filter((column) => column.isShown)
    .map(({ key, column, type }) => [key, shown(row[column] ?? null, type)] as const);
  const hasSftp = fields.some(([key]) => key === "sshAuthMethod");
  return {
    id,
    ...Object.fromEntries(fields),
    // NULL and "" are shown as the default, for every type (docs/upstream/uptime-kuma.md#sftp).
    ...(hasSftp ? { sshAuthMethod: textOf(row["ssh_auth_method"] ?? "") || "password" } : {}),
    // 1.23 multiplies flags where an ancestor is paused, and sends the number (§3.6).
    active: isOld && isForcedInactive ? 0 : isEffectivelyActive(state, id),
    forceInactive: isForcedInactive,
    accepted_statuscodes: JSON.parse(textOf(row["accepted_statuscodes_json"])) as Json,
    ...(isOld ? {} : { path: names }),
    pathName: names.map((name) => textOf(name)).join(" / "),
    childrenIDs: descendantsOf(state, id),
    notificationIDList: Object.fromEntries(
      state.links.filter((link) => link.monitorId === id).map((link) => [String(link.notificationId), true]),
    ),
    tags: state.monitorTags
      .filter((link) => link.monitorId === id)
      .map((link) => ({
        ...(isOld ? { id: link.id } : {}),
        tag_id: link.tagId,
        monitor_id: link.monitorId,
        value: link.value,
        name: state.tags.get(link.tagId)?.name ?? "",
        color: state.tags.get(link.tagId)?.color ?? "",
      })),
    maintenance: false,
    screenshot: null,
    includeSensitiveData: true,
  };
}

/** `getMonitor` of 2.x leaves the monitor's own name out of its path (§2.3). */
export function getMonitorJson(state: FakeState, id: number): JsonObject {
  const json = monitorJson(state, id);
  if (state.traits.isOld) return json;
  const path = json["path"] as readonly (string | null)[];
  const above = path.slice(0, -1);
  return { ...json, path: [...above, null], pathName: above.map((name) => `${name} / `).join("") };
}

export function monitorListJson(state: FakeState): JsonObject {
  return Object.fromEntries([...state.monitors.keys()].map((id) => [String(id), monitorJson(state, id)]));
}

function shown(value: Json, type: "text" | "number" | "boolean" | "json"): Json {
  if (type === "boolean") return Boolean(value);
  if (type === "json" && typeof value === "string") return JSON.parse(value) as Json;
  return value;
}
