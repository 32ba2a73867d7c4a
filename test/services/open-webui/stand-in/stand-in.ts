/**
 * A stand-in that keeps Open WebUI's rules release by release: accounts, keys, permissions, the allow-list, groups, grants,
 * model lists and completions. Written from what was seen of running releases; none of Open WebUI's code.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "../../../../src/model/json.ts";
import { accountRoutes, adminRoutes, groupRoute, openRoutes } from "./account-routes.ts";
import { authenticate, refuseEarly } from "./authenticate.ts";
import { ofConnection, ollamaVersion } from "./provider-routes.ts";
import { grantRoute, modelAdminRoutes, modelAliases, modelRoutes } from "./model-routes.ts";
import { crashed, detail, page, prohibited, type Reply, type Request, type UserRequest } from "./reply.ts";
import { does, newState, type State } from "./state.ts";

export interface OpenWebUIStandIn {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly state: State;
  /** `METHOD /path` of each request, oldest first. */
  readonly requests: string[];
  /** `METHOD /path` of requests that fail with status 500. */
  readonly failures: string[];
  stop(): Promise<void>;
}

export async function startOpenWebUI(version: string): Promise<OpenWebUIStandIn> {
  const state = newState(version);
  const requests: string[] = [];
  const failures: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((request) => {
      requests.push(`${request.method} ${request.path}`);
      if (state.proxy === "login") {
        outgoing.writeHead(302, { location: "https://login.example.test/start?rd=%2F" }).end();
        return;
      }
      const isFailing = failures.includes(`${request.method} ${request.path}`);
      const given = isFailing ? crashed : answer(state, request);
      const [status, body, type, more] = state.proxy === "page" ? ([200, page] as const) : given;
      const isText = typeof body === "string";
      outgoing.writeHead(status, {
        "content-type": type ?? (isText ? "text/html; charset=utf-8" : "application/json"),
        ...more,
      });
      outgoing.end(isText && type !== "application/json" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    requests,
    failures,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://stand-in");
  const text = Buffer.concat(chunks).toString("utf8");
  const { headers, method = "GET" } = incoming;
  return { method, path: pathname, query: searchParams, headers, body: parsed(text) };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function answer(state: State, given: Request): Reply {
  const { authorization: _, ...others } = given.headers;
  const request = state.proxy === "eats-authorization" ? { ...given, headers: others } : given;
  const early = refuseEarly(state, request);
  if (early !== undefined) return early;
  const open = publicReply(state, request);
  if (open !== undefined) return open;
  const route = routeOf(state, request);
  // The page is mounted last and takes what no route took, a known path with the wrong method included.
  if (route === undefined) {
    const isRead = request.method === "GET" || request.method === "HEAD";
    return isRead ? [200, page] : detail(405, "Method Not Allowed");
  }
  if (state.isDatabaseDown) return crashed;
  const allowed = authenticate(state, request);
  if (!("user" in allowed)) return allowed;
  if (route.needsAdmin && allowed.user.role !== "admin") return detail(401, prohibited);
  return route.reply(state, { ...request, ...allowed });
}

function publicReply(state: State, request: Request): Reply | undefined {
  const { version } = state;
  switch (`${request.method} ${request.path}`) {
    case "GET /health":
      return [200, { status: true }];
    case "GET /health/db":
      return state.isDatabaseDown ? [500, "Internal Server Error", "text/plain"] : [200, { status: true }];
    case "GET /ready":
      if (!does(state, "ready")) return undefined;
      return state.isDatabaseDown ? detail(503, "Database not ready") : [200, { status: true }];
    case "GET /api/version":
      return [200, does(state, "deployment-id") ? { version, deployment_id: "" } : { version }];
    case "GET /api/config":
      return [
        200,
        {
          ...(state.users.length === 0 ? { onboarding: true } : {}),
          status: true,
          name: "Open WebUI",
          version,
          features: {},
        },
      ];
    case "GET /ollama/api/version":
      return does(state, "ollama-version-needs-login") ? undefined : ollamaVersion(state);
    default:
      return openRoutes[`${request.method} ${request.path}`]?.(state, request);
  }
}

interface Route {
  readonly needsAdmin: boolean;
  reply(state: State, request: UserRequest): Reply;
}

function routeOf(state: State, { method, path }: Request): Route | undefined {
  const asked = `${method} ${path}`;
  const name = does(state, "v1-aliases") ? (modelAliases[asked] ?? asked) : asked;
  const own = accountRoutes[name] ?? modelRoutes[name];
  if (own !== undefined) return { needsAdmin: false, reply: own };
  const isGrant = name === "POST /api/v1/models/model/access/update" && does(state, "grants-in-a-list");
  const forAdmin = adminRoutes[name] ?? modelAdminRoutes[name] ?? (isGrant ? grantRoute : undefined);
  if (forAdmin !== undefined) return { needsAdmin: true, reply: forAdmin };
  const numbered = /^GET (\/openai\/models|\/ollama\/api\/(?:tags|version))\/(\d+)$/u.exec(name);
  if (numbered !== null) {
    const [, list = "", number] = numbered;
    return {
      needsAdmin: does(state, "numbers-need-administrator"),
      reply: (now) => ofConnection(now, list, Number(number)),
    };
  }
  if (!path.startsWith("/api/v1/groups/id/")) return undefined;
  return {
    needsAdmin: true,
    reply: (current, request) => groupRoute(current, request) ?? detail(405, "Method Not Allowed"),
  };
}
