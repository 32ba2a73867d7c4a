/** A service to be probed, on a free port of loopback, that remembers what it was asked. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { testCertificate } from "../fakes/test-certificate.ts";

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers one request; its body has been read. */
export type Answer = (request: SeenRequest, response: ServerResponse) => void;

export interface Target {
  /** `http://127.0.0.1:<port>` or https. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** `secure`: over TLS with the certificate that nobody trusts, and whatever else is set. */
export async function startTarget(answer: Answer, secure?: ServerOptions): Promise<Target> {
  const requests: SeenRequest[] = [];
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const seen = { method, path: url, headers, body: Buffer.concat(parts).toString() };
      requests.push(seen);
      answer(seen, response);
    });
  };
  const server =
    secure === undefined ? createServer(listener) : createSecureServer({ ...testCertificate, ...secure }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${secure === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A target for the running test; closed after it. */
export async function target(answer: Answer, secure?: ServerOptions): Promise<Target> {
  const started = await startTarget(answer, secure);
  onTestFinished(() => started.close());
  return started;
}

/** The same answer to everybody. */
export function always(status: number, body = "", headers: Readonly<Record<string, string>> = {}): Answer {
  return (_, response) => response.writeHead(status, headers).end(body);
}

/** Answers by path, without its query; 404 for others. */
export function byPath(answers: Readonly<Record<string, Answer>>): Answer {
  return (request, response) => {
    const [path = ""] = request.path.split("?");
    (answers[path] ?? always(404))(request, response);
  };
}

export function redirectTo(location: string, status = 302, headers: Readonly<Record<string, string>> = {}): Answer {
  return always(status, "", { location, ...headers });
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const closed = await startTarget(always(200));
  await closed.close();
  return closed.port;
}
