/**
 * Models as Open WebUI lists them, recorded from 0.11.0 and changed to what older releases send
 * (docs/upstream/open-webui.md#shape-of-a-listed-model).
 */
import type { Json, JsonObject } from "../../../model/json.ts";
import { holds } from "../facts/facts-by-release.ts";
import { guessProvider } from "../block/watched-model.ts";

const listed = 1_785_900_000;
const reader = "00000000-0000-4000-8000-000000000001";

/** An entry of `/api/models` for an account that may read the model. */
export function visibleModel(id: string, version: string | undefined): JsonObject {
  const entry = guessProvider(id) === "ollama" ? ollamaModel(id, version) : openaiModel(id);
  return {
    ...entry,
    info: {
      id,
      user_id: reader,
      base_model_id: null,
      name: id,
      meta: { profile_image_url: null, description: null, capabilities: null, knowledge: null },
      ...grants(id, version),
      is_active: true,
      updated_at: listed,
      created_at: listed,
    },
    actions: [],
    filters: [],
    tags: [],
  };
}

/** An entry of `/openai/models`. */
export function openaiModel(id: string): JsonObject {
  const own = { id, object: "model", created: 1_721_172_741, connection_type: "external" };
  return { ...own, owned_by: "openai", name: id, openai: { ...own, owned_by: "system" }, provider: "", urlIdx: 0 };
}

/** An entry of `/ollama/api/tags`. */
export function ollamaTag(id: string): JsonObject {
  return {
    name: id,
    model: id,
    modified_at: "2026-07-01T10:00:00.000000000Z",
    size: 4_920_753_328,
    digest: "46e0c10c039e019119339687c3c1757cc81b9da49709a3b3924863ba87ca666e",
    details: { parent_model: "", format: "gguf", parameter_size: "8.0B", quantization_level: "Q4_K_M" },
    connection_type: "local",
    urls: [0],
  };
}

function ollamaModel(id: string, version: string | undefined): JsonObject {
  return {
    id,
    name: id,
    object: "model",
    created: holds("ollama-created-is-zero", version) === false ? listed : 0,
    owned_by: "ollama",
    ollama: ollamaTag(id),
    ...(holds("loaded-is-listed", version) === false ? {} : { loaded: false }),
    connection_type: "local",
  };
}

function grants(id: string, version: string | undefined): JsonObject {
  // `null` meant public.
  if (holds("grants-in-a-list", version) === false) return { access_control: null };
  const grant = { resource_type: "model", resource_id: id, principal_type: "user", principal_id: "*" };
  return { access_grants: [{ id: reader, ...grant, permission: "read", created_at: listed }] };
}

/** Needs no provider: it is what remains of a list when all providers are gone. */
export const arenaModel: JsonObject = {
  id: "arena-model",
  name: "Arena Model",
  info: { meta: { description: "Submit your questions to anonymous AI chatbots.", model_ids: null } },
  object: "model",
  created: 0,
  owned_by: "arena",
  arena: true,
  actions: [],
  filters: [],
  tags: [],
} satisfies Readonly<Record<string, Json>>;
