/**
 * Opens the socket, first over a websocket and, if that fails, over polling. Socket.io's own order, polling and then an
 * upgrade, costs two more round trips and a switch of transports under load, only for the rare proxy that does not
 * support upgrades. For such a proxy, the second try uses polling without an upgrade. `Origin` is never sent, because
 * the server refuses a websocket with a foreign Origin (docs/upstream/uptime-kuma.md#origin-check).
 */
import type { Socket } from "socket.io-client";
import { writtenDuration } from "../../model/duration.ts";
import { KumaError } from "../../model/errors.ts";
import type { TlsOptions } from "../connect-options.ts";
import { explainNoSocket } from "./explain-no-socket.ts";
import { networkError } from "./network-error.ts";
import { agentWithoutRedirects } from "./no-redirects.ts";
import { nodeTls } from "./node-tls.ts";
import type { ServerAddress } from "../server-address.ts";
import { withTimeLimit } from "./time-limit.ts";
import type { Wire } from "./wire.ts";

export interface OpenOptions {
  readonly address: ServerAddress;
  readonly tls?: TlsOptions | undefined;
  /** Limit of both tries together, in milliseconds. */
  readonly ms: number;
  /** The `Cookie` header of the handshake, which logs in on 3.x. */
  readonly cookie?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

type TransportName = "websocket" | "polling";

/** Resolves when the socket is connected, which is before the server is ready for anything. */
export async function openSocket(wire: Wire, options: OpenOptions): Promise<void> {
  const websocketError = await tryTransport(wire, "websocket", { ...options, ms: options.ms / 2 });
  if (websocketError === undefined) return;
  // A host that cannot be reached or trusted fails in the same way over polling; only a closed connection may be caused
  // by a proxy.
  const known = networkError(websocketError, options.address.url);
  if (known !== undefined && !isCut(known)) throw known;
  const pollingError = await tryTransport(wire, "polling", { ...options, ms: options.ms / 2 });
  if (pollingError === undefined) return;
  if (isStalled(websocketError) && isStalled(pollingError)) throw pollingError;
  throw await explainNoSocket({ ...options, cause: pollingError });
}

/** Undefined when connected. */
async function tryTransport(wire: Wire, transport: TransportName, options: OpenOptions): Promise<Error | undefined> {
  const { address, tls, ms, cookie, signal } = options;
  const { io } = await import("socket.io-client");
  const socket = io(address.origin, {
    path: `${address.basePath}/socket.io`,
    transports: [transport],
    autoConnect: false,
    forceNew: true,
    reconnection: false,
    // The limit of this phase, below, applies instead.
    timeout: 0x7fffffff,
    // Its types know the agents of browsers only.
    ...(transport === "polling" ? { agent: agentWithoutRedirects(address.origin) as unknown as boolean } : {}),
    ...(cookie === undefined ? {} : { extraHeaders: { cookie } }),
    ...nodeTls(tls),
  });
  const letGo = wire.attach(socket);
  try {
    await withTimeLimit(connected(socket), { ms, signal, onLimit: () => connectStalled(address, ms * 2) });
    return undefined;
  } catch (error) {
    letGo();
    abandon(socket);
    if (signal?.aborted === true) throw error;
    return error as Error;
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
    socket.connect();
  });
}

/** Closing a websocket while it opens makes `ws` emit an error that nobody would handle. */
function abandon(socket: Socket): void {
  socket.io.on("error", () => {});
  socket.disconnect();
  socket.io.engine?.close();
}

export function connectStalled(address: ServerAddress, ms: number): KumaError {
  return new KumaError("stalled", `connecting to ${address.url} took longer than ${writtenDuration(ms / 1000)}`, {
    hint: "the host takes connections but does not answer: check that it is Uptime Kuma, and its load; --timeout waits longer",
  });
}

function isStalled(error: Error): boolean {
  return error instanceof KumaError && error.code === "stalled";
}

function isCut(error: KumaError): boolean {
  return error.code === "unreachable" && error.message.endsWith("the connection was cut");
}
