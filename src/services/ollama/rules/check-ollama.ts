/** Outages that monitors of an Ollama would miss, and mistakes that keep them down (docs/upstream/services.md#ollama). */
import { secondsOf, writtenDuration } from "../../../model/duration.ts";
import { pointerTo } from "../../../model/json.ts";
import { acceptsStatus, type ServiceRequestOf } from "../../monitors/asked-request.ts";
import { placeOf } from "../../monitors/place-of.ts";
import { streamedReply } from "../../monitors/streamed-reply.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { ServiceInstance, WrittenMonitors } from "../../service.ts";
import { generating, ollamaRequests, opensWeights } from "./ollama-requests.ts";

export function checkOllama(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): readonly ServiceProblem[] {
  const all = ollamaRequests(monitors, instances);
  return all.flatMap((request) =>
    [
      ...streamed(request),
      ...listOnly(request, all),
      ...withoutTag(request),
      ...loadedModels(request),
      ...refusedHost(request),
      ...shortTimeout(request),
    ].map((problem) => ({ ...problem, pointer: pointerTo(request.key) + problem.pointer })),
  );
}

/** Ollama's own paths stream unless told not to; OpenAI's do not. */
function streamed(request: ServiceRequestOf): readonly ServiceProblem[] {
  if (!generating.includes(request.route)) return [];
  return streamedReply(request, request.route.startsWith("/api/") ? "unless-false" : "if-true");
}

const lists: readonly string[] = ["/api/tags", "/v1/models"];

/** Reported if nothing else that the file asks of this Ollama needs the weights. */
function listOnly(request: ServiceRequestOf, all: readonly ServiceRequestOf[]): readonly ServiceProblem[] {
  const { route, type, expects, instance } = request;
  if (!lists.includes(route) || type === "http" || namesIn(expects).length === 0) return [];
  if (all.some((other) => other.instance.url === instance.url && opensWeights(other))) return [];
  return [
    {
      code: "KS1803",
      severity: "warning",
      message: `${route} lists a model whose weights are gone or corrupt`,
      pointer: placeOf(request, "url"),
      hint: `ask POST /api/show with {"model": "${namesIn(expects)[0] ?? ""}"} for $exists(details): it opens the weights and costs no tokens`,
      why: "the list has the names in a folder; nothing else that is asked of this Ollama needs the weights",
    },
  ];
}

/** The texts that a query compares with, or the keyword. */
function namesIn(expects: string): readonly string[] {
  const quoted = [...expects.matchAll(/'([^']*)'|"([^"]*)"/gu)].map(([, single, double]) => single ?? double ?? "");
  const isKeyword = quoted.length === 0 && /^[\w./-]+:[\w.-]+$/u.test(expects);
  return isKeyword ? [expects] : quoted;
}

function withoutTag(request: ServiceRequestOf): readonly ServiceProblem[] {
  const { route, type, expects } = request;
  if (!lists.includes(route) || type !== "json-query") return [];
  return [...expects.matchAll(/\b(?:id|model|name)\s*=\s*(?:'([^']*)'|"([^"]*)")/gu)]
    .map(([, single, double]) => single ?? double ?? "")
    .filter((name) => name !== "" && !name.includes(":"))
    .map((name) => ({
      code: "KS1716",
      severity: "warning",
      message: `Ollama lists every model with its tag, and "${name}" has none`,
      pointer: placeOf(request, "jsonPath"),
      hint: `did you mean "${name}:latest"?`,
    }));
}

function loadedModels(request: ServiceRequestOf): readonly ServiceProblem[] {
  if (request.route !== "/api/ps" || request.type === "http" || namesIn(request.expects).length === 0) return [];
  return [
    {
      code: "KS1804",
      severity: "warning",
      message: "a model that nobody asks is not in /api/ps, and that is no fault",
      pointer: placeOf(request, "url"),
      hint: "ask POST /api/show for the weights, or POST /api/chat for an answer",
      why: "Ollama unloads a model after five minutes without a request",
    },
  ];
}

function refusedHost(request: ServiceRequestOf): readonly ServiceProblem[] {
  if (request.type === "http" && acceptsStatus(request, 403)) {
    return [
      {
        code: "KS1805",
        severity: "warning",
        message: "403 counts as up, and it is what Ollama answers to everything when it does not know the host's name",
        pointer: placeOf(request, "acceptedStatusCodes"),
        hint: "leave 403 out",
      },
    ];
  }
  const { host } = request.headers;
  if (typeof host !== "string" || isKnownHost(host)) return [];
  return [
    {
      code: "KS1805",
      severity: "info",
      message: "an Ollama that listens on loopback alone answers 403 to a host that it does not know",
      pointer: placeOf(request, "headers"),
      hint: "send Host: localhost, or let Ollama listen on the network with OLLAMA_HOST=0.0.0.0",
    },
  ];
}

function isKnownHost(host: string): boolean {
  return /^(?:localhost|\[?[\d.:a-f]+\]?|.*\.(?:localhost|local|internal))(?::\d+)?$/iu.test(host);
}

/** Seconds. Ollama replaces a runner that hangs after 20. */
const shortestTimeout = 30;

function shortTimeout(request: ServiceRequestOf): readonly ServiceProblem[] {
  const { timeout } = request.written;
  const seconds = timeout === undefined ? null : secondsOf(timeout);
  if (!generating.includes(request.route) || seconds === null || seconds >= shortestTimeout) return [];
  return [
    {
      code: "KS1806",
      severity: "warning",
      message: `a timeout of ${writtenDuration(seconds)} is shorter than Ollama takes to replace a runner that hangs`,
      pointer: placeOf(request, "timeout"),
      hint: `write ${shortestTimeout}s or more; a large model that has to be loaded first takes longer still`,
    },
  ];
}
