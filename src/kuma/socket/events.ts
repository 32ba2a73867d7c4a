/** The events that may be sent, and the number of their arguments before the ack. */
import { readEvents, writeEvents } from "../../model/kuma-client.ts";
import type { ReadEvent, WriteEvent } from "../../model/kuma-client.ts";

/** `twoFAStatus` only shows whether a server has these events: 3.x has none of them. */
const loginEvents = ["login", "loginByToken", "twoFAStatus"] as const;
const bootstrapEvents = ["needSetup", "setup"] as const;

export type SocketEvent = (typeof loginEvents)[number] | (typeof bootstrapEvents)[number] | ReadEvent | WriteEvent;

/** The events that each purpose of a connection may send. `plan` has a socket that cannot write. */
export const allowedEvents = {
  read: new Set<SocketEvent>([...loginEvents, ...readEvents]),
  write: new Set<SocketEvent>([...loginEvents, ...readEvents, ...writeEvents]),
  bootstrap: new Set<SocketEvent>([...loginEvents, ...bootstrapEvents, "getTags"]),
} as const satisfies Record<string, ReadonlySet<SocketEvent>>;

/**
 * The server takes its ack from a fixed position: one argument too few and the ack lands in a data parameter, one too
 * many and it is never found; the write happens and no answer comes
 * (docs/upstream/uptime-kuma.md#calls-without-an-ack). `deleteMonitor` has a second argument from 2.1 on, which up to
 * 2.0 shifts the ack; we never send it.
 */
export const argumentCounts: Readonly<Record<SocketEvent, number>> = {
  needSetup: 0,
  setup: 2,
  login: 1,
  loginByToken: 1,
  twoFAStatus: 0,
  getMonitor: 1,
  getMonitorList: 0,
  getTags: 0,
  getSettings: 0,
  getStatusPage: 1,
  getMaintenance: 1,
  getMaintenanceList: 0,
  getMonitorMaintenance: 1,
  getMaintenanceStatusPage: 1,
  getMonitorBeats: 2,
  getMonitorChartData: 2,
  add: 1,
  editMonitor: 1,
  deleteMonitor: 1,
  pauseMonitor: 1,
  resumeMonitor: 1,
  addTag: 1,
  editTag: 1,
  deleteTag: 1,
  addMonitorTag: 3,
  deleteMonitorTag: 3,
  editMonitorTag: 3,
  addNotification: 2,
  deleteNotification: 1,
  testNotification: 1,
  addProxy: 2,
  deleteProxy: 1,
  addDockerHost: 2,
  deleteDockerHost: 1,
  addRemoteBrowser: 2,
  deleteRemoteBrowser: 1,
  addStatusPage: 2,
  saveStatusPage: 4,
  deleteStatusPage: 1,
  addMaintenance: 1,
  editMaintenance: 1,
  addMonitorMaintenance: 2,
  addMaintenanceStatusPage: 2,
  pauseMaintenance: 1,
  resumeMaintenance: 1,
  deleteMaintenance: 1,
  // Its second argument is the current password: left out, the server stores and never answers (docs/upstream/uptime-kuma.md#settings).
  setSettings: 2,
};
