/** What is known of the wanted models before it is explained. */
import { isJsonObject } from "../../../model/json.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import type { Advice } from "../../diagnosis.ts";

/** The answers about models. They were asked with the key, so each shows what its account may see. */
export interface ModelAnswers {
  readonly models: ServiceAnswer;
  readonly openai: ServiceAnswer;
  readonly ollama: ServiceAnswer;
  /** Does not depend on grants, so its failure comes from the provider. Nothing like it exists for OpenAI-type ones. */
  readonly ollamaVersion: ServiceAnswer;
}

/** Whether the account may read a model that it does not see; `unknown` where keys may not ask. */
export type ModelRight = "granted" | "not-granted" | "unknown";

/** From the answer of `/api/v1/models/model?id=…`. A model without a row was never granted to anybody. */
export function rightOf(answer: ServiceAnswer): ModelRight {
  if (answer.type !== "json") return "unknown";
  if (answer.status === 200) return isJsonObject(answer.json) ? "granted" : "unknown";
  return answer.status === 401 || answer.status === 404 ? "not-granted" : "unknown";
}

/** Advice of its own, or what is wrong with its provider. */
export type ModelFinding = Advice | "provider-down" | "switched-off" | "manual" | undefined;
