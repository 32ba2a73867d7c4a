/**
 * Diagnoses the connection to an Open WebUI: sends the requests of the monitors once, with their key, and explains the
 * answers. The result holds no key and no body, so it can be shown to anybody.
 */
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { createRedactor, type Redactor } from "../../../secrets/redactor.ts";
import { urlSecrets } from "../../../secrets/url-credentials.ts";
import { completionBody } from "../block/level-completions.ts";
import { faultsOf, untestedWords } from "../facts/known-faults.ts";
import { watchedModel } from "../block/watched-model.ts";
import type { WrittenOpenWebUI } from "../block/written.ts";
import type { Advice, Diagnosis, ServiceDoctor } from "../../diagnosis.ts";
import { ask, splitAddress, type ServiceAnswer, type Question } from "../../requests/ask.ts";
import { completionAdvice } from "./completion-advice.ts";
import { refusalOf, type Refusal } from "../requests/refusal.ts";
import { keyAdvice } from "./key-advice.ts";
import { listedModels } from "../requests/listed-models.ts";
import { modelAdvice } from "./model-advice.ts";
import { rightOf, type ModelRight } from "./model-answers.ts";
import { releaseIn } from "../requests/read-instance.ts";
import type { ServicePort } from "../../requests/port.ts";
import { quotedWords } from "../../requests/quoted-words.ts";

export interface DiagnosedInstance {
  readonly url: string;
  readonly apiKey?: string | undefined;
  /** Default: Authorization. */
  readonly apiKeyHeader?: string | undefined;
  /** Ids of the models to watch. */
  readonly models: readonly string[];
  /** Whether each model is asked for a completion, which costs tokens. Default: no. */
  readonly wantsCompletions?: boolean;
}

export const doctor: ServiceDoctor = {
  async recognise(get) {
    const config = await get("/api/config");
    if (config.type !== "json" || !isJsonObject(config.json)) return undefined;
    const { status, name, features } = config.json;
    if (status !== true || typeof name !== "string" || !isJsonObject(features)) return undefined;
    return { version: releaseIn(config) ?? releaseIn(await get("/api/version")) };
  },
  diagnose(port, written, options) {
    const { url, apiKey, apiKeyHeader, models = [] } = written as unknown as WrittenOpenWebUI;
    const ids = models.map((model) => (typeof model === "string" ? model : model.id));
    return diagnose(port, { url, apiKey, apiKeyHeader, models: ids, ...options });
  },
};

export async function diagnose(port: ServicePort, instance: DiagnosedInstance): Promise<Diagnosis> {
  const redactor = createRedactor();
  redactor.add(secretsOf(instance));
  const diagnosis = await examine(port, instance, redactor);
  // A server may put a secret anywhere, even into the id of a model.
  return redactor.data(diagnosis, { requests: "own", advice: { code: "own", severity: "own" } });
}

async function examine(port: ServicePort, instance: DiagnosedInstance, redactor: Redactor): Promise<Diagnosis> {
  const requests: Diagnosis["requests"][number][] = [];
  const { address: url } = splitAddress(instance.url);
  const put = async (question: Question): Promise<ServiceAnswer> => {
    const answer = await ask(port, instance.url, question);
    const method = question.method ?? (question.body === undefined ? "GET" : "POST");
    const path = question.path.replace(/\?.*$/su, "");
    requests.push({ method, path, status: answer.type === "unreachable" ? undefined : answer.status });
    return answer;
  };
  const unwell = healthAdvice(await put({ path: "/health" }));
  if (unwell !== undefined) return { url, version: undefined, requests, advice: [unwell] };

  const version = versionOf(await put({ path: "/api/version" }), redactor);
  const users = usersAdvice(await put({ path: "/api/config" }));
  const advice: Advice[] = [...users, ...untestedAdvice(version), ...faultAdvice(version)];
  if (instance.apiKey !== undefined) advice.unshift(...(await keyedAdvice(put, instance, { version, redactor })));
  return { url, version, requests, advice: advice.toSorted((left, right) => rank(left) - rank(right)) };
}

type Put = (question: Question) => Promise<ServiceAnswer>;

function rank({ severity }: Advice): number {
  return ["error", "warning", "info"].indexOf(severity);
}

function secretsOf({ apiKey, url }: DiagnosedInstance): readonly string[] {
  // The user name before the password is not secret, and may be an ordinary word.
  return [apiKey ?? "", ...urlSecrets(url)];
}

/** Undefined if Open WebUI reports that it is healthy. */
function healthAdvice(answer: ServiceAnswer): Advice | undefined {
  if (answer.type === "unreachable") {
    const steps = ["see whether Open WebUI runs; while it starts, which can take minutes, it refuses connections"];
    return { code: "unreachable", severity: "error", message: `nothing answers (${answer.code})`, steps };
  }
  if (answer.type === "redirect") {
    const message = `a login stands in front: /health is sent on to ${answer.host === "" ? "another page" : answer.host}`;
    const steps = ["let it pass /health and the API without a login, or give it a service token in a header"];
    return { code: "login-page", severity: "error", message, steps };
  }
  if (answer.type === "json" && isJsonObject(answer.json) && answer.json["status"] === true) return undefined;
  if (answer.type === "page" && answer.status === 200) {
    const steps = ["see whether the address is right; a login page in front looks like this too"];
    return { code: "login-page", severity: "error", message: "a web page answers in place of /health", steps };
  }
  const steps = ["see whether the address is right, and what stands in front of Open WebUI"];
  return {
    code: "not-open-webui",
    severity: "error",
    message: `/health is answered with status ${answer.status} and not by Open WebUI`,
    steps,
  };
}

