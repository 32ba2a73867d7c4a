/** Checks of a block that a schema cannot express. Pointers are relative to the block. */
import { pointerTo } from "../../../model/json.ts";
import { addressProblems } from "../../blocks/base-url.ts";
import { distinctModels, unknownCompletions } from "../../blocks/model-keys.ts";
import type { ServiceProblem } from "../../problem.ts";
import { untestedWords } from "../facts/known-faults.ts";
import { isBareOllamaName, watchedModel, type WatchedModel } from "./watched-model.ts";
import type { WrittenOpenWebUI } from "./written.ts";

/** The models without duplicates, each with a unique key. */
export function readModels(
  block: string,
  written: NonNullable<WrittenOpenWebUI["models"]>,
): { readonly models: readonly WatchedModel[]; readonly problems: readonly ServiceProblem[] } {
  const { models, problems } = distinctModels(
    block,
    written.map((item, index) => watchedModel(item, pointerTo("models", index))),
  );
  const bare = written.flatMap((item, index) =>
    typeof item === "string" && isBareOllamaName(item) ? [withoutTag(item, pointerTo("models", index))] : [],
  );
  return { models, problems: [...bare, ...problems] };
}

function withoutTag(id: string, pointer: string): ServiceProblem {
  return {
    code: "KS1716",
    severity: "warning",
    message: `the id of an Ollama model carries its tag, and "${id}" has none`,
    pointer,
    hint: `write "${id}:latest", or { id: ${id}, provider: openai } if another provider serves it`,
  };
}

export function requestProblems(written: WrittenOpenWebUI, models: readonly WatchedModel[]): readonly ServiceProblem[] {
  return [
    ...addressProblems(written.url, ["health", "ready", "api", "openai", "ollama", "v1"]),
    ...releaseProblems(written),
    ...keyProblems(written, models),
    ...unknownCompletions(written.completions, models),
  ];
}

function releaseProblems({ version }: WrittenOpenWebUI): readonly ServiceProblem[] {
  const words = untestedWords(version);
  return words === undefined ? [] : [{ code: "KS1562", severity: "warning", ...words, pointer: "/version" }];
}

function keyProblems({ apiKey }: WrittenOpenWebUI, models: readonly WatchedModel[]): readonly ServiceProblem[] {
  if (apiKey !== undefined || models.length === 0) return [];
  return [
    {
      code: "KS1702",
      severity: "error",
      message: "models cannot be watched without an API key",
      pointer: "/models",
      hint: "add apiKey: ${env:OPEN_WEBUI_API_KEY}",
      why: "Open WebUI lists models only for an account that may read them",
    },
  ];
}
