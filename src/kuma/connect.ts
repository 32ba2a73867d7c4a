/** The adapter behind the `KumaReader` and `KumaClient` ports: one socket, one login. */
import { KumaError } from "../model/errors.ts";
import { isJsonObject } from "../model/json.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { KumaClient, KumaReader, ListName } from "../model/kuma-client.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { SocketEvent } from "./events.ts";
import { serverMessage } from "./server-message.ts";
import { listsStalled, openSession } from "./session.ts";
import type { Session } from "./session.ts";
import { withTimeLimit } from "./time-limit.ts";

/** Throws KumaError, or UsageError for an address that is none. The client is closed by its owner. */
export async function connect(options: ConnectOptions): Promise<KumaClient> {
  const session = await openSession(options, "write");
  return { ...readerOf(session), write: (event, ...args) => call(session, event, args) };
}

/** Like `connect`; the object has no way to write, and its socket refuses every event that does. */
export async function connectReadOnly(options: ConnectOptions): Promise<KumaReader> {
  return readerOf(await openSession(options, "read"));
}

function readerOf(session: Session): KumaReader {
  const { server, wire, heartbeats, stats } = session;
  return {
    server,
    list: (name) => list(session, name),
    refreshMonitors: () => refreshMonitors(session),
    readPublic: (path) => session.readPublic(path),
    readPicture: (path) => session.readPicture(path),
    read: (event, ...args) => call(session, event, args),
    heartbeats: heartbeats.newest,
    stats,
    onHeartbeat: (listener) => heartbeats.listen(listener),
    close: async () => wire.close(),
  };
}

async function call(session: Session, event: SocketEvent, args: readonly Json[]): Promise<JsonObject> {
  return accepted(event, await session.wire.call(event, args, { ms: session.timeouts.call }));
}

function accepted(event: SocketEvent, answer: unknown): JsonObject {
  if (isJsonObject(answer) && answer["ok"] === true) return answer;
  throw new KumaError("rejected", `${event}: ${serverMessage(isJsonObject(answer) ? answer["msg"] : undefined)}`);
}

async function list({ server, wire, pushes, timeouts, listsDeadline }: Session, name: ListName): Promise<Json> {
  if (wire.end !== undefined) throw wire.end;
  const present = pushes.get(name);
  if (present !== undefined) return present;
  const missing = new KumaError("incomplete", `the server sent no ${name}`, {
    hint: "one of its lists failed: look at the server's log, and restart it",
  });
  // The server swallows a failure in one list and answers the login all the same; only on 2.x is that answer the last.
  const failed = server.capabilities.hasDeltas
    ? pushes.complete.then(() => (pushes.get(name) === undefined ? Promise.reject(missing) : undefined))
    : new Promise<never>(() => {});
  await withTimeLimit(wire.whileOpen(Promise.race([pushes.arrival(name), failed])), {
    ms: Math.max(1, listsDeadline - performance.now()),
    onLimit: () => (name === "monitorList" ? incomplete(listsStalled(server.url, timeouts.lists)) : missing),
  });
  return pushes.get(name) ?? null;
}

function incomplete(stalled: KumaError): KumaError {
  return new KumaError("incomplete", stalled.message, stalled.hint === undefined ? {} : { hint: stalled.hint });
}

/**
 * The list is a push of its own right before the answer. Lists that were made earlier, for other clients or after our
 * own writes, may come before and after it (docs/upstream/uptime-kuma.md#asking-for-lists): only the last one before
 * the answer is that of the question.
 */
async function refreshMonitors({ wire, pushes, timeouts }: Session): Promise<JsonObject> {
  const before = pushes.monitorListCount();
  let monitors: Json | undefined;
  const onAnswer = (): void => {
    if (pushes.monitorListCount() > before) monitors = pushes.get("monitorList");
  };
  accepted("getMonitorList", await wire.call("getMonitorList", [], { ms: timeouts.lists, onAnswer }));
  if (!isJsonObject(monitors)) {
    throw new KumaError("incomplete", "the server answered getMonitorList, but sent no list", {
      hint: "look at the server's log, and restart it",
    });
  }
  return monitors;
}
