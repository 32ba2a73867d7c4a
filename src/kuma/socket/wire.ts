/**
 * One socket to one server, without two features of socket.io that would do harm: it does not reconnect, because a new
 * socket is logged out and socket.io would send buffered writes before the login
 * (docs/upstream/uptime-kuma.md#lost-acks); and no call waits forever, because the server leaves many unanswered
 * (docs/upstream/uptime-kuma.md#calls-without-an-ack).
 */
import type { Socket } from "socket.io-client";
import { writtenDuration } from "../../model/duration.ts";
import { InternalError, KumaError } from "../../model/errors.ts";
import type { Json } from "../../model/json.ts";
import { argumentCounts } from "./events.ts";
import type { SocketEvent } from "./events.ts";
import { withTimeLimit } from "./time-limit.ts";

export type Listener = (...args: readonly unknown[]) => void;

export interface CallOptions {
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
  /** Runs when the answer arrives, before any later push is delivered. */
  readonly onAnswer?: () => void;
}

/**
 * Engine.IO silently closes the socket on a message of more than 1,000,000 bytes
 * (docs/upstream/uptime-kuma.md#transport).
 */
const maxMessageBytes = 1_000_000;
/** `42` and the number of the ack in front of the JSON. */
const framingBytes = 16;

export class Wire {
  readonly #allowed: ReadonlySet<SocketEvent>;
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Reject functions of everything that waits for the server. */
  readonly #waiting = new Set<(error: KumaError) => void>();
  #socket: Socket | undefined;
  #release: (() => void) | undefined;
  #end: KumaError | undefined;

  /** Events outside `allowed` are refused for every caller. */
  constructor(allowed: ReadonlySet<SocketEvent>) {
    this.#allowed = allowed;
  }

  /**
   * Takes over a socket that is not connected yet, so that no push is missed. Returns the function that releases it.
   */
  attach(socket: Socket): () => void {
    this.#socket = socket;
    const onPush = (event: string, ...args: readonly unknown[]): void => this.#deliver(event, args);
    const onDisconnect = (reason: string): void => this.#finish(disconnected(reason));
    socket.onAny(onPush);
    socket.on("disconnect", onDisconnect);
    const release = (): void => {
      socket.offAny(onPush);
      socket.off("disconnect", onDisconnect);
      this.#socket = undefined;
    };
    this.#release = release;
    return release;
  }

  /** Closes the socket, so that another can be attached. Who listens hears that one too. */
  detach(): void {
    const socket = this.#socket;
    this.#release?.();
    if (socket !== undefined) closeSocket(socket);
  }

  /** Listens to a push. Returns the function that stops it. */
  on(event: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Why the socket closed; undefined while it is open. */
  get end(): KumaError | undefined {
    return this.#end;
  }

  /**
   * Sends an event and returns the ack's argument. Rejects with KumaError "stalled" after `ms`, "disconnected" if the
   * socket closes, and "rejected" if the message is too large to be sent.
   */
  async call(event: SocketEvent, args: readonly Json[], { ms, signal, onAnswer }: CallOptions): Promise<unknown> {
    if (!this.#allowed.has(event)) throw new InternalError(`this connection may not send ${event}`);
    if (args.length !== argumentCounts[event]) {
      throw new InternalError(`${event} takes ${argumentCounts[event]} arguments, not ${args.length}`);
    }
    const socket = this.#socket;
    if (this.#end !== undefined || socket?.connected !== true) throw this.#end ?? disconnected("not connected");
    const bytes = Buffer.byteLength(JSON.stringify([event, ...args])) + framingBytes;
    if (bytes > maxMessageBytes) {
      throw new KumaError("rejected", `${event}: the message has ${bytes} bytes, and the server takes 1,000,000`, {
        hint: "make the largest text in it smaller; nothing was sent",
      });
    }
    const answer = new Promise<unknown>((resolve) => {
      socket.emit(event, ...args, (reply: unknown) => {
        onAnswer?.();
        resolve(reply);
      });
    });
    const onLimit = (): KumaError =>
      new KumaError("stalled", `the server did not answer ${event} within ${writtenDuration(ms / 1000)}`, {
        hint: "look at the server's log and load; what was asked may still be done",
      });
    return await withTimeLimit(this.whileOpen(answer), { ms, onLimit, signal });
  }

  /** The promise's result, or a rejection if the socket closes first. */
  whileOpen<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(this.#end);
      this.#waiting.add(reject);
      promise.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  /** Idempotent. Calls under way are rejected. */
  close(): void {
    const socket = this.#socket;
    this.#finish(disconnected("closed here"));
    if (socket !== undefined) closeSocket(socket);
  }

  #deliver(event: string, args: readonly unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...args);
  }

  #finish(error: KumaError): void {
    if (this.#end !== undefined) return;
    this.#end = error;
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}

function closeSocket(socket: Socket): void {
  const transport = socket.io.engine?.transport as { readonly ws?: { terminate?(): void } } | undefined;
  socket.disconnect();
  // `ws` waits 30 s for the other side to close; a server that hangs would keep this process running.
  setTimeout(() => transport?.ws?.terminate?.(), 1000).unref();
}

function disconnected(reason: string): KumaError {
  return new KumaError("disconnected", `the connection to the server was lost (${reason})`, {
    hint: "run the command again: it reads the server's state first and does only what is left",
  });
}
