/** What the fake pushes after a login, and what a connection knows (docs/upstream/uptime-kuma.md#lists-after-login). */
import type { Socket } from "socket.io";
import type { Json } from "../../src/model/json.ts";
import type { FakeAuth } from "./fake-auth.ts";
import type { FakeFaults } from "./fake-faults.ts";
import { hostLists } from "./fake-hosts.ts";
import type { FakeLogin } from "./fake-login.ts";
import { isListable, maintenanceListJson } from "./fake-maintenance.ts";
import { monitorListJson } from "./fake-monitor-json.ts";
import { notificationListJson } from "./fake-notifications.ts";
import type { BeatRow, FakeState } from "./fake-state.ts";
import { statusPageListJson } from "./fake-status-pages.ts";
import { monitorTypesOf } from "./fake-version.ts";

export interface ReceivedEvent {
  readonly event: string;
  readonly args: readonly Json[];
}

export interface ConnectionContext {
  readonly state: FakeState;
  readonly login: FakeLogin;
  readonly faults: FakeFaults;
  readonly log: ReceivedEvent[];
  readonly auth: FakeAuth;
  readonly isAuthDisabled: boolean;
  readonly isSilent: boolean;
  readonly statedVersion: string;
  /** To every logged-in socket. */
  readonly push: (event: string, ...args: readonly Json[]) => void;
  /** Runs the monitor's check soon. */
  readonly check: (monitorId: number) => void;
}

/** `hasVersion`: as after the login. */
export function sendInfo(socket: Socket, { statedVersion }: ConnectionContext, hasVersion: boolean): void {
  const version = hasVersion ? { version: statedVersion, latestVersion: null } : {};
  socket.emit("info", { ...version, primaryBaseURL: null, serverTimezone: "UTC", serverTimezoneOffset: "+00:00" });
}

/** Lists go to every socket of the user, whoever has just logged in (§2.2); the rest to this one. */
export async function sendLists(socket: Socket, context: ConnectionContext): Promise<void> {
  const { state, faults, push } = context;
  const { isOld } = state.traits;
  // Never comes back: on 2.x the answer to the login waits behind it.
  if (faults.stalled === "lists") return await new Promise<never>(() => {});
  await pause(faults.delayOf("lists"));
  const send = (event: string, ...args: readonly Json[]): void => {
    if (faults.isSent(event)) socket.emit(event, ...args);
  };
  push("monitorList", monitorListJson(state));
  await turn();
  if (!isOld) send("monitorTypeList", monitorTypesOf(state.traits.release));
  // What fails is left out, and nobody is told.
  if (isListable(state)) push("maintenanceList", maintenanceListJson(state));
  if (faults.isSent("info")) sendInfo(socket, context, true);
  await turn();
  push("notificationList", notificationListJson(state));
  for (const [list, rows] of hostLists(state)) push(list, rows);
  push("apiKeyList", []);
  await turn();
  send("statusPageList", statusPageListJson(state));
  for (const id of state.monitors.keys()) {
    const beats = state.beats.get(id) ?? [];
    const rows = beats.map(({ monitorId, status, msg, time, ping }) => ({
      monitor_id: monitorId,
      status,
      msg,
      time,
      ping,
      important: 0,
      duration: 0,
    }));
    send("heartbeatList", String(id), rows, false);
    for (const stat of statsOf(beats, isOld)) send(stat.event, String(id), ...stat.args);
  }
  send("initServerTimezone");
}

/** Computed from the beats alone: none at all is an uptime of 0. A year only on 2.x. */
export function statsOf(
  beats: readonly BeatRow[],
  isOld: boolean,
): readonly { readonly event: string; readonly args: readonly Json[] }[] {
  const pings = beats.flatMap(({ ping }) => ping ?? []);
  const mean = pings.reduce((sum, ping) => sum + ping, 0) / pings.length;
  const uptime = beats.length === 0 ? 0 : beats.filter(({ status }) => status === 1).length / beats.length;
  const windows = [24, 720, ...(isOld ? [] : ["1y"])];
  return [
    { event: "avgPing", args: [pings.length === 0 ? null : Number(mean.toFixed(2))] },
    ...windows.map((window) => ({ event: "uptime", args: [window, uptime] })),
  ];
}

/** A turn of the event loop, as an awaited query of the real server takes. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Nothing for 0 ms. */
export async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
