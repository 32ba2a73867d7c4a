/** Connects, logs in and reads the version, for readers and writers. */
import { writtenDuration } from "../model/duration.ts";
import { KumaError } from "../model/errors.ts";
import type { Json } from "../model/json.ts";
import type { MonitorStats, ServerInfo } from "../model/kuma-client.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { defaultTimeouts, usualVariables } from "./connect-options.ts";
import type { ConnectOptions, Timeouts } from "./connect-options.ts";
import { allowedEvents } from "./socket/events.ts";
import { exposureOf } from "./login/exposed-login.ts";
import { isUptimeKuma } from "./socket/explain-no-socket.ts";
import { watchHeartbeats } from "./lists/heartbeats.ts";
import type { Heartbeats } from "./lists/heartbeats.ts";
import { watchStats } from "./lists/monitor-stats.ts";
import { httpRequest, replyJson, type HttpReply } from "./socket/http-request.ts";
import { logIn } from "./login/log-in.ts";
import { apiKeyError } from "./login/login-reply.ts";
import { connectStalled, openSocket } from "./socket/open-socket.ts";
import { watchPushes } from "./socket/pushes.ts";
import type { Pushes } from "./socket/pushes.ts";
import { watchReadiness } from "./socket/readiness.ts";
import type { Readiness } from "./socket/readiness.ts";
import { parseServerAddress } from "./server-address.ts";
import type { ServerAddress } from "./server-address.ts";
import { withTimeLimit } from "./socket/time-limit.ts";
import { Wire } from "./socket/wire.ts";

/** A status page with thousands of monitors. */
const maxPublicBody = 16_777_216;

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
}

/** Throws KumaError; nothing is left open then. */
export async function openSession(options: ConnectOptions, purpose: "read" | "write"): Promise<Session> {
  const { credentials, variables = usualVariables, tls, onPhase, onNotice, signal, now = Date.now } = options;
  const timeouts: Timeouts = { ...defaultTimeouts, ...options.timeouts };
  const wrongKind = apiKeyError(credentials);
  if (wrongKind !== undefined) throw wrongKind;
  const address = parseServerAddress(options.url);
  const wire = new Wire(allowedEvents[purpose]);
  const pushes = watchPushes(wire);
  const heartbeats = watchHeartbeats(wire);
  const stats = watchStats(wire);
  try {
    onPhase?.("connect");
    const readiness = await reachServer(wire, { address, tls, ms: timeouts.connect, signal });
    onPhase?.("login");
    const exposure = credentials.type === "none" ? undefined : exposureOf(address, tls);
    if (exposure !== undefined) options.onWarning?.(exposure);
    const isCookieServer = (): Promise<boolean> => hasCookieLogin(address, options);
    const login = { credentials, variables, url: address.url, ms: timeouts, now, isCookieServer, onNotice, signal };
    await logIn({ wire, pushes, readiness, ...login });
    onPhase?.("lists");
    const listsDeadline = performance.now() + timeouts.lists;
    const version = await withTimeLimit(wire.whileOpen(pushes.version), {
      ms: timeouts.lists,
      signal,
      onLimit: () => listsStalled(address.url, timeouts.lists),
    });
    const server: ServerInfo = { url: address.url, version, ...capabilitiesOf(version) };
    const publicOptions = { tls, timeoutMs: timeouts.call, maxBody: maxPublicBody, signal };
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
    };
  } catch (error) {
    wire.close();
    throw error;
  }
}

export interface ReachOptions {
  readonly address: ServerAddress;
  readonly tls?: ConnectOptions["tls"];
  /** Milliseconds for all of it. */
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
}

/** Opens the socket and waits until the server is ready for a login. */
export async function reachServer(wire: Wire, options: ReachOptions): Promise<Readiness> {
  const { address, ms, signal } = options;
  const start = performance.now();
  const readiness = watchReadiness(wire, ms);
  await openSocket(wire, options);
  const stalled = connectStalled(address, ms);
  try {
    const left = Math.max(1, ms - (performance.now() - start));
    return await withTimeLimit(wire.whileOpen(readiness), { ms: left, signal, onLimit: () => stalled });
  } catch (error) {
    if (error !== stalled || (await isUptimeKuma(options))) throw error;
    throw new KumaError("not-uptime-kuma", `${address.url} speaks socket.io, but not as Uptime Kuma does`, {
      hint: "check the address, its port and its path",
    });
  }
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

/** 3.x answers its login library's own address; older servers send their page there (docs/upstream/uptime-kuma.md#uptime-kuma-3, read in its source only). */
async function hasCookieLogin(address: ServerAddress, { tls, signal }: ConnectOptions): Promise<boolean> {
  try {
    const reply = await httpRequest(address, "/api/auth/ok", { tls, timeoutMs: 3000, signal });
    return reply.status === 200 && replyJson(reply) !== undefined;
  } catch {
    return false;
  }
}

async function readPublicJson(
  address: ServerAddress,
  path: string,
  options: Parameters<typeof httpRequest>[2],
): Promise<Json | undefined> {
  const reply = await askPublic(address, path, options);
  if (reply.status === 404) return undefined;
  const json = reply.status === 200 ? replyJson(reply) : undefined;
  if (json !== undefined) return json;
  throw answeredOtherwise(address, path, `status ${reply.status} and no JSON`);
}

async function readPublicPicture(
  address: ServerAddress,
  path: string,
  options: Parameters<typeof httpRequest>[2],
): Promise<string | undefined> {
  const { status, contentType, body } = await askPublic(address, path, { ...options, encoding: "base64" });
  // If the file does not exist, the server answers with its page, as for every unknown path
  // (docs/upstream/uptime-kuma.md#transport).
  if (status === 404 || contentType.startsWith("text/html")) return undefined;
  if (status === 200) return `data:${contentType.split(";")[0] ?? ""};base64,${body}`;
  throw answeredOtherwise(address, path, `status ${status}`);
}

/** Rejects with KumaError, or with the reason of the signal. */
async function askPublic(...[address, path, options]: Parameters<typeof httpRequest>): Promise<HttpReply> {
  try {
    return await httpRequest(address, path, options);
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new KumaError("incomplete", `${address.url} did not answer ${path} to the end`, {
      hint: "the socket works and plain requests do not: look at what stands in front of the server; --timeout waits longer",
      cause: error,
    });
  }
}

function answeredOtherwise({ url }: ServerAddress, path: string, what: string): KumaError {
  return new KumaError("incomplete", `${url} answered ${path} with ${what}`, {
    hint: "something in front of the server may answer in its place",
  });
}
