/** Finds out why monitors of an Ollama are down: the daemon, the name it is asked by, the weights, or the model. */
import { isJsonObject } from "../../../model/json.ts";
import type { Advice, ServiceDoctor } from "../../diagnosis.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { startExamination, strangerAdvice, type Examination } from "../../requests/examination.ts";
import { namedModels, type AskedModel } from "../../blocks/named-models.ts";
import type { WrittenOllama } from "../block/ollama-block.ts";
import { aliveText, listedNames, withTag } from "../facts/answers.ts";
import { answerAdvice } from "./answer-advice.ts";
import { weightsAdvice } from "./weights-advice.ts";

export const doctor: ServiceDoctor = {
  async recognise(get) {
    const alive = await get("/");
    if (alive.type !== "text" || alive.status !== 200 || alive.text.trim() !== aliveText) return undefined;
    const version = versionIn(await get("/api/version"));
    const tags = await get("/api/tags");
    return { version, models: (tags.type === "json" ? listedNames(tags.json) : undefined) ?? [] };
  },
  async diagnose(port, block, { wantsCompletions }) {
    const written = block as unknown as WrittenOllama;
    const visit = startExamination(port, written.url, []);
    const alive = await visit.put({ path: "/" });
    if (alive.type !== "text" || alive.text.trim() !== aliveText) {
      return visit.result({ version: undefined, advice: [aliveAdvice(alive)] });
    }
    const version = versionIn(await visit.put({ path: "/api/version" }));
    const { models } = namedModels("", written.models);
    const advice = await modelAdvice(visit, models, wantsCompletions);
    return visit.result({ version, advice });
  },
};

/** An own build says 0.0.0. */
function versionIn(answer: ServiceAnswer): string | undefined {
  const version = answer.type === "json" && isJsonObject(answer.json) ? answer.json["version"] : undefined;
  return typeof version === "string" && /^\d+\.\d+[\w.+-]{0,40}$/u.test(version) ? version : undefined;
}

function aliveAdvice(answer: ServiceAnswer): Advice {
  const isRefusal = answer.type === "text" && answer.status === 403 && answer.text === "";
  if (!isRefusal) return strangerAdvice(answer, "Ollama", "/");
  return {
    code: "foreign-host",
    severity: "error",
    message: "403 with an empty body: Ollama does not know the name that it is asked by",
    steps: [
      "let Ollama listen on the network (OLLAMA_HOST=0.0.0.0): it looks at the name only while it listens on loopback",
      "or let the proxy in front send Host: localhost",
    ],
  };
}

async function modelAdvice(
  visit: Examination,
  models: readonly AskedModel[],
  wantsCompletions: boolean,
): Promise<readonly Advice[]> {
  const tags = await visit.put({ path: "/api/tags" });
  const listed = tags.type === "json" ? listedNames(tags.json) : undefined;
  const advice: Advice[] = [];
  if (listed?.length === 0) advice.push(noModels);
  for (const model of models) {
    const shown = await visit.put({ path: "/api/show", method: "POST", body: { model: model.id } });
    const found = weightsAdvice(model.id, shown, { listed: listed ?? [], redactor: visit.redactor });
    if (found !== undefined) advice.push(found);
    else if (wantsCompletions) advice.push(...(await answerAdvice(visit, model)));
  }
  if (models.length > 0 && !wantsCompletions) advice.push(notAsked);
  const others = (listed ?? []).filter((name) => !models.some(({ id }) => withTag(id) === name));
  if (models.length === 0 && others.length > 0) advice.push(unwatched(others));
  return advice;
}

const noModels: Advice = {
  code: "no-model-visible",
  severity: "error",
  message: "Ollama has no model at all",
  steps: ["if it had some, see whether its folder is there (OLLAMA_MODELS, or the volume of the container)"],
};

const notAsked: Advice = {
  code: "not-asked",
  severity: "info",
  message: "no model was asked for an answer",
  steps: ["with --completions each is asked once, which loads it"],
};

function unwatched(names: readonly string[]): Advice {
  const few = names.slice(0, 5).join(", ");
  const message = `no model is named in the block; Ollama has ${few}${names.length > 5 ? " and others" : ""}`;
  return { code: "model-not-named", severity: "info", message, steps: ["name those to watch under models"] };
}
