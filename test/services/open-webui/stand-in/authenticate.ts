/** Who is asking, by the rules of the release (section 4 of our notes on Open WebUI's HTTP API). */
import { isAllowed, parseAllowList } from "../../../../src/services/open-webui/facts/endpoints.ts";
import { isJsonObject } from "../../../../src/model/json.ts";
import { detail, keysNotEnabled, prohibited, type Reply, type Request } from "./reply.ts";
import { does, groupsOf, keySetting, type State, type User } from "./state.ts";

/** What refuses a request before any route is looked for, /health included; undefined lets it pass. */
export function refuseEarly(state: State, { headers, path }: Request): Reply | undefined {
  const { authorization } = headers;
  if (authorization === undefined || !does(state, "allow-list-covers-all-paths")) return undefined;
  const parts = authorization.split(" ");
  if (parts.length !== 2 && does(state, "bad-header-is-500"))
    return [500, "Internal Server Error", "text/plain; charset=utf-8"];
  const isKey = parts[0]?.toLowerCase() === "bearer" && parts[1]?.startsWith("sk-") === true;
  return isKey && !isPathAllowed(state, path) ? detail(403, "API key not allowed to access this endpoint.") : undefined;
}

/** The user, whatever the role but pending; or why not. */
export function authenticate(state: State, request: Request): { readonly user: User; readonly isKey: boolean } | Reply {
  const token = tokenOf(state, request);
  if (token === undefined) return detail(does(state, "unsent-key-is-401") ? 401 : 403, "Not authenticated");
  const isKey = token.startsWith("sk-");
  const user = isKey ? byKey(state, token, request.path) : bySession(state, token);
  if (!("id" in user)) return user;
  return user.role === "pending" ? detail(401, prohibited) : { user, isKey };
}

function tokenOf(state: State, { headers }: Request): string | undefined {
  const own = headers["x-api-key"];
  if (typeof own === "string" && does(state, "x-api-key")) return own;
  const [scheme = "", token] = (headers.authorization ?? "").split(" ");
  if (token === undefined || token === "") return undefined;
  return scheme.toLowerCase() === "bearer" ? token : "basic";
}

function bySession(state: State, token: string): User | Reply {
  if (state.endedSessions.has(token)) return detail(401, "Invalid token");
  const id = state.sessions.get(token);
  return state.users.find((user) => user.id === id) ?? detail(401, "401 Unauthorized");
}

function byKey(state: State, key: string, path: string): User | Reply {
  const user = state.users.find(({ apiKey }) => apiKey === key);
  if (user === undefined) {
    return detail(401, "Your session has expired or the token is invalid. Please sign in again.");
  }
  if (keySetting(state, "enabled") !== true) return detail(403, keysNotEnabled);
  if (does(state, "keys-need-permission") && user.role !== "admin" && !mayUseKeys(state, user))
    return detail(403, keysNotEnabled);
  if (isPathAllowed(state, path)) return user;
  return detail(403, does(state, "own-words-for-endpoints") ? prohibited : keysNotEnabled);
}

export function mayUseKeys(state: State, user: User): boolean {
  return groupsOf(state, user).some(({ permissions }) => {
    const features = permissions?.["features"];
    return isJsonObject(features) && features["api_keys"] === true;
  });
}

function isPathAllowed(state: State, path: string): boolean {
  if (keySetting(state, "restricted") !== true) return true;
  return isAllowed(path, parseAllowList(keySetting(state, "allowed") as string));
}
