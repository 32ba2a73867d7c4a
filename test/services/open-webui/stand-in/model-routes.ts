/** Model lists, rows, grants and completions (sections 2 and 3 of our notes on Open WebUI's HTTP API). */
import { isJsonObject, type Json, type JsonObject } from "../../../../src/model/json.ts";
import { formOf, textOf } from "./account-routes.ts";
import { detail, notFound, type Reply, type UserRequest } from "./reply.ts";
import { does, type ListedModel, type State, type User } from "./state.ts";

type Keyed = (state: State, request: UserRequest) => Reply;

export const modelRoutes: Readonly<Record<string, Keyed>> = {
  "GET /api/models": listModels,
  "GET /openai/models": (state, { user }) => [200, { data: liveModels(state, "openai", user).map(modelItem) }],
  "GET /openai/models/0": (state, { user }) =>
    state.providers.openai.isUp
      ? [200, { data: liveModels(state, "openai", user).map(modelItem) }]
      : detail(500, "Open WebUI: Server Connection Error"),
  "GET /ollama/api/tags": (state, { user }) => [
    200,
    { models: liveModels(state, "ollama", user).map(({ id }) => ({ name: id, model: id })) },
  ],
  "GET /ollama/api/version": (state) =>
    state.providers.ollama.isUp ? [200, { version: "0.12.3" }] : detail(500, "WebUI could not connect to Ollama"),
  "GET /api/v1/models/model": (state, { query }) => {
    const row = state.rows.get(query.get("id") ?? "");
    return row === undefined ? detail(401, notFound) : [200, row];
  },
  "POST /api/chat/completions": complete,
};

/** From 0.6.22 on the same under /api/v1. */
export const modelAliases: Readonly<Record<string, string>> = {
  "GET /api/v1/models": "GET /api/models",
  "POST /api/v1/chat/completions": "POST /api/chat/completions",
};

export const modelAdminRoutes: Readonly<Record<string, Keyed>> = {
  "POST /api/v1/models/create": (state, { body }) => {
    const form = formOf(body);
    const id = textOf(form["id"]);
    if (state.rows.has(id))
      return detail(401, "Uh-oh! This model id is already registered. Please choose another model id string.");
    state.rows.set(id, form);
    return [200, form];
  },
  "POST /api/v1/models/model/update": (state, { body, query }) => {
    const id = query.get("id") ?? "";
    if (!state.rows.has(id)) return detail(401, notFound);
    const form = formOf(body);
    state.rows.set(id, form);
    return [200, form];
  },
};

/** Replaces the grants, and makes the row when there is none. From 0.8.0 on. */
export const grantRoute: Keyed = (state, { body }) => {
  const form = formOf(body);
  const id = textOf(form["id"]);
  const row = { base_model_id: null, name: id, ...state.rows.get(id), ...form };
  state.rows.set(id, row);
  return [200, row];
};

function listModels(state: State, { user }: UserRequest): Reply {
  const all = (["openai", "ollama"] as const).flatMap((provider) => live(state, provider));
  const isStale = all.length === 0 && does(state, "stale-model-list");
  const fresh = isStale ? state.lastList : all;
  state.lastList = fresh;
  // Until 0.9 an empty list was answered before the arena was added; later releases add it to the stale one too.
  const arena =
    user.role === "admin" && fresh.length > 0 ? [{ id: "arena-model", owned_by: "arena", arena: true }] : [];
  return [200, { data: [...visible(state, fresh, user).map(modelItem), ...arena] }];
}

function live(state: State, provider: "openai" | "ollama"): readonly ListedModel[] {
  const { isUp, models } = state.providers[provider];
  return isUp ? models.map((id) => ({ id, provider })) : [];
}

function liveModels(state: State, provider: "openai" | "ollama", user: User): readonly ListedModel[] {
  return visible(state, live(state, provider), user);
}

function visible(state: State, models: readonly ListedModel[], user: User): readonly ListedModel[] {
  return models.filter(({ id }) => mayRead(state, id, user));
}

/** Without a row nobody but an administrator sees a model. */
function mayRead(state: State, id: string, user: User): boolean {
  if (user.role === "admin") return true;
  const row = state.rows.get(id);
  if (row === undefined) return false;
  const groups = state.groups.filter(({ userIds }) => userIds.includes(user.id)).map((group) => group.id);
  if (does(state, "grants-in-a-list")) {
    return list(row["access_grants"]).some(
      (grant) =>
        grant["permission"] === "read" &&
        (grant["principal_type"] === "group"
          ? groups.includes(textOf(grant["principal_id"]))
          : grant["principal_id"] === "*" || grant["principal_id"] === user.id),
    );
  }
  const control = row["access_control"] ?? null;
  if (!isJsonObject(control)) return true;
  const read = isJsonObject(control["read"]) ? control["read"] : {};
  const ids: Json = read["group_ids"] ?? [];
  return Array.isArray(ids) && (ids as readonly Json[]).some((group) => groups.includes(textOf(group)));
}

function modelItem({ id, provider }: ListedModel): JsonObject {
  return { id, name: id, object: "model", owned_by: provider, [provider]: { id } };
}

function complete(state: State, { body, user }: UserRequest): Reply {
  if (!isJsonObject(body))
    return [422, { detail: [{ type: "json_invalid", loc: ["body"], msg: "JSON decode error" }] }];
  const model = (["openai", "ollama"] as const)
    .flatMap((provider) => state.providers[provider].models.map((id) => ({ id, provider })))
    .find(({ id }) => id === body["model"]);
  if (does(state, "completions-always-fail")) return detail(400, "'NoneType' object has no attribute 'startswith'");
  if (model === undefined || !mayRead(state, model.id, user)) return detail(400, "Model not found");
  if (!state.providers[model.provider].isUp) return failed(state, model);
  return [
    200,
    {
      model: model.id,
      choices: [{ index: 0, message: { role: "assistant", content: state.reply }, finish_reason: "stop" }],
    },
  ];
}

/** A provider that cannot be reached. */
function failed(state: State, { provider }: ListedModel): Reply {
  if (does(state, "completions-answer-null")) return [200, null];
  return detail(
    400,
    provider === "openai" ? "Open WebUI: Server Connection Error" : "Ollama: Cannot connect to host 127.0.0.1:11434",
  );
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}
