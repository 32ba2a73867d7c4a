/** What has to be known about a model to ask for it rightly, told from its id unless it is written. */
import type { JsonPointer } from "../../../model/json.ts";
import type { Provider, WrittenModel } from "./written.ts";

export interface WatchedModel {
  readonly id: string;
  /** What the keys of its monitors end in. */
  readonly key: string;
  readonly provider: Provider;
  /** It thinks before it answers, and needs room for that. */
  readonly isReasoning: boolean;
  /** Where it is written, in its block. */
  readonly at: JsonPointer;
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

/**
 * `llama3.1:latest` becomes `llama3.1-latest`. It depends on this id alone: a key that moved when another model is
 * added would cost the history of its monitor.
 */
function modelKey(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9._-]+/gu, "-").replaceAll(/^-+|-+$/gu, "") || "model";
}

/** Suffixes that OpenRouter appends to the ids of the models it sells; fine-tuned models of OpenAI start with `ft:`. */
const hostedId = /^ft:|\/.*:(free|beta|extended|thinking|nitro|floor|online|exacto)$/u;

/**
 * Open WebUI lists Ollama models with their tag, always (docs/upstream/open-webui.md#shape-of-a-listed-model); hosted
 * ids have no colon as a rule.
 */
export function guessProvider(id: string): Exclude<Provider, "none"> {
  return /^[^:]+:[^:/]+$/u.test(id) && !hostedId.test(id) ? "ollama" : "openai";
}

/** Names under which Ollama serves its best-known models, written without the tag that their ids carry. */
export function isBareOllamaName(id: string): boolean {
  return /^(llama[23](\.\d)?|mistral|mixtral|gemma[23]?|phi[34]?|qwen[23](\.5)?|deepseek-r1|codellama|tinyllama|llava|orca-mini|command-r)$/u.test(
    id,
  );
}

function isReasoningModel(id: string): boolean {
  return refusesTemperature(id) || /(^|[/.-])(qwq|qwen3|magistral|gpt-oss|deepseek-r\d)|-r1\b|think|reason/iu.test(id);
}

/**
 * The models of OpenAI that take only the default temperature: o-series and gpt-5
 * (docs/upstream/open-webui.md#requests).
 */
export function refusesTemperature(id: string): boolean {
  return /(^|[/.])(o[1-9](-|$)|gpt-5(?!.*chat))/iu.test(id);
}
