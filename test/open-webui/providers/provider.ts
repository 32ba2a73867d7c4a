/**
 * A provider of models on loopback that can be broken: the routes of OpenAI's API or of Ollama's that Open WebUI asks. None of
 * their code, and no model behind it.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "./faults.ts";
import { repliesOf, type Message, type ProviderKind } from "./replies.ts";

/** What is wrong with a provider. Without any key it is healthy. */
export interface Condition {
  /** Nothing listens on its port. */
  readonly isGone?: boolean;
  /** In place of the list of models. */
  readonly list?: Fault;
  /** In place of its version (Ollama). */
  readonly version?: Fault;
  /** In place of a completion. */
  readonly completion?: Fault;
  /** Models that it lists; by default all. */
  readonly models?: readonly string[];
  /** What a completion says; by default the word that it was asked for. */
  readonly message?: Message;
  /** The model that a completion names; by default the one that was asked for. */
  readonly answeringModel?: string;
}

export interface Provider {
  readonly kind: ProviderKind;
  /** `http://127.0.0.1:<port>`, without `/v1`. */
  readonly url: string;
  /** `METHOD /path` of each request, oldest first. */
  readonly requests: readonly string[];
  /** Resolves when the port is open or closed, as the condition wants. */
  set(condition: Condition): Promise<void>;
  stop(): Promise<void>;
}

const modelsOf = {
  openai: ["gpt-4o-mini", "gpt-4o"],
  ollama: ["llama3.1:latest"],
} as const satisfies Record<ProviderKind, readonly string[]>;

/** Starts a healthy one. Port 0, the default, takes a free one. */
export async function startProvider(kind: ProviderKind, port = 0): Promise<Provider> {
  let condition: Condition = {};
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(kind, condition, request, response).catch(() => response.destroy());
  });
  await listen(server, port);
  const address = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    kind,
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async set(next) {
      condition = next;
      if (next.isGone === true) await close();
      else if (!server.listening) await listen(server, address.port);
    },
    stop: close,
  };
}

async function listen(server: Server, port: number): Promise<void> {
  const listening = once(server, "listening");
  server.listen(port, "127.0.0.1");
  await listening;
}

async function answer(
  kind: ProviderKind,
  condition: Condition,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const path = new URL(request.url ?? "/", "http://provider").pathname;
  const route = repliesOf(kind)[`${request.method} ${path}`];
  if (route === undefined) {
    send(response, 404, "application/json", JSON.stringify({ error: "not found" }));
    return;
  }
  const good = JSON.stringify(route.reply({ models: modelsOf[kind], ...condition, asked: body }));
  const fault = route.part === undefined ? undefined : condition[route.part];
  await give(fault, good, response);
}

async function give(fault: Fault | undefined, good: string, response: ServerResponse): Promise<void> {
  switch (fault?.type) {
    case undefined:
      send(response, 200, "application/json", good);
      return;
    case "reply":
      send(response, fault.status, fault.contentType, fault.body, fault.headers);
      return;
    case "drop":
      response.destroy();
      return;
    case "hang":
      return;
    case "slow":
      setTimeout(() => send(response, 200, "application/json", good), fault.ms);
      return;
    case "cut":
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(good) });
      response.write(good.slice(0, good.length / 2), () => response.destroy());
  }
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": contentType, ...headers }).end(body);
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
