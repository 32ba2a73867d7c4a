/** Completions of services that answer as OpenAI does, at `/v1/chat/completions`. */
import type { JsonObject } from "../../model/json.ts";
import { completionPrompt, completionQuery } from "./completion-query.ts";
import { plannedCompletions, type completionsSchema, type WrittenCompletions } from "./completions.ts";
import { queryMonitor, withKey, type AskedService, type MadeMonitor } from "./made-monitor.ts";
import type { AskedModel } from "./named-models.ts";
import { refusesTemperature } from "./reasoning-models.ts";

/** For `completionsSchema`. `usualInterval` in seconds; `model` for the example. */
export function openAiCompletionsTexts(
  usualInterval: number,
  model: string,
  timeout = "How long an answer may take. 60 s.",
): Parameters<typeof completionsSchema>[0] {
  return {
    interval: `Time between two completions of this model. Without it completions start at ${usualInterval} s, each a little longer than the one before.`,
    timeout,
    maxTokens: "The most that is generated. 50, or 512 for models that think before they answer.",
    usualInterval,
    examples: [{ [model]: { interval: "1h" } }, false],
  };
}

export function openAiCompletions(asked: {
  readonly block: AskedService;
  readonly models: readonly AskedModel[];
  readonly completions: WrittenCompletions | undefined;
  /** Seconds. */
  readonly usualInterval: number;
  /** Seconds, where the block says nothing. */
  readonly timeout: number;
  readonly origins: MadeMonitor["origins"];
}): readonly MadeMonitor[] {
  const { block, models, completions, usualInterval, timeout, origins } = asked;
  return plannedCompletions(models, completions, usualInterval).map(({ model, written, interval, intervalAt }) =>
    queryMonitor({
      block,
      key: `completion.${model.key}`,
      title: `completion ${model.id}`,
      path: "/v1/chat/completions",
      query: completionQuery,
      fields: {
        method: "POST",
        ...withKey(block),
        body: openAiCompletionBody(model, written.maxTokens),
        interval,
        timeout: written.timeout ?? timeout,
        maxRetries: 1,
        retryInterval: 60,
      },
      origins: {
        ...origins,
        "": model.at,
        "/body": model.at,
        ...(intervalAt === undefined ? {} : { "/interval": intervalAt }),
      },
    }),
  );
}

/** OpenAI's reasoning models refuse any temperature but their own. */
export function openAiCompletionBody(
  { id, isReasoning }: Pick<AskedModel, "id" | "isReasoning">,
  maxTokens: number = isReasoning ? 512 : 50,
): JsonObject {
  return {
    model: id,
    stream: false,
    messages: [{ role: "user", content: completionPrompt }],
    max_tokens: maxTokens,
    ...(refusesTemperature(id) ? {} : { temperature: 0 }),
  };
}
