/** The short block of a Pipelines server, and the monitors that it stands for (docs/upstream/services.md#pipelines). */
import type { JsonObject } from "../../../model/json.ts";
import { addressProblems, addressSchema, baseUrl, blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { completionsSchema, type WrittenCompletions } from "../../blocks/completions.ts";
import { queryMonitor, textLiteral, withKey, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import { unknownCompletions } from "../../blocks/model-keys.ts";
import { modelsSchema, namedModels, type AskedModel, type ModelEntry } from "../../blocks/named-models.ts";
import { openAiCompletions, openAiCompletionsTexts } from "../../blocks/openai-completions.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { MadeBlock } from "../../service.ts";

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenPipelines extends CommonKeys {
  readonly url: string;
  readonly apiKey?: string;
  readonly models?: readonly ModelEntry[];
  readonly completions?: WrittenCompletions;
}

/** Seconds. */
const usualInterval = 900;

export const pipelinesProperties: Readonly<Record<string, JsonObject>> = {
  url: addressSchema("Pipelines", "http://pipelines:9099"),
  apiKey: {
    type: "string",
    minLength: 1,
    title: "API key",
    description: "The one of `PIPELINES_API_KEY`. The list of modules needs it.",
    examples: ["${env:PIPELINES_API_KEY}"],
  },
  models: modelsSchema({
    description: "The modules to watch: each is looked for in the list, and asked for an answer.",
    id: "The name of the module, as /v1/models lists it.",
    examples: [["summarise"]],
  }),
  completions: completionsSchema(openAiCompletionsTexts(usualInterval, "summarise")),
};

export function makePipelines(key: string, written: WrittenPipelines): MadeBlock {
  const { apiKey } = written;
  const block: AskedService = {
    name: blockName("Pipelines", key, written.name),
    url: baseUrl(written.url),
    headers: apiKey === undefined ? undefined : { Authorization: `Bearer ${apiKey}` },
  };
  const named = namedModels(key, written.models);
  const models = apiKey === undefined ? [] : named.models;
  return {
    name: block.name,
    monitors: [
      queryMonitor({
        block,
        key: "health",
        title: "health",
        path: "/",
        query: "status = true",
        fields: { interval: 60, timeout: 10, maxRetries: 2, retryInterval: 60 },
      }),
      ...models.map((model) => listMonitor(block, model)),
      ...openAiCompletions({
        block,
        models,
        completions: written.completions,
        usualInterval,
        timeout: 60,
        origins: { "/headers": "/apiKey" },
      }),
    ],
    problems: [
      ...named.problems,
      ...addressProblems(written.url, ["v1", "models", "pipelines"]),
      ...keyProblems(written),
      ...unknownCompletions(written.completions, named.models),
    ],
  };
}

function listMonitor(block: AskedService, model: AskedModel): MadeMonitor {
  return queryMonitor({
    block,
    key: `pipeline.${model.key}`,
    title: `pipeline ${model.id}`,
    path: "/v1/models",
    query: `pipelines = true and $exists(data[id=${textLiteral(model.id)}])`,
    fields: { ...withKey(block), interval: 300, timeout: 15, maxRetries: 1, retryInterval: 60 },
    origins: { "": model.at, "/jsonPath": model.at, "/headers": "/apiKey" },
  });
}

function keyProblems({ apiKey, models = [] }: WrittenPipelines): readonly ServiceProblem[] {
  if (apiKey !== undefined || models.length === 0) return [];
  return [
    {
      code: "KS1702",
      severity: "error",
      message: "modules cannot be watched without an API key",
      pointer: "/models",
      hint: "add apiKey: ${env:PIPELINES_API_KEY}",
      why: "Pipelines lists its modules only with one",
    },
  ];
}
