/** One monitor of the expansion, and what the three levels need to write theirs. */
import type { JsonObject, JsonPointer } from "../../../model/json.ts";
import type { WatchedModel } from "./watched-model.ts";

/** As a user would write it under `monitors:`; `key` is without the block's. */
export interface PresetMonitor {
  readonly key: string;
  readonly written: JsonObject;
  /**
   * Where a value of `written` comes from: place there, place in the block. What is not listed belongs to the block.
   */
  readonly origins: Readonly<Record<JsonPointer, JsonPointer>>;
}

/** A block with its defaults filled in. */
export interface PresetBlock {
  readonly name: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** What carries the key; undefined when there is none. */
  readonly headers: JsonObject | undefined;
  readonly models: readonly WatchedModel[];
}

/**
 * A json-query that has to be `true` and status 200, with redirects judged as they are: a proxy that sends strangers to
 * its login page would otherwise end in a 200 (docs/upstream/open-webui.md#login-walls). A plain status check is never
 * enough here, since unknown paths answer 200 with a web page.
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
 * The request of an account: with its key. Uptime Kuma would ask for text/html first, which is what sends a proxy's
 * login page in place of a refusal.
 */
export function withKey(block: PresetBlock): JsonObject {
  return block.headers === undefined ? {} : { headers: { Accept: "application/json", ...block.headers } };
}

/** A JSONata text literal, single-quoted where that needs no escape. */
export function textLiteral(text: string): string {
  return /['\\\n\r\t]/u.test(text) ? JSON.stringify(text) : `'${text}'`;
}
