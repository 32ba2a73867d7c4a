/** Outages that monitors of a LiteLLM would miss, and what they cost (docs/upstream/services.md#litellm). */
import { pointerTo } from "../../../model/json.ts";
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import { placeOf } from "../../monitors/place-of.ts";
import { streamedReply } from "../../monitors/streamed-reply.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { asksProvider, completing, litellmRequests } from "./litellm-requests.ts";

export function checkLitellm(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceProblem[] {
  const all = litellmRequests(monitors, instances);
  return all.flatMap((request) =>
    [
      ...wholeHealth(request),
      ...listOnly(request, all),
      ...(completing.includes(request.route) ? streamedReply(request, "if-true") : []),
    ].map((problem) => ({ ...problem, pointer: pointerTo(request.key) + problem.pointer })),
  );
}

function wholeHealth(request: ServiceRequestOf): readonly ServiceProblem[] {
  const { route, method, instance } = request;
  if (route !== "/health" || method !== "GET" || asksProvider(request)) return [];
  // The block says that the proxy has background checks, which cost nothing.
  if (instance.written?.["backgroundChecks"] === true && isCounted(request)) return [];
  const pointer = placeOf(request, "url");
  const cost = "each request asks every model of the proxy for an answer, unless it has background checks";
  if (!isCounted(request)) {
    return [
      {
        code: "KS1811",
        severity: "warning",
        message: "LiteLLM's /health stays 200 when every model is dead, and costs a completion of each",
        pointer,
        hint: "ask /health?model=NAME, which answers 503, or /health/readiness if only the proxy counts",
        why: cost,
      },
    ];
  }
  return [
    {
      code: "KS1811",
      severity: "info",
      message: "LiteLLM's /health costs a completion of every model on every request",
      pointer,
      hint: "ask /health?model=NAME for one of them, or switch on background_health_checks",
      why: cost,
    },
  ];
}

/** Whether the query looks at what is unhealthy. */
function isCounted({ type, expects }: ServiceRequestOf): boolean {
  return type === "json-query" && /\b(?:un)?healthy_(?:count|endpoints)\b/u.test(expects);
}

function listOnly(request: ServiceRequestOf, all: readonly ServiceRequestOf[]): readonly ServiceProblem[] {
  const { route, type, expects, instance } = request;
  if ((route !== "/v1/models" && route !== "/models") || type === "http" || !/["']/u.test(expects)) return [];
  // The block says that nothing is to be asked that costs.
  if (instance.written?.["completions"] === false) return [];
  if (all.some((other) => other.instance.url === instance.url && asksProvider(other))) return [];
  const isCovered = all.some(
    (other) => other.instance.url === instance.url && other.route === "/health" && isCounted(other),
  );
  if (isCovered) return [];
  return [
    {
      code: "KS1803",
      severity: "info",
      message: "LiteLLM's list of models is its configuration: it stays the same when a provider is dead",
      pointer: placeOf(request, "url"),
      hint: "ask POST /v1/chat/completions for a word as well",
    },
  ];
}
