/**
 * The administrator's part of Open WebUI's HTTP API, release by release
 * (docs/upstream/open-webui.md#setting-up-an-account).
 */
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { holds } from "../facts/facts-by-release.ts";
import { ask, type ServiceAnswer, type Question } from "../../requests/ask.ts";
import { detailOf } from "../requests/refusal.ts";
import type { ServicePort } from "../../requests/port.ts";
import { OpenWebUIError } from "./open-webui-error.ts";
import { refusalError } from "./refusal-error.ts";

/** Requests with one token. */
export interface AccountApi {
  get(path: string): Promise<Json>;
  post(path: string, body: Json): Promise<Json>;
  /** Undefined if it does not exist; older routes answer 401 instead of 404. */
  getUnlessMissing(path: string): Promise<Json | undefined>;
}

/** `token` is a session token or a key. */
export function openAccountApi(port: ServicePort, url: string, token: string): AccountApi {
  const headers = { authorization: `Bearer ${token}` };
  const isKey = token.startsWith("sk-");
  const send = async (question: Question): Promise<Json> =>
    jsonOf(await ask(port, url, { ...question, headers }), question.path, { isKey });
  return {
    get: (path) => send({ path }),
    post: (path, body) => send({ path, body, method: "POST" }),
    getUnlessMissing: async (path) => {
      const answer = await ask(port, url, { path, headers });
      const isMissing = answer.type === "json" && (answer.status === 404 || isNotFound(answer));
      return isMissing ? undefined : jsonOf(answer, path, { isKey });
    },
  };
}

function isNotFound(answer: ServiceAnswer): boolean {
  return answer.type === "json" && answer.status === 401 && /could not find|not found/iu.test(detailOf(answer));
}

/** Throws OpenWebUIError with a message of kuma-sync's own, because the server's may quote what was sent. */
export function jsonOf(
  answer: ServiceAnswer,
  path: string,
  sent: { readonly isKey: boolean } = { isKey: false },
): Json {
  if (answer.type === "json" && answer.status >= 200 && answer.status < 300) return answer.json;
  if (answer.type === "unreachable")
    throw new OpenWebUIError("unreachable", `Open WebUI does not answer (${answer.code})`);
  const refusal = refusalError(answer, path, sent);
  if (refusal !== undefined) throw refusal;
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

export async function readPublicFacts(port: ServicePort, url: string): Promise<PublicFacts> {
  const version = jsonOf(await ask(port, url, { path: "/api/version" }), "/api/version");
  const config = jsonOf(await ask(port, url, { path: "/api/config" }), "/api/config");
  const text = isJsonObject(version) ? version["version"] : undefined;
  return {
    version: typeof text === "string" && /^v?\d+\.\d+[\w.+-]{0,40}$/u.test(text) ? text : undefined,
    isNew: isJsonObject(config) && config["onboarding"] === true,
  };
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
