/** Records how a write by kuma-sync changes the pushed lists. */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { ListName, WriteEvent } from "../../model/kuma-client.ts";
import { monitorIdOf } from "./monitor-id.ts";
import type { Pushes } from "../socket/pushes.ts";
import type { BeforeWrite } from "./monitor-list.ts";

export interface Written {
  readonly event: WriteEvent;
  readonly args: readonly Json[];
  /** The answer to an accepted write. */
  readonly answer: JsonObject;
}

type MonitorOf = (written: Written) => unknown;
const first: MonitorOf = ({ args: [id] }) => id;
const second: MonitorOf = ({ args: [, id] }) => id;
const answered: MonitorOf = ({ answer }) => answer["monitorID"];

/** Where the arguments of an event have the id of the changed monitor. */
const monitorOf: Partial<Record<WriteEvent, MonitorOf>> = {
  add: answered,
  editMonitor: answered,
  deleteMonitor: first,
  pauseMonitor: first,
  resumeMonitor: first,
  addMonitorTag: second,
  editMonitorTag: second,
  deleteMonitorTag: second,
};

/** The list that the server pushes before it answers (docs/upstream/uptime-kuma.md#keeping-the-monitor-list-current). */
const listOf: Partial<Record<WriteEvent, ListName>> = {
  addNotification: "notificationList",
  deleteNotification: "notificationList",
  addProxy: "proxyList",
  deleteProxy: "proxyList",
};

/**
 * What creates monitors: the server pushes the whole row before it answers, in every release from 2.1 to 2.5.3. Hundreds of
 * these may follow each other, so their rows are not read again without need.
 */
const pushedFirst: Partial<Record<WriteEvent, true>> = { add: true, addMonitorTag: true };

/** To be called as the write is sent. */
export function beforeWrite({ monitors }: Pushes, { event, args }: Omit<Written, "answer">): BeforeWrite {
  const isNew = event === "add";
  return monitors.beforeWrite(isNew ? undefined : monitorIdOf(monitorOf[event]?.({ event, args, answer: {} })));
}

/** A write that the server accepted. */
export function noteWrite(pushes: Pushes, written: Written, before: BeforeWrite): void {
  const monitor = monitorOf[written.event];
  if (monitor !== undefined) {
    const id = monitorIdOf(monitor(written));
    if (pushedFirst[written.event] === true) pushes.monitors.afterPushedWrite(id, before);
    else pushes.monitors.name(id);
  }
  const list = listOf[written.event];
  if (list !== undefined && !isAppliedToAll(written)) pushes.expect(list);
}

/** `applyExisting` also changes every monitor, which the pushed list does not show. */
function isAppliedToAll({ args: [object] }: Written): boolean {
  return isJsonObject(object) && object["applyExisting"] === true;
}

/** A write that was refused or not answered may be done in part, and the server pushes only successful writes. */
export function noteFailedWrite({ monitors }: Pushes, event: WriteEvent): void {
  if (monitorOf[event] !== undefined || listOf[event] !== undefined) monitors.distrust();
}
