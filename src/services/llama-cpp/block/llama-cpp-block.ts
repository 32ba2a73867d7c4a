/** The short block of a `llama-server`, and the monitors that it stands for (docs/upstream/services.md#llamacpp). */
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
export interface WrittenLlamaCpp extends CommonKeys {
  readonly url: string;
  readonly apiKey?: string;
  readonly router?: boolean;
  readonly busy?: boolean;
  readonly models?: readonly ModelEntry[];
  readonly completions?: WrittenCompletions;
}

/** Seconds. A completion waits in the queue behind those of people. */
const usualInterval = 900;

export const llamaCppProperties: Readonly<Record<string, JsonObject>> = {
  url: addressSchema("llama-server", "http://llama:8080"),
  apiKey: {
    type: "string",
    minLength: 1,
    title: "API key",
    description: "One of those that it was started with (`--api-key`). Its health needs none.",
    examples: ["${env:LLAMA_API_KEY}"],
  },
  router: {
    type: "boolean",
    default: false,
    title: "Router",
    description:
      "It was started with a folder of models (`--models-dir`) and not with one: each is also looked for in its list.",
  },
  busy: {
    type: "boolean",
    default: false,
    title: "Busy",
    description:
      "Also watch that a slot is free, for a server of one model that was started with `--slots`. Busy is normal for a while: " +
      "it is down after six checks.",
  },
  models: modelsSchema({
    description:
      "The models to ask for an answer. A server of one model ignores the name, so one is enough; it is the end of the monitor's key.",
    id: "With `router: true` the name of the model; else any name.",
    examples: [["qwen3"]],
  }),
  completions: completionsSchema(
    openAiCompletionsTexts(
      usualInterval,
      "qwen3",
      "How long an answer may take, waiting behind others and loading included. 120 s.",
    ),
  ),
};

export function makeLlamaCpp(key: string, written: WrittenLlamaCpp): MadeBlock {
  const { apiKey, router = false, busy = false } = written;
  const block: AskedService = {
    name: blockName("llama.cpp", key, written.name),
    url: baseUrl(written.url),
    headers: apiKey === undefined ? undefined : { Authorization: `Bearer ${apiKey}` },
  };
  const { models, problems } = namedModels(key, written.models);
  return {
    name: block.name,
    monitors: [
      queryMonitor({
        block,
        key: "health",
        title: "health",
        path: "/health",
        query: 'status = "ok"',
        // Loading a large model takes minutes, and answers 503 until then.
        fields: { interval: 60, timeout: 10, maxRetries: 3, retryInterval: 60 },
      }),
      ...(busy && !router ? [busyMonitor(block)] : []),
      ...(router ? models.map((model) => listMonitor(block, model)) : []),
      ...openAiCompletions({
        block,
        models,
        completions: written.completions,
        usualInterval,
        timeout: 120,
        origins: { "/headers": "/apiKey" },
      }),
    ],
    problems: [
      ...problems,
      ...addressProblems(written.url, ["health", "v1", "slots", "props", "completion"]),
      ...ignoredNames(written, models),
      ...unknownCompletions(written.completions, models),
    ],
  };
}

function busyMonitor(block: AskedService): MadeMonitor {
  return queryMonitor({
    block,
    key: "busy",
    title: "free slot",
    path: "/slots?fail_on_no_slot=1",
    query: "$exists($[0].id)",
    fields: { ...withKey(block), interval: 60, timeout: 10, maxRetries: 5, retryInterval: 60 },
    origins: { "": "/busy", "/headers": "/apiKey" },
  });
}

/** Not whether it is loaded: the router loads a model when somebody asks for it. */
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

function ignoredNames(
  { router = false, busy = false }: WrittenLlamaCpp,
  models: readonly AskedModel[],
): readonly ServiceProblem[] {
  const [, second] = models;
  const problems: ServiceProblem[] = [];
  if (!router && second !== undefined) {
    problems.push({
      code: "KS1812",
      severity: "warning",
      message: `a llama-server of one model ignores the name: "${second.id}" is answered by the model that it has`,
      pointer: second.at,
      hint: "name one model, or write router: true if it was started with --models-dir",
    });
  }
  if (router && busy) {
    problems.push({
      code: "KS1812",
      severity: "warning",
      message: "a llama-server with several models has no slots of its own",
      pointer: "/busy",
      hint: "leave busy out",
      why: "/slots answers 400 there, so no monitor is made for it",
    });
  }
  return problems;
}
