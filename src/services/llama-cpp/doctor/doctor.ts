/** Finds out why monitors of a llama-server are down: the process, loading, the key, the queue or the model. */
import { guess } from "../../../model/guess.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { completionQuery } from "../../blocks/completion-query.ts";
import { namedModels, type AskedModel } from "../../blocks/named-models.ts";
import { openAiCompletionBody } from "../../blocks/openai-completions.ts";
import type { Advice, ServiceDoctor } from "../../diagnosis.ts";
import { answersTrue } from "../../requests/answers-true.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { startExamination, strangerAdvice, type Examination } from "../../requests/examination.ts";
import { errorMessage, modelIds } from "../../requests/openai-errors.ts";
import { quotedWords } from "../../requests/quoted-words.ts";
import type { WrittenLlamaCpp } from "../block/llama-cpp-block.ts";

export const doctor: ServiceDoctor = {
  async recognise(get) {
    const health = await get("/health");
    if (!isOk(health) && !isLoading(health)) return undefined;
    const models = await get("/v1/models");
    if (!isOwnList(models) && !(isOwnRefusal(models) || isLoading(models))) return undefined;
    const props = await get("/props");
    const build = props.type === "json" && isJsonObject(props.json) ? props.json["build_info"] : undefined;
    const known = typeof build === "string" && /^b[1-9]\d*/u.test(build) ? build : undefined;
    return { version: known, models: modelIds(models) ?? [] };
  },
  async diagnose(port, block, { wantsCompletions }) {
    const written = block as unknown as WrittenLlamaCpp;
    const { apiKey, router = false } = written;
    const visit = startExamination(port, written.url, apiKey === undefined ? [] : [apiKey]);
    const health = await visit.put({ path: "/health" });
    if (isLoading(health)) return visit.result({ version: undefined, advice: [loading] });
    if (!isOk(health)) {
      return visit.result({ version: undefined, advice: [strangerAdvice(health, "llama-server", "/health")] });
    }
    const headers: Readonly<Record<string, string>> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    const list = await visit.put({ path: "/v1/models", headers });
    const listed = modelIds(list);
    if (listed === undefined)
      return visit.result({ version: undefined, advice: [refused(list, apiKey !== undefined)] });
    const { models } = namedModels("", written.models);
    const missing = router ? models.filter(({ id }) => !listed.includes(id)) : [];
    const advice: Advice[] = missing.map(({ id }) => notOffered(id, listed));
    const asked = models.filter((model) => !missing.includes(model));
    if (!wantsCompletions && asked.length > 0) advice.push(notAsked);
    if (wantsCompletions) for (const model of asked) advice.push(...(await answerOf(visit, model, headers)));
    return visit.result({ version: undefined, advice });
  },
};

function isOk(answer: ServiceAnswer): boolean {
  const json: Json = answer.type === "json" ? answer.json : null;
  return answer.type === "json" && answer.status === 200 && isJsonObject(json) && json["status"] === "ok";
}

function isLoading(answer: ServiceAnswer): boolean {
  return answer.type === "json" && answer.status === 503 && errorMessage(answer) === "Loading model";
}

function isOwnList(answer: ServiceAnswer): boolean {
  return answer.type === "json" && JSON.stringify(answer.json).includes('"owned_by":"llamacpp"');
}

/** Of a server with a key. */
function isOwnRefusal(answer: ServiceAnswer): boolean {
  if (answer.type !== "json" || answer.status !== 401 || !isJsonObject(answer.json)) return false;
  const { error } = answer.json;
  return isJsonObject(error) && error["message"] === "Invalid API Key" && error["type"] === "authentication_error";
}

const loading: Advice = {
  code: "still-loading",
  severity: "error",
  message: "it is still loading its model",
  steps: ["wait: a large model takes minutes from a slow disk", "raise maxRetries of its health if that is an alarm"],
};

const notAsked: Advice = {
  code: "not-asked",
  severity: "info",
  message: "the model was not asked for an answer",
  steps: ["with --completions it is asked once, in the queue with all others"],
};

function refused(answer: ServiceAnswer, hasKey: boolean): Advice {
  if (!isOwnRefusal(answer)) return strangerAdvice(answer, "llama-server", "/v1/models");
  return {
    code: hasKey ? "key-unknown" : "key-not-sent",
    severity: "error",
    message: hasKey ? "the server does not know the key" : "the server wants a key, and the block has none",
    steps: ["see --api-key or --api-key-file of its command line"],
  };
}

function notOffered(id: string, listed: readonly string[]): Advice {
  const near = guess(id, listed);
  return {
    code: "model-missing",
    severity: "error",
    message: `the router does not offer "${id}"`,
    steps: [...(near === undefined ? [] : [`see whether "${near}" is meant`]), "see the folder of --models-dir"],
  };
}

async function answerOf(
  visit: Examination,
  model: AskedModel,
  headers: Readonly<Record<string, string>>,
): Promise<readonly Advice[]> {
  const answer = await visit.put({ path: "/v1/chat/completions", headers, body: openAiCompletionBody(model) });
  if (answer.type === "unreachable") {
    const message = `"${model.id}" gave no answer (${answer.code})`;
    const steps = ["all slots may be busy: a request then waits; see GET /slots, which needs --slots"];
    return [{ code: "server-busy", severity: "error", message, steps }];
  }
  if (isLoading(answer)) return [loading];
  if (answer.type === "json" && answer.status === 200) {
    if (await answersTrue(completionQuery, answer.json)) return [];
    const message = `"${model.id}" answers, but not with the requested word`;
    const steps = ["give it more room with maxTokens if it thinks before it answers", "see its chat template"];
    return [{ code: "reply-not-healthy", severity: "error", message, steps }];
  }
  const words = errorMessage(answer);
  const said = words === "" ? "" : `: ${quotedWords(words, visit.redactor)}`;
  const message = `"${model.id}" failed with status ${answer.status}${said}`;
  return [{ code: "completion-failed", severity: "error", message, steps: ["see the log of llama-server"] }];
}