/** A version that does not look like one is not shown, because it could hold anything. */
function versionOf(answer: ServiceAnswer, redactor: Redactor): string | undefined {
  if (answer.type !== "json" || !isJsonObject(answer.json)) return undefined;
  const { version } = answer.json;
  if (typeof version !== "string" || !/^v?\d+\.\d+[\w.+-]{0,40}$/u.test(version)) return undefined;
  return quotedWords(version, redactor);
}

function usersAdvice(answer: ServiceAnswer): readonly Advice[] {
  if (answer.type !== "json" || !isJsonObject(answer.json) || answer.json["onboarding"] !== true) return [];
  const steps = ["if it had users before, it lost its volume: stop it before anybody signs up, and look for the data"];
  return [{ code: "no-users", severity: "error", message: "it has no users and asks for the first one", steps }];
}

function untestedAdvice(version: string | undefined): readonly Advice[] {
  const words = untestedWords(version);
  if (words === undefined) return [];
  return [{ code: "untested-release", severity: "warning", message: words.message, steps: [words.hint] }];
}

function faultAdvice(version: string | undefined): readonly Advice[] {
  return faultsOf(version).map(({ severity, message, hint }) => ({
    code: "known-fault",
    severity,
    message,
    steps: [hint],
  }));
}

async function keyedAdvice(
  put: Put,
  instance: DiagnosedInstance,
  { version, redactor }: { readonly version: string | undefined; readonly redactor: Redactor },
): Promise<readonly Advice[]> {
  const { apiKey = "", apiKeyHeader = "Authorization" } = instance;
  const value = apiKeyHeader.toLowerCase() === "authorization" ? `Bearer ${apiKey}` : apiKey;
  const headers = { [apiKeyHeader.toLowerCase()]: value };
  const get = (path: string): Promise<ServiceAnswer> => put({ path, headers });
  const models = await get("/api/models");
  const openai = await get("/openai/models");
  const ollama = await get("/ollama/api/tags");
  const ollamaVersion = await get("/ollama/api/version");
  // The request names no model, so it costs nothing and is always refused. The refusal shows whether the key may ask.
  const completions = await put({ path: "/api/chat/completions", headers, body: { messages: [] } });
  const rights = await readRights(get, models, instance.models);
  const keyed = {
    "/api/models": models,
    "/openai/models": openai,
    "/ollama/api/tags": ollama,
    "/api/chat/completions": completions,
  };
  const advice = [
    ...refusalAdvice(keyed, version),
    ...modelAdvice({ models, openai, ollama, ollamaVersion }, instance.models, {
      rights,
      wantsCompletions: instance.wantsCompletions === true,
    }),
  ];
  if (instance.wantsCompletions !== true) return advice;
  const visible = new Set(listedModels(models)?.map(({ id }) => id));
  for (const id of instance.models.filter((model) => visible.has(model))) {
    const body: JsonObject = completionBody(watchedModel(id, ""));
    const answer = await put({ path: "/api/chat/completions", headers, body });
    const found = await completionAdvice(id, answer, { version, redactor });
    if (found !== undefined) advice.push(found);
  }
  return advice;
}

/** Asked for models that are not listed. A list of allowed endpoints does not have this route. */
async function readRights(
  get: (path: string) => Promise<ServiceAnswer>,
  models: ServiceAnswer,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, ModelRight>> {
  const rights = new Map<string, ModelRight>();
  const visible = listedModels(models);
  for (const id of visible === undefined ? [] : wanted) {
    if (visible?.some((model) => model.id === id) === true) continue;
    rights.set(id, rightOf(await get(`/api/v1/models/model?id=${encodeURIComponent(id)}`)));
  }
  return rights;
}

function refusalAdvice(
  answers: Readonly<Record<string, ServiceAnswer>>,
  version: string | undefined,
): readonly Advice[] {
  const isTakenSomewhere = Object.values(answers).some(
    (answer) => answer.type === "json" && refusalOf(answer, version) === undefined,
  );
  const paths = new Map<Refusal, string[]>();
  for (const [path, answer] of Object.entries(answers)) {
    const told = refusalOf(answer, version);
    if (told === undefined) continue;
    // Up to 0.6.36, an endpoint that is not allowed and keys that are switched off give the same message.
    const refusal = told === "keys-disabled" && isTakenSomewhere ? "endpoint-not-allowed" : told;
    paths.set(refusal, [...(paths.get(refusal) ?? []), path]);
  }
  return [...paths].map(([refusal, refused]) => keyAdvice(refusal, refused, version));
}
