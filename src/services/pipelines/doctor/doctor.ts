/** Finds out why monitors of a Pipelines server are down: the process, the key, or a module. */
import { guess } from "../../../model/guess.ts";
import { isJsonObject } from "../../../model/json.ts";
import { completionQuery } from "../../blocks/completion-query.ts";
import { namedModels, type AskedModel } from "../../blocks/named-models.ts";
import { openAiCompletionBody } from "../../blocks/openai-completions.ts";
import type { Advice, ServiceDoctor } from "../../diagnosis.ts";
import { answersTrue } from "../../requests/answers-true.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { startExamination, strangerAdvice, type Examination } from "../../requests/examination.ts";
import { modelIds } from "../../requests/openai-errors.ts";
import type { WrittenPipelines } from "../block/pipelines-block.ts";

export const doctor: ServiceDoctor = {
  async recognise(get) {
    if (!isAlive(await get("/"))) return undefined;
    // Its list is refused without a key, in words that other services have too; the root of /v1 is its own.
    return isAlive(await get("/v1")) ? { version: undefined } : undefined;
  },
  async diagnose(port, block, { wantsCompletions }) {
    const written = block as unknown as WrittenPipelines;
    const { apiKey } = written;
    const visit = startExamination(port, written.url, apiKey === undefined ? [] : [apiKey]);
    const done = (advice: readonly Advice[]): ReturnType<typeof visit.result> =>
      visit.result({ version: undefined, advice });
    const root = await visit.put({ path: "/" });
    if (!isAlive(root)) return done([strangerAdvice(root, "Pipelines", "/")]);
    if (apiKey === undefined) return done([noKey]);
    const headers = { authorization: `Bearer ${apiKey}` };
    const list = await visit.put({ path: "/v1/models", headers });
    const listed = modelIds(list);
    if (listed === undefined) return done([list.type === "json" && list.status === 401 ? wrongKey : noList(list)]);
    const { models } = namedModels("", written.models);
    const advice = models.filter(({ id }) => !listed.includes(id)).map(({ id }) => notLoaded(id, listed));
    const asked = models.filter(({ id }) => listed.includes(id));
    if (wantsCompletions) for (const model of asked) advice.push(...(await answerOf(visit, model, headers)));
    else if (asked.length > 0) advice.push(notAsked);
    return done(advice);
  },
};

function isAlive(answer: ServiceAnswer): boolean {
  return answer.type === "json" && answer.status === 200 && isJsonObject(answer.json) && answer.json["status"] === true;
}

const noKey: Advice = {
  code: "key-not-sent",
  severity: "info",
  message: "without a key only the process was asked",
  steps: ["give the block an apiKey, that of PIPELINES_API_KEY"],
};

const wrongKey: Advice = {
  code: "key-unknown",
  severity: "error",
  message: "it does not know the key",
  steps: ["compare it with its PIPELINES_API_KEY"],
};

const notAsked: Advice = {
  code: "not-asked",
  severity: "info",
  message: "no module was asked for an answer: one that throws is in the list all the same",
  steps: ["with --completions each is asked once, which may cost tokens"],
};

function noList(answer: ServiceAnswer): Advice {
  return strangerAdvice(answer, "Pipelines", "/v1/models");
}

function notLoaded(id: string, listed: readonly string[]): Advice {
  const near = guess(id, listed);
  return {
    code: "model-missing",
    severity: "error",
    message: `the module "${id}" is not loaded`,
    steps: [
      ...(near === undefined ? [] : [`see whether "${near}" is meant`]),
      "see the folder failed beside the modules, and the log of Pipelines",
    ],
  };
}

async function answerOf(
  visit: Examination,
  model: AskedModel,
  headers: Readonly<Record<string, string>>,
): Promise<readonly Advice[]> {
  const answer = await visit.put({ path: "/v1/chat/completions", headers, body: openAiCompletionBody(model) });
  const isAnswered = answer.type === "json" && answer.status === 200;
  if (isAnswered && (await answersTrue(completionQuery, answer.json))) return [];
  if (isAnswered) {
    const message = `"${model.id}" answers, but not with the requested word`;
    const steps = ["see what the module makes of a question; leave its completion out if it cannot answer one"];
    return [{ code: "reply-not-healthy", severity: "error", message, steps }];
  }
  const status = answer.type === "unreachable" ? `no answer, ${answer.code}` : `status ${answer.status}`;
  const steps = ["see the log of Pipelines: a module that throws is answered with 500"];
  return [{ code: "completion-failed", severity: "error", message: `"${model.id}" failed (${status})`, steps }];
}
