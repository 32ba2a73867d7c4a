/**
 * The administrator's part of Open WebUI's HTTP API, release by release
 * (docs/upstream/open-webui.md#setting-up-an-account).
 */
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { holds } from "../facts/facts-by-release.ts";
import { ask, type ServiceAnswer, type Question } from "../requests/ask.ts";
import { detailOf } from "../requests/refusal.ts";
import { OpenWebUIError } from "./open-webui-error.ts";
import type { OpenWebUIPort } from "../requests/port.ts";
import type { AccountWish } from "./account-plan.ts";

/** Requests with one token. */
export interface AccountApi {
  get(path: string): Promise<Json>;
  post(path: string, body: Json): Promise<Json>;
  /** Undefined if it does not exist; older routes answer 401 instead of 404. */
  getUnlessMissing(path: string): Promise<Json | undefined>;
}

export function openAccountApi(port: OpenWebUIPort, url: string, token: string): AccountApi {
  const headers = { authorization: `Bearer ${token}` };
  const send = async (question: Question): Promise<Json> =>
    jsonOf(await ask(port, url, { ...question, headers }), question.path);
  return {
    get: (path) => send({ path }),
    post: (path, body) => send({ path, body, method: "POST" }),
    getUnlessMissing: async (path) => {
      const answer = await ask(port, url, { path, headers });
      const isMissing = answer.type === "json" && (answer.status === 404 || isNotFound(answer));
      return isMissing ? undefined : jsonOf(answer, path);
    },
  };
}

function isNotFound(answer: ServiceAnswer): boolean {
  return answer.type === "json" && answer.status === 401 && /could not find|not found/iu.test(detailOf(answer));
}

/** Throws OpenWebUIError with a message of kuma-sync's own, because the server's may quote what was sent. */
function jsonOf(answer: ServiceAnswer, path: string): Json {
  if (answer.type === "json" && answer.status >= 200 && answer.status < 300) return answer.json;
  if (answer.type === "unreachable")
    throw new OpenWebUIError("unreachable", `Open WebUI does not answer (${answer.code})`);
  const isAuth = answer.status === 401 || answer.status === 403;
  if (isAuth && detailOf(answer) !== "") {
    throw new OpenWebUIError(
      "not-an-administrator",
      `${path} is refused with status ${answer.status}`,
      "use the account of an administrator",
    );
  }
  const hint = answer.type === "page" ? "this release may not have it, or a login stands in front" : undefined;
  throw new OpenWebUIError(
    "rejected",
    `${path} is answered with status ${answer.status}, which was not expected`,
    hint,
  );
}

export interface PublicFacts {
  readonly version: string | undefined;
  /** The instance has no users yet. */
  readonly isNew: boolean;
}

export async function readPublicFacts(port: OpenWebUIPort, url: string): Promise<PublicFacts> {
  const version = jsonOf(await ask(port, url, { path: "/api/version" }), "/api/version");
  const config = jsonOf(await ask(port, url, { path: "/api/config" }), "/api/config");
  const text = isJsonObject(version) ? version["version"] : undefined;
  return {
    version: typeof text === "string" && /^v?\d+\.\d+[\w.+-]{0,40}$/u.test(text) ? text : undefined,
    isNew: isJsonObject(config) && config["onboarding"] === true,
  };
}

/** Returns the session token. Throws OpenWebUIError "wrong-password" or "password-login-off". */
export async function signIn(
  port: OpenWebUIPort,
  url: string,
  who: { readonly email: string; readonly password: string },
): Promise<string> {
  const { email, password } = who;
  const answer = await ask(port, url, { path: "/api/v1/auths/signin", body: { email, password } });
  if (answer.type === "json" && answer.status === 400) {
    throw new OpenWebUIError("wrong-password", `Open WebUI does not take the password of ${email}`);
  }
  if (answer.type === "json" && answer.status === 403) {
    throw new OpenWebUIError("password-login-off", "Open WebUI takes no passwords", "give the key of an administrator");
  }
  if (answer.type === "json" && answer.status === 429) {
    throw new OpenWebUIError("rejected", `too many sign-ins as ${email}`, "wait three minutes");
  }
  return tokenOf(jsonOf(answer, "/api/v1/auths/signin"));
}

/** The first user of an instance becomes its administrator. */
export async function signUp(
  port: OpenWebUIPort,
  url: string,
  who: { readonly email: string; readonly password: string },
): Promise<string> {
  const body = { name: "Administrator", email: who.email, password: who.password };
  return tokenOf(jsonOf(await ask(port, url, { path: "/api/v1/auths/signup", body }), "/api/v1/auths/signup"));
}

export async function adminToken(port: OpenWebUIPort, { url, admin }: AccountWish): Promise<string> {
  return "token" in admin ? admin.token : signIn(port, url, admin);
}

export function tokenOf(json: Json): string {
  const token = isJsonObject(json) ? json["token"] : undefined;
  if (typeof token === "string") return token;
  throw new OpenWebUIError("rejected", "Open WebUI gave no session");
}

/** The names of the settings, and their defaults, changed in 0.6.37. */
export function keySettings(version: string | undefined): {
  readonly enable: "ENABLE_API_KEYS" | "ENABLE_API_KEY";
  readonly restrict: string;
  readonly allowed: string;
} {
  return holds("keys-renamed", version) === false
    ? {
        enable: "ENABLE_API_KEY",
        restrict: "ENABLE_API_KEY_ENDPOINT_RESTRICTIONS",
        allowed: "API_KEY_ALLOWED_ENDPOINTS",
      }
    : {
        enable: "ENABLE_API_KEYS",
        restrict: "ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS",
        allowed: "API_KEYS_ALLOWED_ENDPOINTS",
      };
}

/** A list, or the list under `users`: the shape of the user list changed. */
export function listIn(json: Json | undefined): readonly JsonObject[] {
  const list = isJsonObject(json) ? json["users"] : json;
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}

export function memberText(object: JsonObject | undefined, name: string): string {
  const value = object?.[name];
  return typeof value === "string" ? value : "";
}
