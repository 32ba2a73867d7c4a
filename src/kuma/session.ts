/** Connects, logs in and reads the version, for readers and writers. */
import { writtenDuration } from "../model/duration.ts";
import { KumaError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import type { MonitorStats, ServerInfo } from "../model/kuma-client.ts";
import { capabilitiesOf, isCookieLine } from "./capabilities.ts";
import { defaultTimeouts, usualVariables } from "./connect-options.ts";
import type { ConnectOptions, Timeouts } from "./connect-options.ts";
import { allowedEvents } from "./socket/events.ts";
import { exposureOf } from "./login/exposed-login.ts";
import { watchHeartbeats } from "./lists/heartbeats.ts";
import type { Heartbeats } from "./lists/heartbeats.ts";
import { watchStats } from "./lists/monitor-stats.ts";
import { readClock, readPublicJson, readPublicPicture } from "./read-public.ts";
import { logIn } from "./login/log-in.ts";
import { detectLine } from "./login/login-line.ts";
import { nothingToEnd, type Login } from "./login/login-port.ts";
import { apiKeyError } from "./login/login-reply.ts";
import { watchPushes } from "./socket/pushes.ts";
import type { Pushes } from "./socket/pushes.ts";
import { reachServer } from "./socket/reach-server.ts";
import { parseServerAddress } from "./server-address.ts";
import { withTimeLimit } from "./socket/time-limit.ts";
import { Wire } from "./socket/wire.ts";

export interface Session {
  readonly server: ServerInfo;
  readonly wire: Wire;
  readonly pushes: Pushes;
  readonly heartbeats: Heartbeats;
  readonly stats: ReadonlyMap<number, MonitorStats>;
  readonly timeouts: Timeouts;
  /** When the lists must be there, on the clock of `performance.now()`. */
  readonly listsDeadline: number;
  /** A public page of the server that answers with JSON; undefined for 404. Throws KumaError. */
  readPublic(path: string): Promise<Json | undefined>;
  /** A public picture as a data URL; undefined for 404. Throws KumaError. */
  readPicture(path: string): Promise<string | undefined>;
  /** The server's clock, in milliseconds since 1970. Throws KumaError. */
  clock(): Promise<number>;
  /** Ends the socket, and the login where the server remembers it. Never rejects. */
  close(): Promise<void>;
}

/** Throws KumaError; nothing is left open then. */
export async function openSession(options: ConnectOptions, purpose: "read" | "write"): Promise<Session> {
  const { credentials, variables = usualVariables, tls, onPhase, signal, now = Date.now } = options;
  const timeouts: Timeouts = { ...defaultTimeouts, ...options.timeouts };
  const wrongKind = apiKeyError(credentials);
  if (wrongKind !== undefined) throw wrongKind;
  const address = parseServerAddress(options.url);
  const wire = new Wire(allowedEvents[purpose]);
  const pushes = watchPushes(wire);
  const heartbeats = watchHeartbeats(wire);
  const stats = watchStats(wire);
  let login: Login = nothingToEnd;
  const close = async (): Promise<void> => {
    wire.close();
    await login.end();
  };
  const detection = detectLine({ address, tls, ms: timeouts.connect });
  try {
    onPhase?.("connect");
    const { looksLike3 } = detection;
    const readiness = await reachServer(wire, { address, tls, ms: timeouts.connect, looksLike3, signal });
    onPhase?.("login");
    const exposure = credentials.type === "none" ? undefined : exposureOf(address, tls);
    if (exposure !== undefined) options.onWarning?.(exposure);
    const given = { credentials, variables, address, tls, ms: timeouts, now, signal };
    const { onNotice, onSecret } = options;
    login = await logIn({ wire, pushes, readiness, ...given, onNotice, onSecret }, detection);
    onPhase?.("lists");
    const listsDeadline = performance.now() + timeouts.lists;
    const version = await withTimeLimit(wire.whileOpen(pushes.version), {
      ms: timeouts.lists,
      signal,
      onLimit: () => listsStalled(address.url, timeouts.lists),
    });
    const monitorTypes = isCookieLine(version) ? await typesOf(pushes, wire) : undefined;
    const server: ServerInfo = { url: address.url, version, ...capabilitiesOf(version, monitorTypes) };
    const publicOptions = { tls, timeoutMs: timeouts.call, signal };
    return {
      server,
      wire,
      pushes,
      heartbeats,
      stats,
      timeouts,
      listsDeadline,
      readPublic: (path) => readPublicJson(address, path, publicOptions),
      readPicture: (path) => readPublicPicture(address, path, publicOptions),
      clock: () => readClock(address, publicOptions),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  } finally {
    detection.stop();
  }
}

/** Undefined if the server sent all its lists without this one. */
function typesOf({ monitorTypes, complete }: Pushes, wire: Wire): Promise<ReadonlySet<string> | undefined> {
  return wire.whileOpen(Promise.race([monitorTypes, complete.then(() => undefined)]));
}

/**
 * If the monitors form a circle, the server accepts the login and never sends a list
 * (docs/upstream/uptime-kuma.md#groups).
 */
export function listsStalled(url: string, ms: number): KumaError {
  return new KumaError(
    "stalled",
    `logged in at ${url}, but its lists did not come within ${writtenDuration(ms / 1000)}`,
    {
      hint: "a busy server with many monitors: --timeout waits longer; if its pages stay empty too, a group is its own ancestor: put that monitor at the top level in the database and restart",
    },
  );
}
