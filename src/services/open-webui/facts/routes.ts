/**
 * The paths that Open WebUI answers itself. Every other request gets its web page with status 200, even a known path
 * with a trailing slash or another method (docs/upstream/open-webui.md#web-page-for-unknown-paths).
 */
import type { FactOfRelease } from "./facts-by-release.ts";

export interface Route {
  /** One method that works. Others are refused with 405 or, for GET and HEAD, answered with the page. */
  readonly method: "GET" | "POST";
  /** The subject of the route, which decides what rules apply. */
  readonly about: "health" | "models" | "provider" | "completion" | "other";
  /** What brought it, if it was not always there. */
  readonly since?: FactOfRelease;
}

const routes: Readonly<Record<string, Route>> = {
  "/health": { method: "GET", about: "health" },
  "/health/db": { method: "GET", about: "health" },
  "/ready": { method: "GET", about: "health", since: "ready" },
  "/api/version": { method: "GET", about: "other" },
  "/api/config": { method: "GET", about: "other" },
  "/api/usage": { method: "GET", about: "other" },
  "/api/models": { method: "GET", about: "models" },
  "/api/v1/models": { method: "GET", about: "models", since: "v1-aliases" },
  "/api/models/base": { method: "GET", about: "provider" },
  "/api/chat/completions": { method: "POST", about: "completion" },
  "/api/v1/chat/completions": { method: "POST", about: "completion", since: "v1-aliases" },
  "/openai/chat/completions": { method: "POST", about: "completion" },
  "/api/embeddings": { method: "POST", about: "other" },
};

const patterns: readonly (readonly [RegExp, Route])[] = [
  [/^\/openai\/models(\/\d+)?$/u, { method: "GET", about: "provider" }],
  [/^\/ollama\/api\/(tags|version|ps)(\/\d+)?$/u, { method: "GET", about: "provider" }],
  [/^\/ollama\/v1\/models(\/\d+)?$/u, { method: "GET", about: "provider" }],
];

/** The same route for all connections; undefined for a route that asks no single one. */
export function withoutNumber(path: string): string | undefined {
  const match = /^(\/openai\/models|\/ollama\/api\/(?:tags|version|ps)|\/ollama\/v1\/models)\/\d+\/*$/u.exec(path);
  return match?.[1];
}

/** Undefined for an unknown path; `isPage` says whether such a path gets the web page. */
export function routeOf(path: string): Route | undefined {
  if (Object.hasOwn(routes, path)) return routes[path];
  return patterns.find(([pattern]) => pattern.test(path))?.[1];
}

/** Open WebUI has more routes below these than are listed here, so an unknown path is not judged. */
const unlisted = /^\/(api\/v1|openai|ollama|ws|oauth|static|cache|api\/(chat|tasks|webhook|changelog|models))(\/|$)/u;

export function isPage(path: string): boolean {
  return routeOf(path) === undefined && path !== "/ollama/" && !unlisted.test(path);
}
