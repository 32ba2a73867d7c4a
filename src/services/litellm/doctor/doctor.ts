/** Finds out why monitors of a LiteLLM are down: the proxy, the key, its configuration, or the provider behind a model. */
import { isJsonObject, type Json } from "../../../model/json.ts";
import { guess } from "../../../model/guess.ts";
import { namedModels, type AskedModel } from "../../blocks/named-models.ts";
import type { Advice, ServiceDoctor } from "../../diagnosis.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { startExamination, strangerAdvice, type Examination } from "../../requests/examination.ts";
import { modelIds } from "../../requests/openai-errors.ts";
import type { WrittenLitellm } from "../block/litellm-block.ts";
import { refusedKey } from "./refused-key.ts";
import { failedAnswer } from "./failed-answer.ts";

const alive = "/health/liveliness";

export const doctor: ServiceDoctor = {
  async recognise(get) {
    if (!isAlive(await get(alive))) return undefined;
    // Only its description of itself has the release without a key; it is 2 MB.
    return { version: releaseIn(await get("/openapi.json")) };
  },
  async diagnose(port, block, { wantsCompletions }) {
    const written = block as unknown as WrittenLitellm;
    const { apiKey } = written;
    const visit = startExamination(port, written.url, apiKey === undefined ? [] : [apiKey]);
    const first = await visit.put({ path: alive });
    if (!isAlive(first)) return visit.result({ version: undefined, advice: [strangerAdvice(first, "LiteLLM", alive)] });
    const readiness = await visit.put({ path: "/health/readiness" });
    const advice: Advice[] = [...databaseAdvice(readiness)];
    const { models } = namedModels("", written.models);
    if (apiKey === undefined) advice.push(noKey);
    else advice.push(...(await keyedAdvice(visit, { apiKey, models, wantsCompletions })));
    return visit.result({ version: apiKey === undefined ? undefined : await askRelease(visit, apiKey), advice });
  },
};

/** `"I'm alive!"`, as JSON. */
function isAlive(answer: ServiceAnswer): boolean {
  return answer.type === "json" && answer.status === 200 && answer.json === "I'm alive!";
}

async function askRelease(visit: Examination, apiKey: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const details = await visit.put({ path: "/health/readiness/details", headers });
  return details.type === "json" && isJsonObject(details.json) ? release(details.json["litellm_version"]) : undefined;
}

function releaseIn(answer: ServiceAnswer): string | undefined {
  const info = answer.type === "json" && isJsonObject(answer.json) ? answer.json["info"] : undefined;
  return isJsonObject(info) ? release(info["version"]) : undefined;
}

/** A text that does not look like one is not shown, because it could hold anything. */
function release(version: Json | undefined): string | undefined {
  return typeof version === "string" && /^\d+\.\d+[\w.+-]{0,40}$/u.test(version) ? version : undefined;
}

/** With a database it may be ready to answer with 503 while the body says healthy. */
function databaseAdvice(answer: ServiceAnswer): readonly Advice[] {
  if (answer.type === "json" && answer.status === 200) return [];
  const status = answer.type === "unreachable" ? answer.code : `status ${answer.status}`;
  const message = `the proxy is alive and not ready (${status})`;
  return [{ code: "database-down", severity: "error", message, steps: ["see its database, and its log"] }];
}

const noKey: Advice = {
  code: "key-not-sent",
  severity: "info",
  message: "without a key only the health of the proxy was asked",
  steps: ["give the block an apiKey that may use the models"],
};

interface Asked {
  readonly apiKey: string;
  readonly models: readonly AskedModel[];
  readonly wantsCompletions: boolean;
}

async function keyedAdvice(
  visit: Examination,
  { apiKey, models, wantsCompletions }: Asked,
): Promise<readonly Advice[]> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const list = await visit.put({ path: "/v1/models", headers });
  const offered = modelIds(list);
  if (offered === undefined) return [refusedKey(list, visit.redactor)];
  const missing = models.filter(({ id }) => !offered.includes(id));
  const advice = missing.map(({ id }) => notOffered(id, offered));
  const asked = models.filter(({ id }) => offered.includes(id));
  if (!wantsCompletions) return asked.length === 0 ? advice : [...advice, notAsked];
  for (const model of asked) advice.push(...(await failedAnswer(visit, model, headers)));
  return advice;
}

function notOffered(id: string, offered: readonly string[]): Advice {
  const near = guess(id, offered);
  return {
    code: "model-missing",
    severity: "error",
    message: `the proxy does not offer "${id}" to this key`,
    steps: [
      ...(near === undefined ? [] : [`see whether "${near}" is meant`]),
      "see model_list in its configuration, and which models the key may use",
    ],
  };
}

const notAsked: Advice = {
  code: "not-asked",
  severity: "info",
  message: "no provider was asked: the list of models is the proxy's own configuration",
  steps: ["with --completions each model is asked once, which costs about 60 tokens"],
};
