/**
 * The interface to an Uptime Kuma server. `KumaReader` cannot write; `plan` only gets that, so it is read-only by
 * construction.
 */
import type { Json, JsonObject } from "./json.ts";
import type { Release } from "./release.ts";

/** How a release behaves where releases differ (docs/upstream/uptime-kuma.md#differences-between-releases). */
export interface Capabilities {
  /** The release whose schema the server has: 1.23 for 2.0.0-dev.0, and `newestTested` for any newer server. */
  readonly release: Release;
  /** Whether `add` needs `conditions` (2.0 on) or fails because of it (1.23). */
  readonly hasConditions: boolean;
  /** Whether each write broadcasts only what changed (2.0 on), or the whole monitor list (1.23). */
  readonly hasDeltas: boolean;
  /** Writes that may be under way at once without loss of speed or order. */
  readonly writeWindow: number;
  /** Seconds. */
  readonly minInterval: number;
  /** Seconds, or undefined when the server sets no limit. */
  readonly maxInterval: number | undefined;
  readonly minRetryInterval: number;
}

export interface ServerInfo {
  /** Without credentials. */
  readonly url: string;
  /** As the server reports it, such as `2.5.3` or `2.0.0-dev.0`. */
  readonly version: string;
  readonly capabilities: Capabilities;
  /** False if the version is newer than all tested ones. */
  readonly isTested: boolean;
}

/** The lists that the server pushes after login. */
export const listNames = [
  "monitorList",
  "notificationList",
  "proxyList",
  "dockerHostList",
  "remoteBrowserList",
  "statusPageList",
  "maintenanceList",
] as const;
export type ListName = (typeof listNames)[number];

/** One check result. `time` is UTC as the server writes it, without a zone. */
export interface Heartbeat {
  readonly monitorId: number;
  /** 0 down, 1 up, 2 pending, 3 maintenance. */
  readonly status: 0 | 1 | 2 | 3;
  readonly message: string;
  readonly time: string;
  /** Milliseconds. */
  readonly ping: number | undefined;
}

/** Figures that the server has computed for a monitor. Each is absent until the server has sent it. */
export interface MonitorStats {
  /** 0 to 1. */
  readonly uptime24h?: number;
  readonly uptime30d?: number;
  /** The mean of 24 hours, in milliseconds; undefined for monitors that measure no time. */
  readonly averagePing?: number | undefined;
  /**
   * The first heartbeat of the current state, as in `Heartbeat.time`. `isOlder`: the state may have begun with an
   * earlier heartbeat, which the server did not send.
   */
  readonly since?: { readonly time: string; readonly isOlder: boolean };
}

/**
 * How current a read must be. `pushed`: what the server has pushed so far. `current`: the state of now, requesting only
 * what pushes do not cover. `anew`: requests everything.
 */
export type Freshness = "pushed" | "current" | "anew";

export interface KumaReader {
  readonly server: ServerInfo;
  /**
   * The newest state of a pushed list, updated by the server's pushes. Throws KumaError "incomplete" if the list never
   * arrived.
   */
  list(name: ListName): Promise<Json>;
  /** Requests the whole monitor list, and returns it when the answer to this request has arrived. By id. */
  refreshMonitors(): Promise<JsonObject>;
  /**
   * The current monitors, by id. If the server pushes every change, only monitors that were written, or that a push
   * named, are read again, one by one; otherwise this is `refreshMonitors`.
   */
  currentMonitors(): Promise<JsonObject>;
  /** A public page of the server that returns JSON, by its path (`/api/status-page/main`); undefined for 404. */
  readPublic(path: string): Promise<Json | undefined>;
  /** A public picture of the server as a data URL (`data:image/png;base64,…`); undefined for 404. */
  readPicture(path: string): Promise<string | undefined>;
  /** The server's clock, in milliseconds since 1970 and exact to a second. Throws KumaError. */
  clock(): Promise<number>;
  /** Sends a read-only event. Throws KumaError "rejected" with the server's message, without SQL and secrets. */
  read(event: ReadEvent, ...args: readonly Json[]): Promise<JsonObject>;
  /** The newest heartbeat seen of each monitor, by monitor id. */
  readonly heartbeats: ReadonlyMap<number, Heartbeat>;
  /** By monitor id. Figures arrive shortly after the heartbeat that changes them. */
  readonly stats: ReadonlyMap<number, MonitorStats>;
  /** Calls `listener` for every heartbeat from now on; returns the function that stops it. */
  onHeartbeat(listener: (beat: Heartbeat) => void): () => void;
  close(): Promise<void>;
}

export interface KumaClient extends KumaReader {
  /**
   * A write event. Resolves with the ack (`ok: true`). Throws KumaError "rejected", or "stalled" / "disconnected" when
   * it is unknown whether the server carried out the write. Never retried here.
   */
  write(event: WriteEvent, ...args: readonly Json[]): Promise<JsonObject>;
}

export const readEvents = [
  "getMonitor",
  "getMonitorList",
  "getTags",
  "getSettings",
  "getStatusPage",
  "getMaintenance",
  "getMaintenanceList",
  "getMonitorMaintenance",
  "getMaintenanceStatusPage",
  "getMonitorBeats",
  "getMonitorChartData",
] as const;
export type ReadEvent = (typeof readEvents)[number];

export const writeEvents = [
  "add",
  "editMonitor",
  "deleteMonitor",
  "pauseMonitor",
  "resumeMonitor",
  "addTag",
  "editTag",
  "deleteTag",
  "addMonitorTag",
  "deleteMonitorTag",
  "editMonitorTag",
  "addNotification",
  "deleteNotification",
  "testNotification",
  "addProxy",
  "deleteProxy",
  "addDockerHost",
  "deleteDockerHost",
  "addRemoteBrowser",
  "deleteRemoteBrowser",
  "addStatusPage",
  "saveStatusPage",
  "deleteStatusPage",
  "addMaintenance",
  "editMaintenance",
  "addMonitorMaintenance",
  "addMaintenanceStatusPage",
  "pauseMaintenance",
  "resumeMaintenance",
  "deleteMaintenance",
  "setSettings",
] as const;
export type WriteEvent = (typeof writeEvents)[number];
