/** What Open WebUI passes on of its providers: their lists, their versions, their completions. */
import { isJsonObject, parseJson, type Json, type JsonObject } from "../../../../src/model/json.ts";
import { crashed, detail, type Reply } from "./reply.ts";
import { does, type ListedModel, type Provider, type ProviderFault, type State } from "./state.ts";

type Kind = ListedModel["provider"];

/** The models of a provider now. It is not asked if the ids are written in its connection. */
export function liveModels(state: State, kind: Kind): readonly ListedModel[] {
  const { isUp, isEnabled, hasManualIds, list, models } = state.providers[kind];
  const isListed = isEnabled && (hasManualIds || (isUp && list === undefined));
  return isListed ? models.map((id) => ({ id, provider: kind })) : [];
}

/** Undefined if the lists of such providers are answered at all. */
export function refuseDisabled(state: State, kind: Kind): Reply | undefined {
  if (state.providers[kind].isEnabled || !does(state, "disabled-apis-refuse")) return undefined;
  return kind === "openai"
    ? detail(503, "OpenAI API is disabled")
    : detail(503, "The Ollama API is disabled. Please enable it to use this feature.");
}

/** 0.12.4 fails on a version that has no number. */
export function ollamaVersion({ providers: { ollama } }: State): Reply {
  if (!ollama.isEnabled) return [200, { version: false }];
  if (!ollama.isUp || ollama.version?.type === "drop") return detail(500, "WebUI could not connect to Ollama");
  return ollama.version === undefined ? [200, { version: "0.12.3" }] : crashed;
}

/** The list or the version of one connection, by its number. There is one of each kind. */
export function ofConnection(state: State, path: string, number: number): Reply {
  const kind = path.startsWith("/openai") ? "openai" : "ollama";
  const { isUp, list } = state.providers[kind];
  if (number > 0) return crashed;
  if (!isUp || list !== undefined) {
    return detail(500, kind === "openai" ? "Open WebUI: Server Connection Error" : "Ollama: Cannot connect to host");
  }
  if (path.endsWith("version")) return ollamaVersion(state);
  const ids = liveModels(state, kind).map(({ id }) => id);
  if (kind === "openai") return [200, { object: "list", data: ids.map((id) => ({ id, object: "model" })) }];
  return [200, { models: ids.map((id) => ({ name: id, model: id })) }];
}

/** A completion of a provider that does not give one; undefined if it does. */
export function failedCompletion(state: State, kind: Kind): Reply | undefined {
  const { isUp, completion }: Provider = state.providers[kind];
  if (!isUp || completion?.type === "drop") return unreachable(state, kind, isUp);
  return completion === undefined ? undefined : passedOn(state, kind, completion);
}

function unreachable(state: State, kind: Kind, isUp: boolean): Reply {
  if (does(state, "completions-answer-null")) return [200, null];
  const status = does(state, "errors-keep-their-status") ? 500 : 400;
  if (kind === "openai") return detail(status, "Open WebUI: Server Connection Error");
  return detail(status, `Ollama: ${isUp ? "Server disconnected" : "Cannot connect to host 127.0.0.1:11434"}`);
}

function passedOn(state: State, kind: Kind, { status, body, contentType, headers }: ReplyFault): Reply {
  const json = contentType.includes("json") ? parseJson(body) : undefined;
  if (status < 400) return succeeded(kind, json ?? null, contentType.includes("json"), body);
  const keepsStatus = does(state, "errors-keep-their-status") || (kind === "openai" && does(state, "errors-passed-on"));
  // Whatever it was, it is passed on as plain text; of Ollama only the status is, and before 0.12 not even that.
  if (!contentType.includes("json")) {
    if (kind === "openai") return [status, body, "text/plain; charset=utf-8", headers];
    return detail(keepsStatus ? status : 400, "Open WebUI: Server Connection Error", keepsStatus ? headers : undefined);
  }
  if (!keepsStatus) {
    return does(state, "completions-answer-null") ? [200, null] : detail(400, messageOf(json));
  }
  return kind === "openai"
    ? [status, json ?? null, "application/json", headers]
    : detail(status, messageOf(json), headers);
}

type ReplyFault = Extract<ProviderFault, { type: "reply" }>;

/** An OpenAI-type provider's answer is passed on whatever it is; Ollama's is rebuilt. */
function succeeded(kind: Kind, json: Json, isJson: boolean, text: string): Reply {
  if (kind === "openai") return isJson ? [200, json] : [200, text, "application/json"];
  return isJsonObject(json) ? [200, rebuilt(json)] : detail(400, "'NoneType' object has no attribute 'get'");
}

function rebuilt(json: JsonObject): JsonObject {
  const { message } = json;
  const content = isJsonObject(message) ? (message["content"] ?? "") : "";
  return { model: json["model"] ?? "", choices: [{ index: 0, message: { role: "assistant", content } }] };
}

function messageOf(json: Json | undefined): string {
  const error = isJsonObject(json) ? json["error"] : undefined;
  const text = isJsonObject(error) ? error["message"] : error;
  return typeof text === "string" ? text : "";
}
