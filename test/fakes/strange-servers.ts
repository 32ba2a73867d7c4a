/** Servers that are not Uptime Kuma, or not as it should be: for every way in which a connection can fail. */
import { createServer as createHttp } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createTcp } from "node:net";
import type { AddressInfo, Server as NetServer, Socket as NetSocket } from "node:net";
import { Server } from "socket.io";
import type { Socket } from "socket.io";

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

/** A socket.io server of another kind; `json` answers plain requests. */
export async function socketServer(
  onSocket: (socket: Socket) => void,
  json?: (path: string) => unknown,
): Promise<StrangeServer> {
  const http = createHttp((request, response) => {
    const body = json?.(request.url ?? "/");
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
