/** Servers that are not Uptime Kuma, or not as it should be: for every way in which a connection can fail. */
import { createServer as createHttp } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createTcp } from "node:net";
import type { AddressInfo, Server as NetServer, Socket as NetSocket } from "node:net";
import { Server } from "socket.io";
import type { Socket } from "socket.io";
import { writeEvents } from "../../src/model/kuma-client.ts";

export interface StrangeServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers every HTTP request, upgrades included, with this. */
export function httpServer(
  reply: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<StrangeServer> {
  return listening(createHttp(reply));
}

/** Takes connections and says nothing. */
export function silentServer(): Promise<StrangeServer> {
  return listening(createTcp(() => {}));
}

/** Cuts every connection as soon as it is there. */
export function cuttingServer(): Promise<StrangeServer> {
  return listening(createTcp((socket) => socket.destroy()));
}

/** A socket.io server of another kind; `plain` answers plain requests, with JSON by path or by itself. */
export async function socketServer(
  onSocket: (socket: Socket) => void,
  plain?: ((path: string) => unknown) | { readonly onRequest: Parameters<typeof httpServer>[0] },
): Promise<StrangeServer> {
  const http = createHttp((request, response) => {
    if (typeof plain === "object") return plain.onRequest(request, response);
    const body = plain?.(request.url ?? "/");
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(body ?? "not found"));
  });
  const io = new Server(http, { serveClient: false });
  io.on("connection", onSocket);
  const server = await listening(http);
  return {
    url: server.url,
    close: async () => {
      io.disconnectSockets(true);
      await server.close();
    },
  };
}

/** An address where nothing listens: of a server that has just gone. */
export async function closedAddress(): Promise<string> {
  const server = await silentServer();
  await server.close();
  return server.url;
}

async function listening(server: NetServer): Promise<StrangeServer> {
  const sockets = new Set<NetSocket>();
  server.on("connection", (socket: NetSocket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface StrangeKuma extends StrangeServer {
  /** The events that came and would have changed something. */
  readonly writes: readonly string[];
}

export interface StrangeKumaOptions {
  readonly version?: unknown;
  /** What is pushed after the login, by event: the arguments. Lists that are not here come empty; undefined never comes. */
  readonly pushes?: Readonly<Record<string, readonly unknown[] | undefined>>;
  /** What events other than the login are answered with; undefined: not at all. Default: as an empty server does. */
  readonly answer?: (event: string, args: readonly unknown[]) => unknown;
  /** How often everything is answered. Default: once. */
  readonly times?: number;
  /** What plain requests are answered with; default: 404. */
  readonly onRequest?: Parameters<typeof httpServer>[0];
}

const emptyLists = {
  monitorList: {},
  notificationList: [],
  proxyList: [],
  dockerHostList: [],
  remoteBrowserList: [],
  statusPageList: {},
  maintenanceList: {},
} as const;

const usualAnswers: Readonly<Record<string, object>> = {
  getTags: { ok: true, tags: [] },
  getSettings: { ok: true, data: {} },
  getMonitorChartData: { ok: true, data: [] },
};

/** Speaks the protocol of 2.x as far as the login, and from there on says what it is told to. */
export async function strangeKuma(options: StrangeKumaOptions = {}): Promise<StrangeKuma> {
  const { version = "2.5.3", pushes = {}, answer = (event) => usualAnswers[event], times = 1, onRequest } = options;
  const writes: string[] = [];
  const server = await socketServer((socket) => {
    let calls = 0;
    socket.onAny((event: string, ...args: unknown[]) => {
      // Calls are numbered by the client, in the order in which it sends them.
      const id = typeof args.at(-1) === "function" ? calls++ : undefined;
      if (writeEvents.some((name) => name === event)) writes.push(event);
      const isLogin = event === "login" || event === "loginByToken";
      if (isLogin) sendLists(socket, version, pushes);
      const reply = isLogin ? { ok: true, token: "t" } : answer(event, args.slice(0, -1));
      if (id === undefined || reply === undefined) return;
      // Past socket.io, which answers nothing twice.
      for (let time = 0; time < times; time += 1) sendRaw(socket, `3${id}${JSON.stringify([reply])}`);
    });
    socket.emit("info", { primaryBaseURL: null });
    socket.emit("loginRequired");
  }, onRequest && { onRequest });
  return { ...server, writes };
}

/** A packet as it goes over the wire, whole or not: `2` is an event, `3` an answer. */
export function sendRaw(socket: Socket, message: string): void {
  (socket.conn as unknown as { write(data: string): void }).write(message);
}

function sendLists(socket: Socket, version: unknown, pushes: NonNullable<StrangeKumaOptions["pushes"]>): void {
  socket.emit("info", { version, latestVersion: version });
  for (const [event, args] of Object.entries({
    ...Object.fromEntries(Object.entries(emptyLists).map(([name, list]) => [name, [list]])),
    ...pushes,
  })) {
    if (args !== undefined) socket.emit(event, ...args);
  }
}

/** Sends the head and then a byte now and then, without end. */
export function dribblingServer(type = "application/json"): Promise<StrangeServer> {
  return httpServer((_request, response) => {
    response.writeHead(200, { "content-type": type });
    const timer = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(timer));
  });
}
