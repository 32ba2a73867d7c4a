/** Level 3: does the model answer? Only a completion proves that inference works, and each one costs tokens. */
import { secondsOf } from "../../../model/duration.ts";
import { pointerTo, type JsonObject } from "../../../model/json.ts";
import { completionPrompt, completionQuery } from "./completion-query.ts";
import { queryMonitor, withKey, type PresetBlock, type PresetMonitor } from "./preset-monitor.ts";
import { spreadIntervals } from "./spread-intervals.ts";
import type { WatchedModel } from "./watched-model.ts";
import type { WrittenCompletion, WrittenOpenWebUI } from "./written.ts";

/**
 * Seconds. More frequent completions cost more than they show; Open WebUI sends each one to the provider
 * (docs/upstream/open-webui.md#when-providers-are-down).
 */
const shortestCompletionInterval = 300;

interface Wanted {
  readonly model: WatchedModel;
  /** The settings for this model, merged over those for all models. */
  readonly written: WrittenCompletion;
  /** The model's own interval, which is not changed. */
  readonly ownInterval: WrittenCompletion["interval"];
}

export function completionMonitors(
  block: PresetBlock,
  completions: WrittenOpenWebUI["completions"],
): readonly PresetMonitor[] {
  const wanted = wantedCompletions(block.models, completions);
  const own = wanted.flatMap(({ ownInterval }) => (ownInterval === undefined ? [] : (secondsOf(ownInterval) ?? [])));
  const shared = wanted.filter(({ ownInterval }) => ownInterval === undefined);
  const base = secondsOf(shared[0]?.written.interval ?? shortestCompletionInterval) ?? shortestCompletionInterval;
  const spread = spreadIntervals(base, shared.length, own);
  return wanted.map((completion) => {
    const { model, written, ownInterval } = completion;
    const isOwn = ownInterval !== undefined;
    return queryMonitor({
      block,
      key: `completion.${model.key}`,
      title: `completion ${model.id}`,
      path: "/api/chat/completions",
      query: completionQuery,
      fields: {
        method: "POST",
        ...withKey(block),
        body: completionBody(model, written.maxTokens),
        interval: ownInterval ?? spread[shared.indexOf(completion)] ?? base,
        timeout: written.timeout ?? (model.provider === "ollama" || model.isReasoning ? 120 : 60),
        maxRetries: 1,
        retryInterval: 60,
      },
      origins: {
        "": model.at,
        "/body": model.at,
        "/headers": "/apiKey",
        ...(isOwn ? { "/interval": pointerTo("completions", model.id, "interval") } : {}),
      },
    });
  });
}

function wantedCompletions(models: readonly WatchedModel[], completions: WrittenOpenWebUI["completions"]): Wanted[] {
  if (completions === false) return [];
  const forAll = completions?.["*"];
  return models.flatMap((model) => {
    const own = completions !== undefined && Object.hasOwn(completions, model.id) ? completions[model.id] : undefined;
    if (own === false || (own === undefined && forAll === false)) return [];
    const written = { ...(forAll === false ? {} : forAll), ...own };
    return [{ model, written, ownInterval: own?.interval }];
  });
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
