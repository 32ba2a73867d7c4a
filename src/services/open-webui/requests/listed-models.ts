/** Reads models from /api/models and from the lists of the providers. */
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Provider } from "../block/written.ts";
import type { ServiceAnswer } from "./ask.ts";

export interface ListedModel {
  readonly id: string;
  /** `none` for pipe functions, presets and the arena, which no provider lists. */
  readonly provider: Provider;
  /** For the arena: a random other model answers. */
  readonly isArena: boolean;
}

/** Undefined if the answer is not a list. */
export function listedModels(answer: ServiceAnswer): readonly ListedModel[] | undefined {
  return items(answer, "data")?.flatMap((item) => {
    const { id } = item;
    if (typeof id !== "string") return [];
    return [{ id, provider: providerOf(item), isArena: item["arena"] === true || item["owned_by"] === "arena" }];
  });
}

/** The ids of a provider's own list: `data[].id` of /openai/models, `models[].model` of /ollama/api/tags. */
export function liveIds(answer: ServiceAnswer, provider: "openai" | "ollama"): ReadonlySet<string> | undefined {
  const [list, name] = provider === "openai" ? (["data", "id"] as const) : (["models", "model"] as const);
  const found = items(answer, list);
  return found === undefined
    ? undefined
    : new Set(found.flatMap((item) => (typeof item[name] === "string" ? [item[name]] : [])));
}

/** A preset inherits the `owned_by` of its base model, so models that no provider lists are recognised first. */
function providerOf(item: JsonObject): Provider {
  const isOwn =
    item["pipe"] !== undefined || item["preset"] === true || item["arena"] === true || item["owned_by"] === "arena";
  if (isOwn) return "none";
  return item["owned_by"] === "ollama" ? "ollama" : "openai";
}

function items(answer: ServiceAnswer, name: string): readonly JsonObject[] | undefined {
  if (answer.type !== "json" || answer.status !== 200 || !isJsonObject(answer.json)) return undefined;
  const list: Json | undefined = answer.json[name];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : undefined;
}
