/** The short block of a LiteLLM proxy, and the monitors that it stands for (docs/upstream/services.md#litellm). */
import type { JsonObject } from "../../../model/json.ts";
import { addressProblems, addressSchema, baseUrl, blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { openAiCompletions, openAiCompletionsTexts } from "../../blocks/openai-completions.ts";
import { completionsSchema, type WrittenCompletions } from "../../blocks/completions.ts";
import { queryMonitor, textLiteral, withKey, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import { unknownCompletions } from "../../blocks/model-keys.ts";
import { modelsSchema, namedModels, type AskedModel, type ModelEntry } from "../../blocks/named-models.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { MadeBlock } from "../../service.ts";

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenLitellm extends CommonKeys {
  readonly url: string;
  readonly apiKey?: string;
  readonly models?: readonly ModelEntry[];
  readonly backgroundChecks?: boolean;
  readonly completions?: WrittenCompletions;
}

/** Seconds. Each completion is paid for. */
const usualInterval = 900;

export const litellmProperties: Readonly<Record<string, JsonObject>> = {
  url: addressSchema("LiteLLM", "http://litellm:4000"),
  apiKey: {
    type: "string",
    minLength: 1,
    title: "API key",
    description:
      "A virtual key for monitoring that may use the models, or the master key. Needed as soon as models are named.",
    examples: ["${env:LITELLM_API_KEY}"],
  },
  models: modelsSchema({
    description: "The models to watch: the proxy offers them to the key, and they answer.",
    id: "The name, as the configuration of the proxy has it under `model_name`.",
    examples: [["gpt-4o-mini"]],
  }),
  backgroundChecks: {
    type: "boolean",
    default: false,
    title: "Background checks",
    description:
      "Also watch /health, for a proxy with `background_health_checks: true`: its answer is as old as the last round. " +
      "Without them each request asks every model for an answer, which costs tokens.",
  },
  completions: completionsSchema(openAiCompletionsTexts(usualInterval, "gpt-4o-mini")),
};

export function makeLitellm(key: string, written: WrittenLitellm): MadeBlock {
  const { apiKey } = written;
  const block: AskedService = {
    name: blockName("LiteLLM", key, written.name),
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
        path: "/health/readiness",
        query: 'status = "healthy"',
        fields: { interval: 60, timeout: 10, maxRetries: 2, retryInterval: 60 },
      }),
      ...models.map((model) => listMonitor(block, model)),
      ...(written.backgroundChecks === true && apiKey !== undefined ? [roundMonitor(block)] : []),
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
      ...addressProblems(written.url, ["health", "v1", "chat", "models", "ui"]),
      ...keyProblems(written),
      ...unknownCompletions(written.completions, named.models),
    ],
  };
}

/** The list is the configuration of the proxy: it proves the key, and nothing of the provider. */
function listMonitor(block: AskedService, model: AskedModel): MadeMonitor {
  return queryMonitor({
    block,
    key: `model.${model.key}`,
    title: `model ${model.id}`,
    path: "/v1/models",
    query: `$exists(data[id=${textLiteral(model.id)}])`,
    fields: { ...withKey(block), interval: 300, timeout: 15, maxRetries: 1, retryInterval: 60 },
    origins: { "": model.at, "/jsonPath": model.at, "/headers": "/apiKey" },
  });
}

function roundMonitor(block: AskedService): MadeMonitor {
  return queryMonitor({
    block,
    key: "round",
    title: "background checks",
    path: "/health",
    query: "unhealthy_count = 0",
    fields: { ...withKey(block), interval: 300, timeout: 30, maxRetries: 1, retryInterval: 60 },
    origins: { "": "/backgroundChecks", "/headers": "/apiKey" },
  });
}

function keyProblems({ apiKey, models = [], backgroundChecks }: WrittenLitellm): readonly ServiceProblem[] {
  if (apiKey !== undefined || (models.length === 0 && backgroundChecks !== true)) return [];
  return [
    {
      code: "KS1702",
      severity: "error",
      message: models.length > 0 ? "models cannot be watched without an API key" : "/health needs an API key",
      pointer: models.length > 0 ? "/models" : "/backgroundChecks",
      hint: "add apiKey: ${env:LITELLM_API_KEY}",
      why: "LiteLLM answers only its health without one",
    },
  ];
}
