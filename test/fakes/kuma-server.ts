/**
 * An Uptime Kuma in this process, on a real socket.io server on a free port of 127.0.0.1. It stores and answers as the
 * given release does, as far as our client uses it; the contract suite holds it against real servers.
 */
import { createServer as createHttp } from "node:http";
import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { FakeAuth } from "./fake-auth.ts";
import { serveConnection } from "./fake-connection.ts";
import { statsOf, type ReceivedEvent } from "./fake-lists.ts";
import { FakeFaults } from "./fake-faults.ts";
import { FakeLogin } from "./fake-login.ts";
import { monitorListJson } from "./fake-monitor-json.ts";
import { servePublic } from "./fake-public.ts";
import { emptyState } from "./fake-state.ts";
import type { BeatRow, FakeState, MonitorRow, MonitorTagRow, NotificationRow, TagRow } from "./fake-state.ts";
import { traitsOf } from "./fake-version.ts";
import type { FakeVersion } from "./fake-version.ts";
import { serveHttp } from "./fake-wizard.ts";
import type { ServerStage } from "./fake-wizard.ts";

export { fakeVersions, socketLoginVersions } from "./fake-version.ts";
export type { FakeVersion } from "./fake-version.ts";

export const fakeAdmin = { username: "admin", password: "admin123!" } as const;

export type FakeVerdict = Pick<BeatRow, "status" | "msg"> & { readonly ping?: number };

