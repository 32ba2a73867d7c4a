/**
 * Plays the services that the copies ask, and receives the notifications. It answers only below paths that hold 128 random
 * bits; everything else gets an empty 404. It reads no header and keeps nothing of a request but a notification.
 */
import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { isJsonObject, parseJson } from "../model/json.ts";
import type { ServedAnswer, HttpAnswer } from "./answer.ts";
import type { CopyPlace } from "./copy-spec.ts";
import { answerQuery, readQuestion } from "./dns-message.ts";

export interface DrillListener {
  readonly port: number;
  /** A place of its own for one copy. */
  slot(answer: ServedAnswer): Slot;
  /** Where Uptime Kuma's webhook is to send to. */
  readonly webhookUrl: string;
  /** Calls `take` for each notification from now on. There is one taker. */
  onNotice(take: (notice: Notice) => void): void;
  /** Nobody accepts connections at the port any more, and none is left open. */
  close(): Promise<void>;
  /** Listens at the same port again. Throws the system's error when another program has taken it. */
  open(): Promise<void>;
  /** Closes it for good. */
  end(): Promise<void>;
}

export interface Slot {
  readonly place: CopyPlace;
  /** From the next request on. */
  answer(answer: ServedAnswer): void;
  /** How many requests got the present answer. */
  readonly served: number;
  /** When the first of them did, by the clock of `startListener`. */
  readonly servedAt: number;
  /** Its paths are unknown from now on. */
  end(): void;
}

/** What Uptime Kuma's webhook sent. */
export interface Notice {
  readonly monitorId: number;
  /** 0 down, 1 up. */
  readonly status: number;
  readonly text: string;
  readonly at: number;
}

export interface ListenOptions {
  /** The address to bind, and nothing else. */
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Whether it answers DNS too, at the same port over UDP. */
  readonly hasDns?: boolean;
  /** How the server names this machine. Default: `host`. */
  readonly reachedAs?: string;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/** A notification of Uptime Kuma has a few thousand characters. */
const longestNotice = 262_144;

interface OpenSlot {
  answer: ServedAnswer;
  served: number;
  servedAt: number;
}

/** Throws the system's error when the address cannot be bound. */
export async function startListener({
  host,
  port,
  reachedAs = host,
  hasDns = false,
  now,
}: ListenOptions): Promise<DrillListener> {
  const slots = new Map<string, OpenSlot>();
  const webhook = newSecret();
  let take: ((notice: Notice) => void) | undefined;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    request.on("error", () => undefined);
    const [, secret = "", rest = ""] = /^\/([^/?]*)([^?]*)/u.exec(request.url ?? "") ?? [];
    const slot = slots.get(secret);
    if (secret === webhook) return void receive(request, response, (text) => take?.(toNotice(text, now())));
    request.resume();
    if (slot === undefined) return send(response, notFound);
    respond(request, response, { slot, secret, rest, now });
  };
  let server = await listen(onRequest, host, port);
  const { address: boundAddress, port: bound } = server.address() as AddressInfo;
  const address = reachedAs === host ? boundAddress : reachedAs;
  const origin = `http://${reachedAs.includes(":") ? `[${reachedAs}]` : reachedAs}:${bound}`;
  const dns = hasDns ? await listenForNames({ host, port: bound, slots, now }) : undefined;
  return {
    port: bound,
    webhookUrl: `${origin}/${webhook}`,
    slot(answer) {
      const secret = newSecret();
      const slot: OpenSlot = { answer, served: 0, servedAt: now() };
      slots.set(secret, slot);
      return {
        place: { base: `${origin}/${secret}`, secret, host: reachedAs, address, port: bound },
        answer(next) {
          slot.answer = next;
          slot.served = 0;
        },
        get served() {
          return slot.served;
        },
        get servedAt() {
          return slot.servedAt;
        },
        end: () => void slots.delete(secret),
      };
    },
    onNotice: (taker) => {
      take = taker;
    },
    close: () => stop(server),
    end: async () => {
      dns?.close();
      await stop(server);
    },
    open: async () => {
      server = await listen(onRequest, host, bound);
    },
  };
}

