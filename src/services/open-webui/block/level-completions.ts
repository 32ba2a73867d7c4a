/** Level 3: does the model answer? Only a completion proves that inference works, and each one costs tokens. */
import type { JsonObject } from "../../../model/json.ts";
import { completionPrompt, completionQuery } from "../../blocks/completion-query.ts";
import { plannedCompletions } from "../../blocks/completions.ts";
import { queryMonitor, withKey, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import type { WatchedModel } from "./watched-model.ts";
import type { WrittenOpenWebUI } from "./written.ts";

/**
 * Seconds. More frequent completions cost more than they show; Open WebUI sends each one to the provider
 * (docs/upstream/open-webui.md#when-providers-are-down).
 */
export const shortestCompletionInterval = 300;

export function completionMonitors(
  block: AskedService,
  models: readonly WatchedModel[],
  completions: WrittenOpenWebUI["completions"],
): readonly MadeMonitor[] {
  return plannedCompletions(models, completions, shortestCompletionInterval).map(
    ({ model, written, interval, intervalAt }) =>
      queryMonitor({
        block,
        key: `completion.${model.key}`,
        title: `completion ${model.id}`,
        path: "/api/chat/completions",
        query: completionQuery,
        fields: {
          method: "POST",
          ...withKey(block),
          body: completionBody(model, written.maxTokens),
          interval,
          timeout: written.timeout ?? (model.provider === "ollama" || model.isReasoning ? 120 : 60),
          maxRetries: 1,
          retryInterval: 60,
        },
        origins: {
          "": model.at,
          "/body": model.at,
          "/headers": "/apiKey",
          ...(intervalAt === undefined ? {} : { "/interval": intervalAt }),
        },
      }),
  );
}

/**
 * Limits are under `params`, which reaches every kind of provider; Open WebUI drops limits at the top level for Ollama.
 * Only Ollama gets a temperature, because OpenAI's reasoning models refuse any. `think` is only for Ollama, because
 * strict providers refuse unknown arguments (docs/upstream/open-webui.md#requests).
 */
export function completionBody(
  model: Pick<WatchedModel, "id" | "provider" | "isReasoning">,
  maxTokens: number = model.isReasoning ? 512 : 16,
): JsonObject {
  const forOllama = model.provider === "ollama" ? { temperature: 0, think: false } : {};
  return {
    model: model.id,
    stream: false,
    messages: [{ role: "user", content: completionPrompt }],
    params: { max_tokens: maxTokens, ...forOllama },
  };
}
