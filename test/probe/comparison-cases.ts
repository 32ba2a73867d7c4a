/**
 * Monitors and what they are answered, for a real server and for the probe alike. Each case has a path of its own on the
 * targets, so that what either has sent can be told apart.
 */
import type { JsonObject } from "../../src/model/json.ts";
import { always, redirectTo, type Answer } from "./target.ts";
import type { Release } from "../../src/model/release.ts";

export interface ComparisonCase {
  readonly name: string;
  readonly type: "http" | "keyword" | "json-query";
  /** Without a URL: it is `path` on a target. */
  readonly written: JsonObject;
  /** Over TLS with a certificate that nobody trusts. */
  readonly isSecure?: true;
  /** The first release with what the case uses; absent: all have it. */
  readonly since?: Release;
  /** The first release that refuses to save it. */
  readonly refusedSince?: Release;
  /** The npm package 2.0.0-dev.0 does it as releases before 1.23 did, with its axios 0.27. */
  readonly isOlderInPackage?: true;
  /** By the part of the path below the case's own, `""` being the case itself. Default: 200 with `{"ok":true}`. */
  readonly answers?: Readonly<Record<string, Answer>>;
}

const ok = always(200, `{"ok":true}`, { "content-type": "application/json" });
const page = always(
  200,
  "<html>\n<body>  <h1>All systems</h1> are   operational and well since yesterday</body></html>",
);
const spaced = always(200, `{ "status" : "up",  "items": [1, 2] }`, { "content-type": "application/json" });

/** Relative to the case: the target resolves it. */
const to = redirectTo;

function statusCase(name: string, status: number, acceptedStatusCodes?: readonly string[]): ComparisonCase {
  const written = acceptedStatusCodes === undefined ? {} : { acceptedStatusCodes };
  return { name, type: "http", written: { ...written, maxRedirects: 0 }, answers: { "": always(status, "x") } };
}

const statuses: readonly ComparisonCase[] = [
  statusCase("200", 200),
  statusCase("204", 204),
  statusCase("299", 299),
  statusCase("300", 300),
  statusCase("404", 404),
  statusCase("500", 500),
  statusCase("404 accepted", 404, ["200-299", "404"]),
  statusCase("a range", 451, ["400-499"]),
  statusCase("below a range", 399, ["400-499"]),
  statusCase("only 404, and 200 comes", 200, ["404"]),
  statusCase("a redirect that is accepted", 301, ["301"]),
  statusCase("a redirect that is not", 301),
  statusCase("304", 304, ["304"]),
];

const redirects: readonly ComparisonCase[] = [
  { name: "one redirect", type: "http", written: {}, answers: { "": to("b"), "/b": ok } },
  {
    name: "as many as allowed",
    type: "keyword",
    written: { maxRedirects: 2, keyword: "ok" },
    answers: { "": to("b"), "/b": to("c"), "/c": ok },
  },
  {
    name: "one more than allowed",
    type: "http",
    written: { maxRedirects: 1 },
    answers: { "": to("b"), "/b": to("c"), "/c": ok },
  },
  {
    name: "not followed",
    type: "keyword",
    written: { maxRedirects: 0, acceptedStatusCodes: ["302"], keyword: "ok" },
    answers: { "": to("b"), "/b": ok },
  },
  {
    name: "POST becomes GET",
    type: "http",
    written: { method: "POST", body: { a: 1 } },
    answers: { "": to("b"), "/b": ok },
  },
  {
    name: "POST stays POST",
    type: "http",
    written: { method: "POST", body: { a: 1 } },
    answers: { "": to("b", 307), "/b": ok },
  },
  {
    name: "cookies over http",
    type: "http",
    written: {},
    answers: { "": to("b", 302, { "set-cookie": "seen=1" }), "/b": ok },
  },
  {
    name: "cookies over https",
    type: "http",
    written: { ignoreTls: true, headers: { Cookie: "own=1" } },
    isSecure: true,
    answers: { "": to("b", 302, { "set-cookie": "seen=1; Path=/; Secure" }), "/b": ok },
  },
];

const keywords: readonly ComparisonCase[] = [
  { name: "found", type: "keyword", written: { keyword: "operational" }, answers: { "": page } },
  { name: "in another case", type: "keyword", written: { keyword: "Operational" }, answers: { "": page } },
  { name: "not found", type: "keyword", written: { keyword: "down" }, answers: { "": page } },
  {
    name: "inverted, not found",
    type: "keyword",
    written: { keyword: "down", invertKeyword: true },
    answers: { "": page },
  },
  {
    name: "inverted, found",
    type: "keyword",
    written: { keyword: "operational", invertKeyword: true },
    answers: { "": page },
  },
  { name: "JSON with blanks", type: "keyword", written: { keyword: `"status" : "up"` }, answers: { "": spaced } },
  { name: "JSON without", type: "keyword", written: { keyword: `"status":"up"` }, answers: { "": spaced } },
  { name: "a refused status first", type: "keyword", written: { keyword: "x" }, answers: { "": always(500, "x") } },
];

