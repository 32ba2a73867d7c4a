/** One monitor that a block stands for, and how most of them ask. */
import type { JsonObject, JsonPointer } from "../../model/json.ts";

/** As a user would write it under `monitors:`. `key` does not include the key of the block. */
export interface MadeMonitor {
  readonly key: string;
  readonly written: JsonObject;
  /**
   * Where a value of `written` comes from: its place there → its place in the block. A value that is not listed comes
   * from the block as a whole.
   */
  readonly origins: Readonly<Record<JsonPointer, JsonPointer>>;
}

/** What all monitors of a block share. */
export interface AskedService {
  /** The start of their names. */
  readonly name: string;
  /** Without a trailing slash. */
  readonly url: string;
  /** The header with the key; undefined if there is no key. */
  readonly headers: JsonObject | undefined;
}

interface MadeRequest {
  readonly block: AskedService;
  readonly key: string;
  /** The end of the monitor's name. */
  readonly title: string;
  readonly path: string;
  readonly fields: JsonObject;
  readonly origins?: MadeMonitor["origins"];
}

/**
 * A json-query that must give `expected`, with status 200. Redirects are not followed, because a proxy that sends unknown
 * clients to its login page would otherwise end in a 200 (docs/upstream/open-webui.md#login-walls). Checking only the
 * status is rarely enough: a page for unknown paths has status 200 too.
 */
export function queryMonitor(request: MadeRequest & { readonly query: string }): MadeMonitor {
  return httpMonitor(request, { type: "json-query", jsonPath: request.query, expectedValue: "true" });
}

/** For answers that are a text and no JSON. */
export function keywordMonitor(request: MadeRequest & { readonly keyword: string }): MadeMonitor {
  return httpMonitor(request, { type: "keyword", keyword: request.keyword });
}

/** For answers that say nothing beside their status. */
export function statusMonitor(request: MadeRequest): MadeMonitor {
  return httpMonitor(request, { type: "http" });
}

function httpMonitor(
  { block, key, title, path, fields, origins }: MadeRequest,
  { type, ...told }: JsonObject,
): MadeMonitor {
  return {
    key,
    written: {
      name: `${block.name} ${title}`,
      type: type ?? null,
      url: `${block.url}${path}`,
      ...fields,
      maxRedirects: 0,
      acceptedStatusCodes: [200],
      ...told,
    },
    origins: { "/url": "/url", "/name": "/name", ...origins },
  };
}

/**
 * The request of an account, with its key. It asks for JSON: Uptime Kuma would otherwise ask for text/html first, which
 * makes proxies send a login page instead of a refusal.
 */
export function withKey({ headers }: AskedService): JsonObject {
  return headers === undefined ? {} : { headers: { Accept: "application/json", ...headers } };
}

/** A JSONata text literal, in single quotes if that needs no escape. */
export function textLiteral(text: string): string {
  return /['\\\n\r\t]/u.test(text) ? JSON.stringify(text) : `'${text}'`;
}
