/** What the monitors ask of their subjects in a day, and what the completions among them may use. */
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Cost, CostOfPlan } from "../model/plan.ts";
import { isActive, secondsBetweenChecks, type Watch } from "./watches.ts";

const secondsADay = 86_400;
/** Their checks look inside the server, or wait to be called. */
const typesWithoutRequests = new Set<Json>(["group", "push", "manual"]);
/** OpenAI's two, and Ollama's two, wherever a proxy mounts them. */
const completionPath = /\/(chat\/completions|completions|api\/chat|api\/generate)$/;
/** When a request sets no limit: a short answer. */
const usualAnswer = 256;
const charactersInToken = 4;
const nothing: Cost = { requests: 0, completions: 0, tokens: 0 };

export function costOfPlan(watches: readonly Watch[]): CostOfPlan {
  const costs = watches.map(({ key, before, after }) => ({ key, before: costOf(before), after: costOf(after) }));
  return {
    before: sum(costs.map(({ before }) => before)),
    after: sum(costs.map(({ after }) => after)),
    monitors: costs
      .filter(({ before, after }) => before.completions > 0 || after.completions > 0)
      .map(({ key, before, after }) => ({
        key,
        ...(before.completions > 0 ? { before } : {}),
        ...(after.completions > 0 ? { after } : {}),
      })),
  };
}

function costOf(spec: JsonObject | undefined): Cost {
  if (!isActive(spec) || typesWithoutRequests.has(spec["type"] ?? null)) return nothing;
  const seconds = secondsBetweenChecks(spec);
  if (seconds === undefined) return nothing;
  const requests = Math.round(secondsADay / seconds);
  const tokens = tokensOf(spec);
  return tokens === undefined
    ? { ...nothing, requests }
    : { requests, completions: requests, tokens: requests * tokens };
}

/** Of one request; undefined when it asks for no completion. */
function tokensOf({ method, url, body }: JsonObject): number | undefined {
  if (method !== "POST" || typeof url !== "string" || !completionPath.test(pathOf(url))) return undefined;
  const asked = bodyOf(body ?? null);
  if (asked === undefined) return undefined;
  const prompt = asked["messages"] ?? asked["prompt"];
  if (prompt === undefined) return undefined;
  const options = asked["options"];
  const limits = [
    asked["max_tokens"],
    asked["max_completion_tokens"],
    isJsonObject(options) ? options["num_predict"] : undefined,
  ];
  // Ollama's -1 and -2 stand for no limit.
  const limit = limits.find((value) => typeof value === "number" && value >= 0);
  return Math.ceil(textLength(prompt) / charactersInToken) + (typeof limit === "number" ? limit : usualAnswer);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}

/** Of a body that is text, as far as it is JSON. */
function bodyOf(body: Json): JsonObject | undefined {
  if (isJsonObject(body)) return body;
  if (typeof body !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Of what is said: the content of messages, the text parts of a content, the lines of a prompt. */
function textLength(prompt: Json): number {
  if (typeof prompt === "string") return prompt.length;
  if (Array.isArray(prompt)) return prompt.reduce((total: number, item: Json) => total + textLength(item), 0);
  if (!isJsonObject(prompt)) return 0;
  return textLength(prompt["content"] ?? prompt["text"] ?? null);
}

function sum(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (total, { requests, completions, tokens }) => ({
      requests: total.requests + requests,
      completions: total.completions + completions,
      tokens: total.tokens + tokens,
    }),
    nothing,
  );
}
