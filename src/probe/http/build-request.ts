/**
 * Builds the request that Uptime Kuma would pass to axios (uptime-kuma server/model/monitor.js `beat`). Pure, except
 * for the random value of the cache buster.
 */
import { validateHeaderValue } from "node:http";
import type { HttpMonitor } from "./http-monitor.ts";
import { parseOwnJson } from "./parse-own-json.ts";
import { requestBody } from "./request-body.ts";
import { isAtLeast, type Release } from "../../model/release.ts";
import { basicCredentials } from "../../model/basic-credentials.ts";

export interface HttpRequest {
  readonly url: string;
  /** In lower case. */
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined if there is no body. */
  readonly data: unknown;
  readonly params: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until the response must have started. */
  readonly timeout: number;
  /** Milliseconds until the response must have ended. */
  readonly abortAfter: number;
  readonly maxRedirects: number;
}

/** The Accept header of a browser; some services answer it with a page instead of JSON. */
const accept =
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8," +
  "application/signed-exchange;v=b3;q=0.9";

/** Longer times overflow the timer and fire at once, on the server too (docs/upstream/uptime-kuma.md#limits). */
const longestTimer = 2_147_483_647;

/**
 * Throws, with the server's message, if the check fails before anything is sent: the body or the headers are not JSON.
 * `authorization` is the header with the OAuth token, which must be fetched before.
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
    // The user's headers come last and win if the names are spelled alike; axios and Node handle names that differ only
    // in case.
    headers: {
      Accept: accept,
      "User-Agent": `Uptime-Kuma/${server.version}`,
      ...(body === undefined ? {} : { "Content-Type": body.contentType }),
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...writtenHeaders(monitor.headers, server.release),
    },
    // For a JSON body that counts as false (`0`, `false`, `""`) only the content type is sent
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
  // From 2.4 on, axios removes characters that headers may not contain; before, Node refuses them.
  if (!isAtLeast(release, [2, 4, 0])) {
    for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
  }
  return headers;
}
