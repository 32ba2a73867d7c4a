/**
 * Objects that belong to nobody. An upgrade to 3.x takes the owner of everything that was there before: the lists still show it, and
 * the server refuses to change it, each event in its own words (docs/upstream/uptime-kuma.md#upgrade-to-3x).
 */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { ListName } from "../../model/kuma-client.ts";
import type { SocketEvent } from "../socket/events.ts";
import type { Pushes } from "../socket/pushes.ts";
import { monitorIdOf } from "./monitor-id.ts";

interface Subject {
  readonly list: ListName;
  /** Where the arguments have the id of the object. */
  readonly idOf: (args: readonly Json[]) => Json | undefined;
}

const first = (list: ListName): Subject => ({ list, idOf: ([id]) => id });
const second = (list: ListName): Subject => ({ list, idOf: ([, id]) => id });

const subjects: Partial<Record<SocketEvent, Subject>> = {
  getMonitor: first("monitorList"),
  editMonitor: { list: "monitorList", idOf: ([monitor]) => idIn(monitor) },
  pauseMonitor: first("monitorList"),
  resumeMonitor: first("monitorList"),
  deleteMonitor: first("monitorList"),
  addNotification: second("notificationList"),
  deleteNotification: first("notificationList"),
  addProxy: second("proxyList"),
  deleteProxy: first("proxyList"),
  addDockerHost: second("dockerHostList"),
  deleteDockerHost: first("dockerHostList"),
  addRemoteBrowser: second("remoteBrowserList"),
  deleteRemoteBrowser: first("remoteBrowserList"),
};

const refusals =
  /^(?:Permission denied\.|You do not own this monitor\.|Cannot read properties of null \(reading 'id'\)|[a-z ]+ not found)$/iu;

/** For an answer of a 3.x server. Undefined unless it refuses an object that its own list has. */
export function ownerlessError(
  pushes: Pushes,
  { event, args }: { readonly event: SocketEvent; readonly args: readonly Json[] },
  answer: unknown,
): KumaError | undefined {
  if (!isJsonObject(answer) || answer["ok"] === true) return undefined;
  const { msg } = answer;
  const subject = subjects[event];
  if (subject === undefined || typeof msg !== "string" || !refusals.test(msg)) return undefined;
  const id = subject.idOf(args);
  if (id === undefined || id === null || !isListed(pushes.get(subject.list), monitorIdOf(id))) return undefined;
  return new KumaError("ownerless", `${event}: it has belonged to no user since the upgrade to Uptime Kuma 3.x`, {
    hint: "the server then refuses every change of it: docs/uptime-kuma-3.md says how to give such objects an owner",
  });
}

/** Lists are arrays, or objects by id. */
function isListed(list: Json | undefined, id: number): boolean {
  const rows = Array.isArray(list) ? list : Object.values(list ?? {});
  return rows.some((row: Json) => isJsonObject(row) && monitorIdOf(row["id"]) === id);
}

function idIn(value: Json | undefined): Json | undefined {
  return value !== undefined && isJsonObject(value) ? value["id"] : undefined;
}
