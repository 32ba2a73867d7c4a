/** The monitors as the server has them now: all of them anew, or only those in doubt. */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { isAtLeast, type Release } from "../../model/release.ts";
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
 * The list is a push of its own right before the answer. Lists that were made earlier, for other clients or after our
 * own writes, may come before and after it (docs/upstream/uptime-kuma.md#asking-for-lists): only the last one before
 * the answer is that of the question.
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

/** `applyExisting` links a notification or a proxy to every monitor, and pushes only the list of these. */
const linkingLists = ["notificationList", "proxyList"] as const;

/**
 * Since then every change of a monitor is pushed, tags included
 * (docs/upstream/uptime-kuma.md#keeping-the-monitor-list-current).
 */
const pushesEveryChange: Release = [2, 1, 0];

/** How often monitors are read that are changed while they are read. A list would not know of the last change either. */
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
    // Read by itself, a monitor costs the server about as much as in the list.
    const isMost = doubtful.length * 2 > monitors.size;
    if (!isTrusted || isMost || !(await readEach(session, doubtful))) return readAll(session);
  }
  return monitors.isTrusted ? (monitors.rows() ?? {}) : readAll(session);
}

/** False when a monitor that should be there could not be read. Throws KumaError for a server that does not answer. */
async function readEach({ wire, pushes, timeouts }: ReadSession, ids: readonly number[]): Promise<boolean> {
  const { monitors } = pushes;
  const read = await Promise.all(
    ids.map(async (id): Promise<boolean> => {
      monitors.startReading(id);
      const answer = await wire.call("getMonitor", [id], { ms: timeouts.call }).catch((error: unknown) => {
        monitors.name(id);
        throw error;
      });
      const row = isJsonObject(answer) && answer["ok"] === true ? answer["monitor"] : undefined;
      // The server refuses to read what was deleted, in words that other failures have too.
      if (!isJsonObject(row)) return !monitors.has(id);
      monitors.finishReading(id, row);
      return true;
    }),
  );
  return read.every(Boolean);
}
