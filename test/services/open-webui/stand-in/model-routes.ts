/** Model lists, rows, grants and completions (sections 2 and 3 of our notes on Open WebUI's HTTP API). */
import { isJsonObject, type Json, type JsonObject } from "../../../../src/model/json.ts";
import { formOf, textOf } from "./account-routes.ts";
import { failedCompletion, liveModels, ollamaVersion, refuseDisabled } from "./provider-routes.ts";
import { detail, notFound, prohibited, type Reply, type UserRequest } from "./reply.ts";
import { does, groupsOf, type ListedModel, type State, type User } from "./state.ts";

type Keyed = (state: State, request: UserRequest) => Reply;

export const modelRoutes: Readonly<Record<string, Keyed>> = {
  "GET /api/models": listModels,
  "GET /openai/models": (state, { user }) =>
    refuseDisabled(state, "openai") ?? [
      200,
      { data: visible(state, liveModels(state, "openai"), user).map((model) => openaiItem(state, model)) },
    ],
  "GET /ollama/api/tags": (state, { user }) =>
    refuseDisabled(state, "ollama") ?? [
      200,
      { models: visible(state, liveModels(state, "ollama"), user).map(({ id }) => ({ name: id, model: id })) },
    ],
  "GET /ollama/api/version": ollamaVersion,
  "GET /api/v1/models/model": (state, { query, user }) => {
    const id = query.get("id") ?? "";
    const row = state.rows.get(id);
    if (row === undefined) return detail(does(state, "missing-model-is-404") ? 404 : 401, notFound);
    return mayRead(state, id, user) ? [200, row] : detail(401, prohibited);
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

function listModels(state: State, { user, query }: UserRequest): Reply {
  const isRefresh = /^(?:true|1|yes|on)$/iu.test(query.get("refresh") ?? "");
  if (isRefresh && does(state, "refresh-empties-list")) state.lastList = [];
  const live = liveOf(state);
  const isStale = live.length === 0 && does(state, "stale-model-list");
  const base = isStale ? state.lastList : live;
  state.lastList = base;
  const fresh = base.length === 0 ? base : [...base, ...presetsOf(state)];
  state.known = { listed: fresh, live };
  // Until 0.9 an empty list was answered before the arena was added; later releases add it to the stale one too.
  const hasArena = user.role === "admin" && fresh.length > 0 && !does(state, "no-arena-by-default");
  const arena = hasArena ? [{ id: "arena-model", owned_by: "arena", arena: true }] : [];
  return [200, { data: [...visible(state, fresh, user).map((model) => modelItem(state, model)), ...arena] }];
}

function liveOf(state: State): readonly ListedModel[] {
  return [...liveModels(state, "openai"), ...liveModels(state, "ollama")];
}

/** Their base model need not be listed. */
function presetsOf({ rows }: State): readonly ListedModel[] {
  return [...rows].flatMap(([id, row]) =>
    typeof row["base_model_id"] === "string" ? [{ id, provider: "openai", isPreset: true }] : [],
  );
}

function visible(state: State, models: readonly ListedModel[], user: User): readonly ListedModel[] {
  return models.filter(({ id }) => mayRead(state, id, user));
}

/** Without a row nobody but an administrator sees a model. */
function mayRead(state: State, id: string, user: User): boolean {
  if (user.role === "admin") return true;
  const row = state.rows.get(id);
  if (row === undefined) return false;
  const groups = groupsOf(state, user).map((group) => group.id);
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

function modelItem({ providers }: State, { id, provider, isPreset }: ListedModel): JsonObject {
  if (isPreset === true) return { id, name: id, object: "model", owned_by: provider, preset: true };
  const asked = provider === "openai" && providers.openai.hasManualIds ? {} : { object: "model" };
  const own = provider === "openai" ? { id } : { name: id, model: id };
  return { id, name: id, ...asked, owned_by: provider, [provider]: own };
}

/** Without what only the provider could tell, if the ids are written in the connection. */
function openaiItem({ providers }: State, { id }: ListedModel): JsonObject {
  const asked = providers.openai.hasManualIds ? {} : { object: "model", created: 1_721_172_741 };
  return { id, name: id, ...asked, owned_by: "openai", openai: { id }, connection_type: "external", urlIdx: 0 };
}

function complete(state: State, { body, user }: UserRequest): Reply {
  if (!isJsonObject(body))
    return [422, { detail: [{ type: "json_invalid", loc: ["body"], msg: "JSON decode error" }] }];
  state.known ??= { listed: liveOf(state), live: liveOf(state) };
  const { listed, live } = state.known;
  const model = listed.find(({ id }) => id === body["model"]);
  if (does(state, "completions-always-fail")) return detail(400, "'NoneType' object has no attribute 'startswith'");
  if (model === undefined || !mayRead(state, model.id, user)) return detail(400, "Model not found");
  if (!live.some(({ id }) => id === model.id)) {
    const words = `Model '${model.provider === "openai" ? "" : model.id}' was not found`;
    const isKept = model.provider === "openai" && does(state, "errors-keep-their-status");
    return detail(isKept ? 404 : 400, words);
  }
  const failed = failedCompletion(state, model.provider);
  if (failed !== undefined) return failed;
  return [
    200,
    {
      model: model.id,
      choices: [{ index: 0, message: { role: "assistant", content: state.reply }, finish_reason: "stop" }],
    },
  ];
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}
