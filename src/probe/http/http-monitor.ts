/** The fields of a monitor's row that its request depends on. */
import type { JsonObject } from "../../model/json.ts";
import { isAtLeast, type Release } from "../../model/release.ts";
import { numberIn, textIn } from "../monitor-row.ts";

export const httpTypes = ["http", "keyword", "json-query"] as const;
export type HttpType = (typeof httpTypes)[number];

export interface HttpMonitor {
  readonly url: string;
  /** As the user wrote it, in upper case. */
  readonly method: string;
  /** JSON text. */
  readonly headers: string | null;
  readonly body: string | null;
  readonly bodyEncoding: "json" | "form" | "xml";
  /** Seconds. */
  readonly timeout: number;
  readonly maxRedirects: number;
  readonly acceptedStatusCodes: readonly string[];
  readonly ignoreTls: boolean;
  readonly cacheBust: boolean;
  readonly ipFamily: 4 | 6 | undefined;
  readonly auth: HttpAuth;
}

type HttpAuth =
  | { readonly type: "none" | "ntlm" }
  | { readonly type: "basic"; readonly user: string | null; readonly password: string | null }
  | { readonly type: "bearer"; readonly token: string | null }
  | { readonly type: "oauth2-cc"; readonly client: OauthClient }
  | {
      readonly type: "mtls";
      readonly cert: string | null;
      readonly key: string | null;
      readonly ca: string | null;
    };

export interface OauthClient {
  readonly tokenUrl: string | null;
  readonly id: string | null;
  readonly secret: string | null;
  readonly scopes: string | null;
  readonly audience: string | null;
  /** `client_secret_basic` or `client_secret_post`; any other value is an error. */
  readonly authMethod: string | null;
}

export function readHttpMonitor(row: JsonObject, release: Release): HttpMonitor {
  const family = textIn(row, "ipFamily");
  const accepted = row["accepted_statuscodes"];
  return {
    url: textIn(row, "url") ?? "",
    method: textIn(row, "method") ?? "GET",
    headers: textIn(row, "headers"),
    body: textIn(row, "body"),
    bodyEncoding: (textIn(row, "httpBodyEncoding") ?? "json") as HttpMonitor["bodyEncoding"],
    timeout: timeoutSeconds(row),
    maxRedirects: numberIn(row, "maxredirects"),
    acceptedStatusCodes: Array.isArray(accepted) ? accepted.map(String) : [],
    ignoreTls: row["ignoreTls"] === true,
    cacheBust: row["cacheBust"] === true,
    ipFamily: family === null ? undefined : family === "ipv6" ? 6 : 4,
    auth: readAuth(row, release),
  };
}

/**
 * With a timeout of 0, the server uses 80 % of the interval in *milliseconds*, but as seconds
 * (docs/upstream/uptime-kuma.md#limits).
 */
function timeoutSeconds(row: JsonObject): number {
  const timeout = numberIn(row, "timeout");
  return timeout > 0 ? timeout : numberIn(row, "interval") * 1000 * 0.8;
}

/** Credentials are used only with the method that they belong to. A method that the server does not know sends none. */
function readAuth(row: JsonObject, release: Release): HttpAuth {
  switch (textIn(row, "authMethod") ?? "") {
    case "basic":
      return { type: "basic", user: textIn(row, "basic_auth_user"), password: textIn(row, "basic_auth_pass") };
    case "bearer":
      if (!isAtLeast(release, [2, 4, 0])) return { type: "none" };
      return { type: "bearer", token: textIn(row, "bearer_token") };
    case "oauth2-cc":
      return {
        type: "oauth2-cc",
        client: {
          tokenUrl: textIn(row, "oauth_token_url"),
          id: textIn(row, "oauth_client_id"),
          secret: textIn(row, "oauth_client_secret"),
          scopes: textIn(row, "oauth_scopes"),
          audience: textIn(row, "oauth_audience"),
          authMethod: textIn(row, "oauth_auth_method"),
        },
      };
    case "mtls":
      return { type: "mtls", cert: textIn(row, "tlsCert"), key: textIn(row, "tlsKey"), ca: textIn(row, "tlsCa") };
    case "ntlm":
      return { type: "ntlm" };
    default:
      return { type: "none" };
  }
}
