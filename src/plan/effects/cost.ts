/** Counts the requests that the monitors send in a day, and the completions and tokens among them. */
import { secondsADay } from "../../model/duration.ts";
import { isJsonObject, parseJson, valueAt, type Json, type JsonObject } from "../../model/json.ts";
import type { Cost, CostOfPlan } from "../../model/plan.ts";
import { endpointOf } from "./completion-endpoints.ts";
import { isActive, secondsBetweenChecks, type PlannedMonitor } from "./planned-monitors.ts";

/** Monitors that check something inside the server, or wait for a call. */
const typesWithoutRequests = new Set<Json>(["group", "push", "manual"]);
/** Tokens of a short answer, for requests without a limit. */
const usualAnswer = 256;
const charactersInToken = 4;
const nothing: Cost = { requests: 0, completions: 0, tokens: 0 };

export function costOfPlan(monitors: readonly PlannedMonitor[]): CostOfPlan {
  const costs = monitors.map(({ key, before, after }) => ({ key, before: costOf(before), after: costOf(after) }));
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

/** Tokens of one request; undefined if it asks for no completion. */
function tokensOf(spec: JsonObject): number | undefined {
  const { method, url, body } = spec;
  if (typeof url !== "string") return undefined;
  const endpoint = endpointOf({ path: pathOf(url), method, words: wordsOf(spec) });
  if (endpoint === undefined || endpoint.tokens !== undefined) return endpoint?.tokens;
  const asked = bodyOf(body ?? null);
  if (asked === undefined) return undefined;
  const prompts = endpoint.prompts.flatMap((pointer) => valueAt(asked, pointer) ?? []);
  if (prompts.length === 0) return undefined;
  // In Ollama, -1 and -2 mean no limit.
  const limit = endpoint.limits
    .map((pointer) => valueAt(asked, pointer))
    .find((value): value is number => typeof value === "number" && value >= 0);
  return Math.ceil(textLength(prompts) / charactersInToken) + (limit ?? usualAnswer);
}

/** Without trailing slashes, which services ignore or redirect. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/u, "") : "";
}

function wordsOf({ url, name, jsonPath, keyword }: JsonObject): readonly string[] {
  return [url, name, jsonPath, keyword].filter((value) => typeof value === "string");
}

/** Also parses a body that is text, if it is JSON. */
function bodyOf(body: Json): JsonObject | undefined {
  if (isJsonObject(body)) return body;
  if (typeof body !== "string") return undefined;
  const parsed = parseJson(body);
  return isJsonObject(parsed) ? parsed : undefined;
}

/** UTF-16 units of the prompt: the content of messages, the parts of a content, the lines of a prompt. */
function textLength(prompt: Json): number {
  if (typeof prompt === "string") return prompt.length;
  if (Array.isArray(prompt)) return prompt.reduce((total: number, item: Json) => total + textLength(item), 0);
  if (!isJsonObject(prompt)) return 0;
  return textLength(prompt["content"] ?? prompt["parts"] ?? prompt["text"] ?? prompt["message"] ?? null);
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
