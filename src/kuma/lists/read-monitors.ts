/** Reads the current monitors: all of them, or only those that may have changed. */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { isAtLeast, type Release } from "../../model/release.ts";
import { isCookieLine } from "../capabilities.ts";
import { accepted } from "../socket/accepted.ts";
import { monitorsInDoubt } from "./monitors-in-doubt.ts";
import type { Session } from "../session.ts";

type ReadSession = Pick<Session, "server" | "wire" | "pushes" | "timeouts">;

/** As `KumaReader.refreshMonitors`. */
export function refreshMonitors(session: ReadSession): Promise<JsonObject> {
  return session.pushes.monitors.inTurn("all", () => readAll(session));
}

/** As `KumaReader.currentMonitors`. */
export function currentMonitors(session: ReadSession): Promise<JsonObject> {
  return session.pushes.monitors.inTurn("changed", () => readChanged(session));
}

/**
 * The list is a push right before the answer. Lists for other clients, or after our own writes, may arrive before and
 * after it (docs/upstream/uptime-kuma.md#asking-for-lists), so only the last one before the answer belongs to the
 * request.
 */
async function readAll({ wire, pushes, timeouts }: ReadSession): Promise<JsonObject> {
  const before = pushes.count("monitorList");
  let monitors: Json | undefined;
  const onAnswer = (): void => {
    if (pushes.count("monitorList") > before) monitors = pushes.get("monitorList");
  };
  pushes.monitors.startReadingAll();
  for (const name of linkingLists) pushes.takeUnexpected(name);
  try {
    accepted("getMonitorList", await wire.call("getMonitorList", [], { ms: timeouts.lists, onAnswer }));
    if (isJsonObject(monitors)) return monitors;
  } catch (error) {
    pushes.monitors.distrust();
    throw error;
  }
  pushes.monitors.distrust();
  throw new KumaError("incomplete", "the server answered getMonitorList, but sent no list", {
    hint: "look at the server's log, and restart it",
  });
}

/** With `applyExisting`, a notification or proxy is linked to every monitor, and only its own list is pushed. */
const linkingLists = ["notificationList", "proxyList"] as const;

/**
 * From this release on, every change of a monitor is pushed, including tags
 * (docs/upstream/uptime-kuma.md#keeping-the-monitor-list-current).
 */
const pushesEveryChange: Release = [2, 1, 0];

/** How often monitors that change during the reading are read again. A list would not have the last change either. */
const maxRounds = 3;

async function readChanged(session: ReadSession): Promise<JsonObject> {
  const { server, wire, pushes, timeouts } = session;
  const { monitors } = pushes;
  if (!isAtLeast(server.capabilities.release, pushesEveryChange)) return readAll(session);
  for (const name of linkingLists) if (pushes.takeUnexpected(name)) monitors.distrust();
  const { tags } = accepted("getTags", await wire.call("getTags", [], { ms: timeouts.call }));
  for (const id of monitorsInDoubt(monitors.rows() ?? {}, { tags, list: (name) => pushes.get(name) }))
    monitors.name(id);

  for (let round = 0; round < maxRounds && monitors.doubtful.length > 0; round += 1) {
    const { isTrusted, doubtful } = monitors;
    // Reading a single monitor costs the server about as much as its part of the list.
    const isMost = doubtful.length * 2 > monitors.size;
    if (!isTrusted || isMost || !(await readEach(session, doubtful))) return readAll(session);
  }
  return monitors.isTrusted ? (monitors.rows() ?? {}) : readAll(session);
}

/** False if a monitor that should exist could not be read. Throws KumaError if the server does not answer. */
async function readEach({ server, wire, pushes, timeouts }: ReadSession, ids: readonly number[]): Promise<boolean> {
  const { monitors } = pushes;
  // 3.x refuses a monitor that belongs to nobody in the same words as one that is gone, and has said that it was deleted.
  const isGone = (id: number): boolean => !monitors.has(id) && !isCookieLine(server.version);
  const read = await Promise.all(
    ids.map(async (id): Promise<boolean> => {
      monitors.startReading(id);
      const answer = await wire.call("getMonitor", [id], { ms: timeouts.call }).catch((error: unknown) => {
        monitors.name(id);
        throw error;
      });
      const row = isJsonObject(answer) && answer["ok"] === true ? answer["monitor"] : undefined;
      // The server refuses to read a deleted monitor with a message that other failures have too.
      if (!isJsonObject(row)) return isGone(id);
      monitors.finishReading(id, row);
      return true;
    }),
  );
  return read.every(Boolean);
}