function newSecret(): string {
  return randomBytes(16).toString("hex");
}

interface NameOptions {
  readonly host: string;
  readonly port: number;
  readonly slots: ReadonlyMap<string, OpenSlot>;
  readonly now: () => number;
}

/** Questions for other names than those of copies get no answer at all. */
async function listenForNames({ host, port, slots, now }: NameOptions): Promise<Socket> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  socket.on("message", (query, { port: from, address }) => {
    const question = readQuestion(query);
    const slot = slots.get(question?.name.split(".")[0] ?? "");
    if (question === undefined || slot === undefined) return;
    const { answer } = slot;
    noteServed(slot, now());
    const error = answer.type === "dns-error" ? answer.error : undefined;
    socket.send(answerQuery(query, question, error), from, address);
  });
  socket.on("error", () => undefined);
  socket.bind(port, host);
  await once(socket, "listening");
  return socket;
}

function noteServed(slot: OpenSlot, at: number): void {
  if (slot.served === 0) slot.servedAt = at;
  slot.served += 1;
}

const notFound: HttpAnswer = { type: "response", status: 404, body: "", contentType: "" };
/** For a monitor that logs in with OAuth before it asks. */
const token: HttpAnswer = {
  type: "response",
  status: 200,
  body: '{"access_token":"drill","token_type":"Bearer","expires_in":3600}',
};
const redirected = "/redirected";

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  {
    slot,
    secret,
    rest,
    now,
  }: { slot: OpenSlot; readonly secret: string; readonly rest: string; readonly now: () => number },
): void {
  const { answer } = slot;
  const isToken = request.method === "POST" && rest === "/token";
  if (isToken) return send(response, token);
  if (answer.type === "response" && answer.redirect !== undefined && rest !== redirected) {
    response.setHeader("location", `/${secret}${redirected}`);
    // Where the monitor follows no redirect, this is the whole answer.
    response.on("finish", served);
    return send(response, { type: "response", status: answer.redirect, body: "", contentType: "" });
  }
  if (answer.type === "response") {
    response.on("finish", served);
    return send(response, answer);
  }
  served();
  response.destroy();

  function served(): void {
    if (slot.answer !== answer) return;
    noteServed(slot, now());
  }
}

function send(response: ServerResponse, { status, body, contentType = "application/json" }: HttpAnswer): void {
  const bytes = Buffer.from(body);
  if (contentType !== "") response.setHeader("content-type", contentType);
  // One check, one connection: the next one must find out whether somebody listens.
  response.writeHead(status, { connection: "close", "content-length": bytes.length });
  response.end(bytes);
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  take: (text: string) => void,
): Promise<void> {
  let text = "";
  request.setEncoding("utf8");
  try {
    for await (const chunk of request) {
      text += String(chunk);
      if (text.length > longestNotice) return void request.destroy();
    }
  } catch {
    return;
  }
  take(text);
  send(response, { type: "response", status: 200, body: "{}" });
}

function toNotice(text: string, at: number): Notice {
  const sent = parseJson(text);
  const { heartbeat, monitor, msg } = isJsonObject(sent) ? sent : {};
  const { monitorID = null, status = null } = isJsonObject(heartbeat) ? heartbeat : {};
  const { id = null } = isJsonObject(monitor) ? monitor : {};
  return {
    monitorId: Number(monitorID ?? id ?? 0),
    status: Number(status ?? -1),
    text: typeof msg === "string" ? msg : "",
    at,
  };
}

async function listen(
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  host: string,
  port: number,
): Promise<Server> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, onRequest);
  server.on("clientError", (_, socket) => void socket.destroy());
  server.maxConnections = 1024;
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
