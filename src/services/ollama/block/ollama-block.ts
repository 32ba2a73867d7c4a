/** The short block of an Ollama, and the monitors that it stands for (docs/upstream/services.md#ollama). */
import type { JsonObject } from "../../../model/json.ts";
import { addressSchema, addressProblems, baseUrl, blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { completionPrompt, ollamaCompletionQuery } from "../../blocks/completion-query.ts";
import { completionsSchema, plannedCompletions, type WrittenCompletions } from "../../blocks/completions.ts";
import { keywordMonitor, queryMonitor, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import { unknownCompletions } from "../../blocks/model-keys.ts";
import { modelsSchema, namedModels, type AskedModel, type ModelEntry } from "../../blocks/named-models.ts";
import type { MadeBlock } from "../../service.ts";
import { aliveText } from "../facts/answers.ts";

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenOllama extends CommonKeys {
  readonly url: string;
  readonly models?: readonly ModelEntry[];
  readonly completions?: WrittenCompletions;
}

/** Seconds. A completion loads the model, and can push another one out of the memory of the GPU. */
const usualInterval = 900;

export const ollamaProperties: Readonly<Record<string, JsonObject>> = {
  url: addressSchema("Ollama", "http://ollama:11434"),
  models: modelsSchema({
    description: "The models to watch: their weights can be read, and they answer.",
    id: "The name, with its tag: `llama3.1:latest`.",
    examples: [["llama3.1:latest"]],
  }),
  completions: completionsSchema({
    interval:
      "Time between two completions of this model. Without it completions start at 900 s, each a little longer than the " +
      "one before. Below the time that Ollama keeps a model (5 minutes), it stays in memory.",
    timeout:
      "How long an answer may take, the loading of the model included. 120 s. Below 30 s a runner that Ollama replaces by " +
      "itself is an alarm.",
    maxTokens: "The most that is generated. 50, or 512 for models that think before they answer.",
    usualInterval,
    examples: [{ "llama3.1:latest": { interval: "1h" } }, false],
  }),
};

export function makeOllama(key: string, written: WrittenOllama): MadeBlock {
  const block: AskedService = {
    name: blockName("Ollama", key, written.name),
    url: baseUrl(written.url),
    headers: undefined,
  };
  const { models, problems } = namedModels(key, written.models);
  return {
    name: block.name,
    monitors: [
      keywordMonitor({
        block,
        key: "health",
        title: "health",
        path: "/",
        keyword: aliveText,
        fields: { interval: 60, timeout: 10, maxRetries: 2, retryInterval: 60 },
      }),
      ...models.map((model) => weightsMonitor(block, model)),
      ...completionMonitors(block, models, written.completions),
    ],
    problems: [
      ...problems,
      ...addressProblems(written.url, ["api", "v1"]),
      ...unknownCompletions(written.completions, models),
    ],
  };
}

/** `/api/show` opens the file with the weights; `/api/tags` lists a model whose weights are gone. */
function weightsMonitor(block: AskedService, model: AskedModel): MadeMonitor {
  return queryMonitor({
    block,
    key: `model.${model.key}`,
    title: `model ${model.id}`,
    path: "/api/show",
    query: "$exists(details)",
    fields: {
      method: "POST",
      body: { model: model.id },
      interval: 300,
      timeout: 15,
      maxRetries: 1,
      retryInterval: 60,
    },
    origins: { "": model.at, "/body": model.at },
  });
}

function completionMonitors(
  block: AskedService,
  models: readonly AskedModel[],
  completions: WrittenOllama["completions"],
): readonly MadeMonitor[] {
  return plannedCompletions(models, completions, usualInterval).map(({ model, written, interval, intervalAt }) =>
    queryMonitor({
      block,
      key: `completion.${model.key}`,
      title: `completion ${model.id}`,
      path: "/api/chat",
      query: ollamaCompletionQuery,
      fields: {
        method: "POST",
        body: ollamaCompletionBody(model, written.maxTokens),
        interval,
        timeout: written.timeout ?? 120,
        maxRetries: 1,
        retryInterval: 60,
      },
      origins: { "": model.at, "/body": model.at, ...(intervalAt === undefined ? {} : { "/interval": intervalAt }) },
    }),
  );
}

/** Not streamed: Ollama would answer with several JSON documents, which no query can read. */
export function ollamaCompletionBody(
  { id, isReasoning }: Pick<AskedModel, "id" | "isReasoning">,
  maxTokens: number = isReasoning ? 512 : 50,
): JsonObject {
  return {
    model: id,
    stream: false,
    messages: [{ role: "user", content: completionPrompt }],
    options: { temperature: 0, num_predict: maxTokens },
  };
}
