/** What is known of the wanted models before it is explained. */
import { isJsonObject } from "../../../model/json.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import type { Advice } from "../../diagnosis.ts";
import { detailOf } from "../requests/refusal.ts";

/** The answers about models. They were asked with the key, so each shows what its account may see. */
export interface ModelAnswers {
  readonly models: ServiceAnswer;
  readonly openai: ServiceAnswer;
  readonly ollama: ServiceAnswer;
  /** Does not depend on grants, so its failure comes from the provider. Nothing like it exists for OpenAI-type ones. */
  readonly ollamaVersion: ServiceAnswer;
}

/** Whether the account may read a model that it does not see. */
export type ModelRight =
  | "granted"
  | "not-granted"
  | "without-row" // never granted to anybody; there may be no such model at all
  | "unknown"; // keys may not ask here

/**
 * From the answer of `/api/v1/models/model?id=…`. Up to 0.11.0 a model without a row is 401 too, with other words
 * (docs/upstream/open-webui.md#who-sees-which-models).
 */
export function rightOf(answer: ServiceAnswer): ModelRight {
  if (answer.type !== "json") return "unknown";
  if (answer.status === 200) return isJsonObject(answer.json) ? "granted" : "unknown";
  if (answer.status === 404) return "without-row";
  if (answer.status !== 401) return "unknown";
  return /could not find|not found/iu.test(detailOf(answer)) ? "without-row" : "not-granted";
}

/** Advice of its own, or what is wrong with its provider. */
export type ModelFinding = Advice | "provider-down" | "switched-off" | "manual" | undefined;
