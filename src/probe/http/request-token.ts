/**
 * OAuth 2 client credentials, as the library of Uptime Kuma does it (openid-client 5.7): one POST, no redirects, and
 * the certificate is always checked, even if the monitor ignores TLS errors. The messages are the library's.
 */
import { once } from "node:events";
import { request as httpRequest, STATUS_CODES, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { stringify } from "node:querystring";
import { isJsonObject, type Json } from "../../model/json.ts";
import { bodyLimit, tooLargeToJudge } from "./body-limit.ts";
import type { OauthClient } from "./http-monitor.ts";
import { basicCredentials } from "../../model/basic-credentials.ts";

const timeout = 10_000;
/** Some token endpoints are behind filters that check the user agent. */
const userAgent = "openid-client/5.7.1 (https://github.com/panva/openid-client)";

export interface TokenOptions {
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

type TokenAnswer = Readonly<Partial<Record<"token_type" | "access_token", string>>>;

/** Returns the value of the Authorization header. Throws an error with the server's message. */
export async function requestToken(client: OauthClient, options: TokenOptions): Promise<string> {
  const response = await post(client, options);
  const text = await textOf(response);
  if (response.statusCode !== 200) throw new Error(refusalIn(text) ?? unexpected(response.statusCode ?? 0));
  if (text === "") throw new Error("expected 200 OK with body but no body was returned");
  const token = JSON.parse(text) as Json;
  const { token_type: type, access_token: access } = (isJsonObject(token) ? token : {}) as TokenAnswer;
  // A missing value is sent as the word `undefined`, and the spelling of the type is kept.
  return `${String(type)} ${String(access)}`;
}

async function post(client: OauthClient, { lookup, signal }: TokenOptions): Promise<IncomingMessage> {
  if (client.id === null || client.id === "") throw new TypeError("client_id is required");
  if (client.tokenUrl === null || client.tokenUrl === "") {
    throw new TypeError("token_endpoint must be configured on the issuer");
  }
  const { headers, form } = credentials(client.id, client);
  const url = parseUrl(client.tokenUrl);
  const body = stringify({
    grant_type: "client_credentials",
    ...(client.scopes === null ? {} : { scope: client.scopes }),
    ...(client.audience === null ? {} : { audience: client.audience }),
    ...form,
  });
  const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, {
    method: "POST",
    timeout,
    agent: false,
    headers: {
      Accept: "application/json",
      "User-Agent": userAgent,
      "Accept-Encoding": "identity",
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": Buffer.byteLength(body),
      ...headers,
    },
    ...(lookup === undefined ? {} : { lookup }),
    ...(signal === undefined ? {} : { signal }),
  });
  request.once("timeout", () => request.destroy(new Error(`outgoing request timed out after ${timeout}ms`)));
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

function credentials(
  id: string,
  { secret, authMethod }: OauthClient,
): { readonly headers: Readonly<Record<string, string>>; readonly form: Readonly<Record<string, string>> } {
  if (authMethod !== "client_secret_basic" && authMethod !== "client_secret_post") {
    throw new TypeError("missing, or unsupported, token_endpoint_auth_method");
  }
  if (secret === null) throw new TypeError(`${authMethod} client authentication method requires a client_secret`);
  if (authMethod === "client_secret_post") return { headers: {}, form: { client_id: id, client_secret: secret } };
  // Both are form-encoded before they are joined (RFC 6749 2.3.1).
  const pair = [id, secret].map((part) => encodeURIComponent(part).replaceAll("%20", "+")).join(":");
  return { headers: { Authorization: `Basic ${basicCredentials(pair)}` }, form: {} };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new TypeError("only valid absolute URLs can be requested");
  }
  return url;
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bodyLimit) throw new Error(tooLargeToJudge);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** The error of a token endpoint in the standard form; undefined for other answers. */
function refusalIn(text: string): string | undefined {
  try {
    const answer = JSON.parse(text) as Json;
    const { error, error_description: description } = isJsonObject(answer) ? answer : {};
    if (typeof error !== "string" || error === "") return undefined;
    return typeof description === "string" && description !== "" ? `${error} (${description})` : error;
  } catch {
    return undefined;
  }
}

function unexpected(status: number): string {
  return `expected 200 OK, got: ${status} ${String(STATUS_CODES[status])}`;
}
