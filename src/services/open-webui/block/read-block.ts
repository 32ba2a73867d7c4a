/** Checks of a block that a schema cannot express. Pointers are relative to the block. */
import { pointerTo } from "../../../model/json.ts";
import type { OpenWebUIProblem } from "../problem.ts";
import { isBareOllamaName, watchedModel, type WatchedModel } from "./watched-model.ts";
import type { WrittenOpenWebUI } from "./written.ts";

/**
 * Without trailing slashes: with one too many, Open WebUI answers with its web page
 * (docs/upstream/open-webui.md#web-page-for-unknown-paths).
 */
export function baseUrl(url: string): string {
  return url.trim().replace(/\/+$/u, "");
}

/** Monitor keys have at most 100 characters; `completion.` is the longest prefix of a model's key. */
const longestKey = 100;

/** The models without duplicates, each with a unique key. */
export function readModels(
  block: string,
  written: NonNullable<WrittenOpenWebUI["models"]>,
): { readonly models: readonly WatchedModel[]; readonly problems: readonly OpenWebUIProblem[] } {
  const models: WatchedModel[] = [];
  const problems: OpenWebUIProblem[] = [];
  for (const [index, item] of written.entries()) {
    const model = watchedModel(item, pointerTo("models", index));
    const earlier = models.find(({ id, key }) => id === model.id || key === model.key);
    const isTooLong = `${block}.completion.${model.key}`.length > longestKey;
    if (typeof item === "string" && isBareOllamaName(item)) problems.push(withoutTag(model));
    if (earlier === undefined && !isTooLong) models.push(model);
    else problems.push(modelProblem(model, earlier));
  }
  return { models, problems };
}

function withoutTag({ id, at }: WatchedModel): OpenWebUIProblem {
  return {
    rule: "model-without-tag",
    severity: "warning",
    message: `the id of an Ollama model carries its tag, and "${id}" has none`,
    pointer: at,
    hint: `write "${id}:latest", or { id: ${id}, provider: openai } if another provider serves it`,
  };
}

function modelProblem(model: WatchedModel, earlier: WatchedModel | undefined): OpenWebUIProblem {
  if (earlier?.id === model.id) {
    const message = `model "${model.id}" is named twice`;
    return { rule: "duplicate-model", severity: "warning", message, pointer: model.at };
  }
  return {
    rule: "model-key-taken",
    severity: "error",
    message:
      earlier === undefined
        ? `model "${model.id}" makes a key that is too long`
        : `models "${earlier.id}" and "${model.id}" would both have the key "${model.key}"`,
    pointer: model.at,
    hint: `write { id: ${JSON.stringify(model.id)}, key: … }`,
    why: "a monitor's history depends on its key, so kuma-sync does not invent one",
  };
}

export function requestProblems(written: WrittenOpenWebUI, models: readonly WatchedModel[]): OpenWebUIProblem[] {
  return [...urlProblems(written), ...keyProblems(written, models), ...completionProblems(written, models)];
}

function urlProblems({ url }: WrittenOpenWebUI): OpenWebUIProblem[] {
  const afterHost = baseUrl(url).replace(/^https?:\/\/[^/?#]*/iu, "");
  const own = /\/(health|ready|api|openai|ollama|v1)(\/.*)?$|[?#].*$/u.exec(afterHost)?.[0];
  if (own === undefined) return [];
  const message = `the address ends in "${own}"; the paths are added here`;
  return [{ rule: "url-with-path", severity: "error", message, pointer: "/url", hint: "write the address without it" }];
}

function keyProblems({ apiKey }: WrittenOpenWebUI, models: readonly WatchedModel[]): OpenWebUIProblem[] {
  if (apiKey !== undefined || models.length === 0) return [];
  return [
    {
      rule: "missing-api-key",
      severity: "error",
      message: "models cannot be watched without an API key",
      pointer: "/models",
      hint: "add apiKey: ${env:OPEN_WEBUI_API_KEY}",
      why: "Open WebUI lists models only for an account that may read them",
    },
  ];
}

function completionProblems({ completions }: WrittenOpenWebUI, models: readonly WatchedModel[]): OpenWebUIProblem[] {
  if (completions === undefined || completions === false) return [];
  return Object.keys(completions)
    .filter((id) => id !== "*" && !models.some((model) => model.id === id))
    .map((id) => ({
      rule: "unknown-completion",
      severity: "error",
      message: `"${id}" is not among the models`,
      pointer: pointerTo("completions", id),
      hint: models.length === 0 ? "name it under models" : `named are ${models.map((model) => model.id).join(", ")}`,
    }));
}
