/** Reads models from /api/models and from the lists of the providers. */
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Provider } from "../block/written.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";

export interface ListedModel {
  readonly id: string;
  /** `none` for pipe functions, presets and the arena, which no provider lists. */
  readonly provider: Provider;
  /** For the arena: a random other model answers. */
  readonly isArena: boolean;
  /** As of `LiveModel`. */
  readonly isManual: boolean;
}

/** Undefined if the answer is not a list. */
export function listedModels(answer: ServiceAnswer): readonly ListedModel[] | undefined {
  return items(answer, "data")?.flatMap((item) => {
    const { id } = item;
    if (typeof id !== "string") return [];
    const provider = providerOf(item);
    const isArena = item["arena"] === true || item["owned_by"] === "arena";
    return [{ id, provider, isArena, isManual: provider === "openai" && isManual(item) }];
  });
}

export interface LiveModel {
  readonly id: string;
  /**
   * The id was written in the connection, so that the provider is not asked: what only the provider knows is missing
   * (docs/upstream/open-webui.md#when-providers-are-down).
   */
  readonly isManual: boolean;
}

/** A provider's own list: `data` of /openai/models, `models` of /ollama/api/tags. */
export function liveModels(answer: ServiceAnswer, provider: "openai" | "ollama"): readonly LiveModel[] | undefined {
  const [list, name] = provider === "openai" ? (["data", "id"] as const) : (["models", "model"] as const);
  return items(answer, list)?.flatMap((item) => {
    const id = item[name];
    if (typeof id !== "string") return [];
    return [{ id, isManual: provider === "openai" && isManual(item) }];
  });
}

function isManual({ object, created }: JsonObject): boolean {
  return object === undefined && created === undefined;
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
