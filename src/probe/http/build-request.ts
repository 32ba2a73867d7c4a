/**
 * The request that Uptime Kuma would hand to axios (uptime-kuma server/model/monitor.js `beat`). Pure but for the cache
 * buster.
 */
import { validateHeaderValue } from "node:http";
import type { HttpMonitor } from "./http-monitor.ts";
import { parseOwnJson } from "./parse-own-json.ts";
import { requestBody } from "./request-body.ts";
import { isAtLeast, type Release } from "../../model/release.ts";
import { basicCredentials } from "../../model/basic-credentials.ts";

export interface HttpRequest {
  readonly url: string;
  /** Lower case. */
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: no body. */
  readonly data: unknown;
  readonly params: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until the response must have begun. */
  readonly timeout: number;
  /** Milliseconds until it must have ended. */
  readonly abortAfter: number;
  readonly maxRedirects: number;
}

/** A browser's: some services answer it with a page where another would get JSON. */
const accept =
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8," +
  "application/signed-exchange;v=b3;q=0.9";

/** Longer ones overflow the timer and fire at once, on the server too (docs/upstream/uptime-kuma.md#limits). */
const longestTimer = 2_147_483_647;

/**
 * Throws, with the server's message, for what stops a check before anything is sent: a body or headers that are not
 * JSON. `authorization` is the header of an OAuth token, which has to be fetched first.
 */
export function buildRequest(
  monitor: HttpMonitor,
  server: { readonly version: string; readonly release: Release },
  authorization = ownAuthorization(monitor),
): HttpRequest {
  const body = requestBody(monitor, isAtLeast(server.release, [2, 0, 0]));
  const abortAfter = (monitor.timeout + 10) * 1000;
  return {
    url: monitor.url,
    method: monitor.method.toLowerCase(),
    // The user's come last and win, name by name as it is spelled; axios and Node settle what differs only in case.
    headers: {
      Accept: accept,
      "User-Agent": `Uptime-Kuma/${server.version}`,
      ...(body === undefined ? {} : { "Content-Type": body.contentType }),
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...writtenHeaders(monitor.headers, server.release),
    },
    // A body that is JSON and falsy (`0`, `false`, `""`) leaves only its content type
    // (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
    data: body?.data || undefined,
    params: monitor.cacheBust ? { uptime_kuma_cachebuster: Math.random().toString(36).slice(2) } : undefined,
    timeout: Math.min(monitor.timeout * 1000, longestTimer),
    abortAfter: abortAfter > longestTimer ? 1 : abortAfter,
    maxRedirects: monitor.maxRedirects,
  };
}

function ownAuthorization({ auth }: HttpMonitor): string | undefined {
  if (auth.type === "basic") {
    return `Basic ${basicCredentials(`${auth.user ?? ""}:${auth.password ?? ""}`)}`;
  }
  // A missing token is sent as the word `null`.
  return auth.type === "bearer" ? `Bearer ${String(auth.token)}` : undefined;
}

function writtenHeaders(text: string | null, release: Release): Readonly<Record<string, string>> {
  const headers = text === null || text === "" ? {} : { ...(parseOwnJson(text) as Record<string, string>) };
  // The axios of 2.4 on takes out the characters that no header may have; older ones leave it to Node to refuse them.
  if (!isAtLeast(release, [2, 4, 0])) {
    for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
  }
  return headers;
}
