/** The models of a block whose service needs to know nothing but their names. */
import { keyPattern } from "../../model/entity.ts";
import { pointerTo, type Json, type JsonObject } from "../../model/json.ts";
import type { ServiceProblem } from "../problem.ts";
import { distinctModels, modelKey, type NamedModel } from "./model-keys.ts";
import { isReasoningModel } from "./reasoning-models.ts";

export type ModelEntry = string | { readonly id: string; readonly key?: string; readonly reasoning?: boolean };

export interface AskedModel extends NamedModel {
  /** Whether the model reasons before it answers, and needs more tokens for that. */
  readonly isReasoning: boolean;
}

/** JSON Schema 2020-12 of `models`. */
export function modelsSchema(texts: {
  readonly description: string;
  /** What an id is. */
  readonly id: string;
  readonly examples: readonly Json[];
}): JsonObject {
  const model = {
    type: "object",
    additionalProperties: false,
    required: ["id"],
    properties: {
      id: { type: "string", minLength: 1, description: texts.id },
      key: {
        type: "string",
        pattern: keyPattern,
        description: "What the keys of its monitors end in. Without it, the id with `-` for what a key cannot hold.",
      },
      reasoning: {
        type: "boolean",
        description: "Whether it thinks before it answers and needs room for that. Without it, told from the id.",
      },
    },
  };
  return {
    type: "array",
    items: { anyOf: [{ type: "string", minLength: 1 }, model] },
    default: [],
    title: "Models",
    description: texts.description,
    examples: [...texts.examples],
  };
}

/** Without duplicates, each with a key of its own. `block` is the key of the block. */
export function namedModels(
  block: string,
  entries: readonly ModelEntry[] = [],
): { readonly models: readonly AskedModel[]; readonly problems: readonly ServiceProblem[] } {
  return distinctModels(
    block,
    entries.map((entry, index) => {
      const { id, key, reasoning } = typeof entry === "string" ? { id: entry } : entry;
      return {
        id,
        key: key ?? modelKey(id),
        isReasoning: reasoning ?? isReasoningModel(id),
        at: pointerTo("models", index),
      };
    }),
  );
}