export interface FakeKumaOptions {
  /** Default: the newest. */
  readonly version?: FakeVersion;
  /** `ready` (default): has its administrator; `no-user`; `no-database`: asks for its database first, which 1.23 does not. */
  readonly start?: "ready" | "no-user" | "no-database";
  /** What the server says that it is, where that differs. */
  readonly statedVersion?: string;
  /** Base32; switches two-factor login on. */
  readonly totpSecret?: string;
  readonly isAuthDisabled?: boolean;
  /** 3.x, upgraded with the login switched off: it stays silent until somebody signs in. */
  readonly isSilent?: boolean;
  /** Logins until "too frequently"; the real server grants 20 a minute. Default: no limit. */
  readonly loginLimit?: number;
  /** What a check finds. Undefined: no heartbeat. Default: up. */
  readonly verdict?: (
    monitor: MonitorRow & { readonly id: number },
  ) => FakeVerdict | undefined | Promise<FakeVerdict | undefined>;
  /** Milliseconds since 1970; decides which two-factor codes are good. */
  readonly now?: () => number;
  /** Served below this path, as behind a proxy, for example `/kuma`. */
  readonly basePath?: string;
  /** `["polling"]`: as behind a proxy that passes no upgrade. */
  readonly transports?: readonly ("websocket" | "polling")[];
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface FakeKuma {
  readonly url: string;
  readonly version: FakeVersion;
  /** Rows by column name. */
  readonly monitors: ReadonlyMap<number, MonitorRow>;
  /** The whole monitor list as the server would send it now. */
  monitorList(): JsonObject;
  readonly notifications: ReadonlyMap<number, NotificationRow>;
  readonly maintenances: FakeState["maintenances"];
  readonly tags: ReadonlyMap<number, TagRow>;
  readonly hosts: FakeState["hosts"];
  readonly monitorTags: readonly MonitorTagRow[];
  readonly links: FakeState["links"];
  /** What is stored beside the tables, ledgers included; may be changed, as a hand in the database would. */
  readonly settings: FakeState["settings"];
  /** Every event received, oldest first. */
  readonly log: readonly ReceivedEvent[];
  readonly faults: FakeFaults;
  readonly login: FakeLogin;
  /** The login of 3.x. */
  readonly auth: FakeAuth;
  /** The database that was chosen over HTTP. */
  readonly chosenDatabase: Json | undefined;
  /** Headers of the newest handshake. */
  readonly handshakeHeaders: Readonly<Record<string, string | string[] | undefined>>;
  /** Sockets that are open now. */
  connections(): number;
  /** Sends a push to every logged-in socket, as other clients' doings cause it. */
  push(event: string, ...args: readonly Json[]): void;
  /** A check result of that monitor, stored and pushed. */
  beat(monitorId: number, verdict: FakeVerdict): void;
  /** A monitor made by hand: as `add`, without any client. Gives the id. */
  seedMonitor(row: MonitorRow): number;
  /** 3.x: what an upgrade does to all objects that are there. */
  disownAll(): void;
  /** Drops all sockets, keeps the data, and is back on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** How many requests the migrating server turns away before it is through. */
const migrationRequests = 2;

export async function startFakeKuma(options: FakeKumaOptions = {}): Promise<FakeKuma> {
  const { version = "2.5.3", start = "ready", now = Date.now, basePath = "", tls, statedVersion = version } = options;
  const traits = traitsOf(version);
  const state = emptyState(traits);
  const user = start === "ready" ? { ...fakeAdmin, totpSecret: options.totpSecret } : undefined;
  const login = new FakeLogin({ traits, limit: options.loginLimit ?? Number.POSITIVE_INFINITY, now }, user);
  const auth = new FakeAuth(login);
  const faults = new FakeFaults();
  const log: ReceivedEvent[] = [];
  let stage: ServerStage = start === "no-database" && traits.hasDatabaseStep ? "database-step" : "ready";
  let turnedAway = 0;
  let chosenDatabase: Json | undefined;
  let handshakeHeaders: FakeKuma["handshakeHeaders"] = {};
  let time = now();
  let http: HttpServer;
  let io: Server | undefined;

  const push = (event: string, ...args: readonly Json[]): void => {
    if (!faults.isSent(event)) return;
    for (const socket of io?.sockets.sockets.values() ?? []) {
      if (socket.data["isLoggedIn"] === true) socket.emit(event, ...args);
    }
  };
  const beat = (monitorId: number, { status, msg, ping }: FakeVerdict): void => {
    // Always later than the last, and in the server's own form.
    time = Math.max(time + 1, now());
    const text = new Date(time).toISOString().replace("T", " ").replace("Z", "");
    const row = { monitorId, status, msg, time: text, ping: ping ?? null };
    state.beats.set(monitorId, [...(state.beats.get(monitorId) ?? []), row].slice(-100));
    push("heartbeat", {
      monitorID: monitorId,
      status,
      msg,
      time: text,
      ...(ping === undefined ? {} : { ping }),
      important: true,
      ...(traits.isOld ? { duration: 0 } : { retries: 0 }),
    });
    for (const stat of statsOf(state.beats.get(monitorId) ?? [], traits.isOld)) {
      push(stat.event, monitorId, ...stat.args);
    }
  };
  const check = (monitorId: number): void => {
    setImmediate(async () => {
      const row = state.monitors.get(monitorId);
      if (row === undefined || !row["active"]) return;
      const find = options.verdict ?? ((): FakeVerdict => ({ status: 1, msg: "200 - OK", ping: 5 }));
      const verdict = await find({ ...row, id: monitorId });
      if (verdict !== undefined) beat(monitorId, verdict);
    });
  };

  const serveSockets = (): void => {
    io = new Server(http, {
      path: `${basePath}/socket.io/`,
      serveClient: false,
      ...(options.transports === undefined ? {} : { transports: [...options.transports] }),
    });
    io.on("connection", (socket) => {
      handshakeHeaders = socket.handshake.headers;
      const isAuthDisabled = options.isAuthDisabled === true;
      const isSilent = options.isSilent === true && login.sessions.size === 0;
      const logins = { login, auth, isAuthDisabled, isSilent };
      serveConnection(socket, { state, ...logins, faults, log, statedVersion, push, check }).catch(() => {});
    });
  };
  const listen = async (port: number): Promise<number> => {
    const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
      request.url = request.url?.slice(basePath.length) ?? "/";
      if (stage === "ready" && traits.hasCookieLogin && auth.serve(request, response)) return;
      if (stage === "ready" && servePublic(state, request.url, response)) return;
      void serveHttp(request, response, {
        hasDatabaseStep: traits.hasDatabaseStep,
        stage: () => stage,
        onChosen: (config) => {
          chosenDatabase = config;
          stage = "migrating";
        },
        onTurnedAway: () => {
          turnedAway += 1;
          if (turnedAway < migrationRequests) return;
          stage = "ready";
          serveSockets();
        },
      });
    };
    http = tls === undefined ? createHttp(onRequest) : createHttps(tls, onRequest);
    if (stage === "ready") serveSockets();
    await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
    return (http.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    io?.disconnectSockets(true);
    http.closeAllConnections();
    const closed = new Promise((resolve) => http.close(resolve));
    await io?.close();
    await closed;
    io = undefined;
  };

  const port = await listen(0);
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}${basePath}`,
    version,
    monitors: state.monitors,
    monitorList: () => monitorListJson(state),
    notifications: state.notifications,
    maintenances: state.maintenances,
    tags: state.tags,
    hosts: state.hosts,
    get monitorTags() {
      return state.monitorTags;
    },
    get links() {
      return state.links;
    },
    settings: state.settings,
    log,
    faults,
    login,
    auth,
    get chosenDatabase() {
      return chosenDatabase;
    },
    get handshakeHeaders() {
      return handshakeHeaders;
    },
    connections: () => io?.sockets.sockets.size ?? 0,
    push,
    beat,
    seedMonitor: (row) => seed(state, row),
    disownAll: () => {
      for (const id of state.monitors.keys()) state.ownerless.add(`monitor ${id}`);
      for (const id of state.notifications.keys()) state.ownerless.add(`notification ${id}`);
    },
    restart: async () => {
      await stop();
      await listen(port);
    },
    close: stop,
  };
}

function seed(state: FakeState, row: JsonObject): number {
  const id = ++state.lastIds.monitor;
  state.monitors.set(id, { active: 1, parent: null, accepted_statuscodes_json: '["200-299"]', ...row });
  return id;
}
