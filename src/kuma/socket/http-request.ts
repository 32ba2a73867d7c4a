/**
 * One HTTP request besides the socket: for the database step of 2.x, the login of 3.x, and to find out what answers if
 * it is not Uptime Kuma.
 */
import { request as requestHttp, type IncomingHttpHeaders } from "node:http";
import { request as requestHttps } from "node:https";
import { parseJson, type Json } from "../../model/json.ts";
import type { TlsOptions } from "../connect-options.ts";
import type { ServerAddress } from "../server-address.ts";
import { nodeTls } from "./node-tls.ts";

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly headers: IncomingHttpHeaders;
  /**
   * At most the first `maxBody` characters: the migration server of 2.x has a page that never ends
   * (docs/upstream/uptime-kuma.md#database-wizard).
   */
  readonly body: string;
}

export interface HttpOptions {
  readonly tls?: TlsOptions | undefined;
  readonly timeoutMs: number;
  /** Sent as JSON with POST; without it the request is a GET. */
  readonly json?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** How much of the body is read; default 64 KiB. */
  readonly maxBody?: number;
  /** How the body's bytes become text; default UTF-8. */
  readonly encoding?: "utf8" | "base64";
  readonly signal?: AbortSignal | undefined;
}

const usualMaxBody = 65_536;

/** Rejects with Node's own error (`code` ECONNREFUSED, ETIMEDOUT and so on). Redirects are not followed. */
export function httpRequest(address: ServerAddress, path: string, options: HttpOptions): Promise<HttpReply> {
  const request = address.origin.startsWith("https:") ? requestHttps : requestHttp;
  const json = options.json === undefined ? undefined : JSON.stringify(options.json);
  return new Promise((resolve, reject) => {
    const outgoing = request(address.url + path, {
      method: json === undefined ? "GET" : "POST",
      headers: { ...options.headers, ...(json === undefined ? {} : { "content-type": "application/json" }) },
      // A new connection, because a kept-alive one would keep the process running.
      agent: false,
      ...nodeTls(options.tls),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const timer = setTimeout(() => {
      outgoing.destroy(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
    }, options.timeoutMs);
    outgoing.once("error", reject);
    outgoing.once("close", () => clearTimeout(timer));
    outgoing.once("response", (incoming) => {
      let body = "";
      const finish = (): void => {
        const { statusCode = 0, headers } = incoming;
        resolve({ status: statusCode, contentType: headers["content-type"] ?? "", headers, body });
      };
      incoming.setEncoding(options.encoding ?? "utf8");
      incoming.on("data", (chunk: string) => {
        body += chunk;
        if (body.length < (options.maxBody ?? usualMaxBody)) return;
        finish();
        outgoing.destroy();
      });
      incoming.once("end", finish);
      incoming.once("error", reject);
    });
    outgoing.end(json);
  });
}

/** The body as JSON, or undefined when it is something else, such as Uptime Kuma's page. */
export function replyJson(reply: HttpReply): Json | undefined {
  return reply.contentType.includes("json") ? parseJson(reply.body) : undefined;
}
