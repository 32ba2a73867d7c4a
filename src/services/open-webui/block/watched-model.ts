/** What a request to a model depends on. It is derived from the model's id unless the block says it. */
import type { JsonPointer } from "../../../model/json.ts";
import { modelKey, type NamedModel } from "../../blocks/model-keys.ts";
import { isReasoningModel } from "../../blocks/reasoning-models.ts";
import type { Provider, WrittenModel } from "./written.ts";

export interface WatchedModel extends NamedModel {
  readonly provider: Provider;
  /** Whether the model reasons before it answers, and needs more tokens for that. */
  readonly isReasoning: boolean;
}

export function watchedModel(written: string | WrittenModel, at: JsonPointer): WatchedModel {
  const { id, key, provider, reasoning } = typeof written === "string" ? { id: written } : written;
  return {
    id,
    key: key ?? modelKey(id),
    provider: provider ?? guessProvider(id),
    isReasoning: reasoning ?? isReasoningModel(id),
    at,
  };
}

/** Suffixes that OpenRouter appends to the ids of the models it sells; fine-tuned models of OpenAI start with `ft:`. */
const hostedId = /^ft:|\/.*:(free|beta|extended|thinking|nitro|floor|online|exacto)$/u;

/**
 * Open WebUI always lists Ollama models with their tag (docs/upstream/open-webui.md#shape-of-a-listed-model). Ids of
 * hosted models usually have no colon.
 */
export function guessProvider(id: string): Exclude<Provider, "none"> {
  return /^[^:]+:[^:/]+$/u.test(id) && !hostedId.test(id) ? "ollama" : "openai";
}

/** Names of Ollama's best-known models without the tag that their ids have. */
export function isBareOllamaName(id: string): boolean {
  return /^(llama[23](\.\d)?|mistral|mixtral|gemma[23]?|phi[34]?|qwen[23](\.5)?|deepseek-r1|codellama|tinyllama|llava|orca-mini|command-r)$/u.test(
    id,
  );
}
