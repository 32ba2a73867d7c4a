/** Models that a block names: each needs a key of its own, because the history of a monitor depends on its key. */
import { pointerTo, type JsonPointer } from "../../model/json.ts";
import type { ServiceProblem } from "../problem.ts";

export interface NamedModel {
  readonly id: string;
  /** The last part of its monitors' keys. */
  readonly key: string;
  /** Where it is written, in its block. */
  readonly at: JsonPointer;
}

/**
 * `llama3.1:latest` becomes `llama3.1-latest`. The key depends only on this id. If it changed when another model is
 * added, its monitor would lose its history.
 */
export function modelKey(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9._-]+/gu, "-").replaceAll(/^-+|-+$/gu, "") || "model";
}

/** Monitor keys have at most 100 characters; `completion.` is the longest prefix of a model's key. */
const longestKey = 100;

/** Those without an earlier one of the same id or key. `block` is the key of the block. */
export function distinctModels<Model extends NamedModel>(
  block: string,
  named: readonly Model[],
): { readonly models: readonly Model[]; readonly problems: readonly ServiceProblem[] } {
  const models: Model[] = [];
  const problems: ServiceProblem[] = [];
  for (const model of named) {
    const earlier = models.find(({ id, key }) => id === model.id || key === model.key);
    const isTooLong = `${block}.completion.${model.key}`.length > longestKey;
    if (earlier === undefined && !isTooLong) models.push(model);
    else problems.push(modelProblem(model, earlier));
  }
  return { models, problems };
}

function modelProblem({ id, key, at }: NamedModel, earlier: NamedModel | undefined): ServiceProblem {
  if (earlier?.id === id) {
    return { code: "KS1703", severity: "warning", message: `model "${id}" is named twice`, pointer: at };
  }
  return {
    code: "KS1704",
    severity: "error",
    message:
      earlier === undefined
        ? `model "${id}" makes a key that is too long`
        : `models "${earlier.id}" and "${id}" would both have the key "${key}"`,
    pointer: at,
    hint: `write { id: ${JSON.stringify(id)}, key: … }`,
    why: "a monitor's history depends on its key, so kuma-sync does not invent one",
  };
}

/** `completions` is as in the block: by model id. */
export function unknownCompletions(
  completions: false | Readonly<Record<string, unknown>> | undefined,
  models: readonly NamedModel[],
): readonly ServiceProblem[] {
  if (completions === undefined || completions === false) return [];
  return Object.keys(completions)
    .filter((id) => id !== "*" && !models.some((model) => model.id === id))
    .map((id) => ({
      code: "KS1705",
      severity: "error",
      message: `"${id}" is not among the models`,
      pointer: pointerTo("completions", id),
      hint: models.length === 0 ? "name it under models" : `named are ${models.map((model) => model.id).join(", ")}`,
    }));
}
