/** One monitor of the expansion, and helpers that the three levels share. */
import type { JsonObject, JsonPointer } from "../../../model/json.ts";
import type { WatchedModel } from "./watched-model.ts";

/** As a user would write it under `monitors:`. `key` does not include the key of the block. */
export interface PresetMonitor {
  readonly key: string;
  readonly written: JsonObject;
  /**
   * Where a value of `written` comes from: its place there → its place in the block. A value that is not listed comes
   * from the block as a whole.
   */
  readonly origins: Readonly<Record<JsonPointer, JsonPointer>>;
}

/** A block with its defaults filled in. */
export interface PresetBlock {
  readonly name: string;
  /** Without a trailing slash. */
  readonly url: string;
  /** The header with the key; undefined if there is no key. */
  readonly headers: JsonObject | undefined;
  readonly models: readonly WatchedModel[];
}

/**
 * A json-query that must give `true`, with status 200. Redirects are not followed, because a proxy that sends unknown
 * clients to its login page would otherwise end in a 200 (docs/upstream/open-webui.md#login-walls). Checking only the
 * status is never enough here, because unknown paths answer 200 with a web page.
 */
export function queryMonitor(request: {
  readonly block: PresetBlock;
  readonly key: string;
  readonly title: string;
  readonly path: string;
  readonly query: string;
  readonly fields: JsonObject;
  readonly origins?: PresetMonitor["origins"];
}): PresetMonitor {
  const { block, key, title, path, query, fields, origins } = request;
  return {
    key,
    written: {
      name: `${block.name} ${title}`,
      type: "json-query",
      url: `${block.url}${path}`,
      ...fields,
      maxRedirects: 0,
      acceptedStatusCodes: [200],
      jsonPath: query,
      expectedValue: "true",
    },
    origins: { "/url": "/url", "/name": "/name", ...origins },
  };
}

/**
 * The request of an account, with its key. It asks for JSON: Uptime Kuma would otherwise ask for text/html first, which
 * makes proxies send a login page instead of a refusal.
 */
export function withKey(block: PresetBlock): JsonObject {
  return block.headers === undefined ? {} : { headers: { Accept: "application/json", ...block.headers } };
}

/** A JSONata text literal, in single quotes if that needs no escape. */
export function textLiteral(text: string): string {
  return /['\\\n\r\t]/u.test(text) ? JSON.stringify(text) : `'${text}'`;
}
