/** Implements `KumaReader` and `KumaClient` with one socket and one login. */
import { KumaError } from "../model/errors.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { KumaClient, KumaReader, ListName, WriteEvent } from "../model/kuma-client.ts";
import { isCookieLine } from "./capabilities.ts";
import { ownerlessError } from "./lists/ownerless.ts";
import { accepted } from "./socket/accepted.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { SocketEvent } from "./socket/events.ts";
import { beforeWrite, noteFailedWrite, noteWrite } from "./lists/note-write.ts";
import { currentMonitors, refreshMonitors } from "./lists/read-monitors.ts";
import { listsStalled, openSession } from "./session.ts";
import type { Session } from "./session.ts";
import { withTimeLimit } from "./socket/time-limit.ts";

/** Throws KumaError, or UsageError if the text is not an address. The caller closes the client. */
export async function connect(options: ConnectOptions): Promise<KumaClient> {
  const session = await openSession(options, "write");
  return { ...readerOf(session), write: (event, ...args) => write(session, event, args) };
}

/** Like `connect`, but the object cannot write, and its socket refuses every event that writes. */
export async function connectReadOnly(options: ConnectOptions): Promise<KumaReader> {
  return readerOf(await openSession(options, "read"));
}

function readerOf(session: Session): KumaReader {
  const { server, heartbeats, stats } = session;
  return {
    server,
    list: (name) => list(session, name),
    refreshMonitors: () => refreshMonitors(session),
    currentMonitors: () => currentMonitors(session),
    readPublic: (path) => session.readPublic(path),
    readPicture: (path) => session.readPicture(path),
    clock: () => session.clock(),
    read: (event, ...args) => call(session, event, args),
    heartbeats: heartbeats.newest,
    stats,
    onHeartbeat: (listener) => heartbeats.listen(listener),
    close: () => session.close(),
  };
}

async function call(session: Session, event: SocketEvent, args: readonly Json[]): Promise<JsonObject> {
  const { server, wire, pushes, timeouts } = session;
  const answer = await wire.call(event, args, { ms: timeouts.call });
  const ownerless = isCookieLine(server.version) ? ownerlessError(pushes, { event, args }, answer) : undefined;
  if (ownerless !== undefined) throw ownerless;
  return accepted(event, answer);
}

async function write(session: Session, event: WriteEvent, args: readonly Json[]): Promise<JsonObject> {
  const { server, pushes } = session;
  try {
    // The server acknowledges this for a monitor that belongs to nobody, stops its checks, and keeps it.
    if (event === "deleteMonitor" && isCookieLine(server.version)) await refuseOwnerless(session, args);
    const before = beforeWrite(pushes, { event, args });
    const answer = await call(session, event, args);
    noteWrite(pushes, { event, args, answer }, before);
    return answer;
  } catch (error) {
    noteFailedWrite(pushes, event);
    throw error;
  }
}

/** Throws if the server would not let this user change the monitor. */
async function refuseOwnerless({ wire, pushes, timeouts }: Session, args: readonly Json[]): Promise<void> {
  const answer = await wire.call("getMonitor", args, { ms: timeouts.call });
  const error = ownerlessError(pushes, { event: "deleteMonitor", args }, answer);
  if (error !== undefined) throw error;
}

async function list({ server, wire, pushes, timeouts, listsDeadline }: Session, name: ListName): Promise<Json> {
  if (wire.end !== undefined) throw wire.end;
  const present = pushes.get(name);
  if (present !== undefined) return present;
  const missing = new KumaError("incomplete", `the server sent no ${name}`, {
    hint: "one of its lists failed: look at the server's log, and restart it",
  });
  // The server ignores a failure in one list and still answers the login. Only on 2.x is that answer the last message.
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