const bodies: readonly ComparisonCase[] = [
  { name: "json", type: "http", written: { method: "POST", body: { a: [1, "ä"], b: null } } },
  { name: "json text", type: "http", written: { method: "PUT", body: `  [1,   2]` } },
  { name: "json that is a text", type: "http", written: { method: "POST", body: `"hello"` } },
  { name: "json that is falsy", type: "http", written: { method: "POST", body: "0" } },
  { name: "json that is none", type: "http", written: { method: "POST", body: `{"a":1` } },
  { name: "blank", type: "http", written: { method: "POST", body: "   " } },
  { name: "with GET", type: "http", written: { method: "GET", body: { a: 1 } } },
  {
    name: "form",
    type: "http",
    written: { method: "POST", httpBodyEncoding: "form", body: "a=1&b=%20" },
  },
  { name: "xml", type: "http", written: { method: "PATCH", httpBodyEncoding: "xml", body: "<a>ü</a>" } },
  {
    name: "a content type of its own",
    type: "http",
    written: { method: "POST", body: { a: 1 }, headers: { "content-type": "application/vnd.api+json" } },
  },
  { name: "none", type: "http", written: { method: "DELETE" } },
  { name: "HEAD", type: "http", written: { method: "HEAD" } },
  { name: "OPTIONS", type: "http", written: { method: "OPTIONS" } },
];

const requests: readonly ComparisonCase[] = [
  { name: "headers", type: "http", written: { headers: { "X-One": "1", Accept: "application/json" } } },
  { name: "headers in small letters", type: "http", written: { headers: { accept: "a/b", "user-agent": "me" } } },
  { name: "an impossible header", type: "http", written: { headers: { "X-One": "a\nb" } } },
  {
    name: "headers that are no JSON",
    type: "http",
    written: { headers: "X-One: 1" },
    refusedSince: [2, 1, 0],
  },
  { name: "upside down and up", type: "http", written: { upsideDown: true } },
  { name: "upside down and down", type: "http", written: { upsideDown: true }, answers: { "": always(503) } },
  { name: "with retries", type: "http", written: { maxRetries: 2 }, answers: { "": always(503) } },
  {
    name: "retries only for the status, mismatch",
    type: "json-query",
    written: { maxRetries: 2, retryOnlyOnStatusCodeFailure: true, jsonPath: "ok", expectedValue: "false" },
    since: [2, 1, 0],
  },
  {
    name: "retries only for the status, no value",
    type: "json-query",
    written: { maxRetries: 2, retryOnlyOnStatusCodeFailure: true, jsonPath: "nothing", expectedValue: "false" },
    since: [2, 1, 0],
  },
  { name: "cache busting", type: "http", written: { cacheBust: true }, since: [2, 0, 0] },
  { name: "IPv4 only", type: "http", written: { ipFamily: "ipv4" }, since: [2, 0, 0] },
  {
    name: "compressed",
    type: "keyword",
    written: { keyword: "hello" },
    answers: {
      "": (_, response) =>
        response
          .writeHead(200, { "content-encoding": "gzip" })
          .end(Buffer.from("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==", "base64")),
    },
  },
];

const failures: readonly ComparisonCase[] = [
  { name: "hang up", type: "http", written: {}, answers: { "": (_, response) => response.destroy() } },
  {
    name: "cut off",
    type: "http",
    isOlderInPackage: true,
    written: {},
    answers: {
      "": (_, response) => {
        response.writeHead(200, { "content-length": "1000" }).write("half", () => response.destroy());
      },
    },
  },
  { name: "no answer", type: "http", written: { timeout: 1 }, answers: { "": () => undefined } },
  { name: "a certificate that nobody trusts", type: "http", written: {}, isSecure: true },
  { name: "ignored TLS errors", type: "http", written: { ignoreTls: true }, isSecure: true },
];

const client = { oauthClientId: "a b", oauthClientSecret: "s3cret/+é", oauthScopes: "one two" };
const token = always(200, `{"access_token":"t1","token_type":"bearer","expires_in":3600}`);

/** `oauthTokenUrl` is filled in: `/token` below the case. */
const logins: readonly ComparisonCase[] = [
  { name: "basic", type: "http", written: { authMethod: "basic", basicAuthUser: "u", basicAuthPass: "pä" } },
  {
    name: "basic without a password",
    type: "http",
    isOlderInPackage: true,
    written: { authMethod: "basic", basicAuthUser: "u" },
  },
  { name: "credentials without a method", type: "http", written: { basicAuthUser: "u", basicAuthPass: "p" } },
  {
    name: "basic and a header",
    type: "http",
    written: { authMethod: "basic", basicAuthUser: "u", basicAuthPass: "p", headers: { Authorization: "Bearer x" } },
  },
  { name: "bearer", type: "http", written: { authMethod: "bearer", bearerToken: "t0" } },
  { name: "bearer without a token", type: "http", written: { authMethod: "bearer" } },
  {
    name: "oauth, basic",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client },
    answers: { "": ok, "/token": token },
  },
  {
    name: "oauth, post",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client, oauthAuthMethod: "client_secret_post" },
    answers: { "": ok, "/token": token },
  },
  {
    name: "oauth with an audience",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client, oauthAudience: "https://x" },
    since: [2, 0, 0],
    answers: { "": ok, "/token": token },
  },
  {
    name: "oauth, refused client",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client },
    answers: { "": ok, "/token": always(401, `{"error":"invalid_client","error_description":"who?"}`) },
  },
  {
    name: "oauth, wrong address",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client },
    answers: { "": ok, "/token": always(404, "no") },
  },
  {
    name: "oauth, nothing in the answer",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client },
    answers: { "": ok, "/token": always(200, "{}") },
  },
  {
    name: "oauth, refused token",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client },
    answers: { "": always(401), "/token": token },
  },
  {
    name: "oauth, hang up",
    type: "http",
    written: { authMethod: "oauth2-cc", ...client },
    answers: { "": (_, response) => response.destroy(), "/token": token },
  },
];

export const comparisonCases: readonly ComparisonCase[] = Object.entries({
  statuses,
  redirects,
  keywords,
  bodies,
  requests,
  failures,
  logins,
}).flatMap(([group, cases]) => cases.map((one) => ({ ...one, name: `${group}: ${one.name}` })));

export { ok as defaultAnswer };
