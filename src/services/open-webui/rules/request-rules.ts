/** Rules for every request, whatever it asks for. */
import type { AskedMonitor } from "./asked-monitor.ts";
import type { ServiceProblem } from "../../problem.ts";
import { isPage, withoutNumber } from "../facts/routes.ts";
import { placeOf } from "../../monitors/place-of.ts";
import type { MonitorRule, RuleContext } from "./rule.ts";
import { untestedWords } from "../facts/known-faults.ts";
import { holds, sinceOf } from "../facts/facts-by-release.ts";

export const requestRules: readonly MonitorRule[] = [
  untested,
  path,
  numbered,
  method,
  keyOnHealth,
  keyHeader,
  statusOnly,
];

const pageWhy =
  "Open WebUI answers every GET that it does not know, and HEAD of everything, with status 200 and its web page";

function path(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { path: asked, route, instance } = monitor;
  const pointer = placeOf(monitor, "url");
  if (route !== undefined && asked.endsWith("/")) {
    const message = `"${asked}" is Open WebUI's web page; the slash at the end makes the difference`;
    const hint = `write "${asked.replace(/\/+$/u, "")}"`;
    return [{ code: "KS1708", severity: "warning", message, pointer, hint, why: pageWhy }];
  }
  if (isPage(asked)) {
    const message = `"${asked}" is no path of Open WebUI's`;
    const hint = asked === "/" ? 'ask "/health"' : `did you mean "${nearPath(asked)}"?`;
    return [{ code: "KS1709", severity: "warning", message, pointer, hint, why: pageWhy }];
  }
  if (route?.since !== undefined && holds(route.since, instance.version) === false) {
    const message = `"${asked}" exists from Open WebUI ${sinceOf(route.since)} on; ${String(instance.version)} answers its web page`;
    const hint = asked === "/ready" ? 'ask "/health/db"' : `ask "${asked.replace("/api/v1/", "/api/")}"`;
    return [{ code: "KS1710", severity: "warning", message, pointer, hint, why: pageWhy }];
  }
  return [];
}

/** Once for each instance; a release that a block names is reported there. */
function untested(monitor: AskedMonitor, { all }: RuleContext): readonly ServiceProblem[] {
  const { instance } = monitor;
  const words = untestedWords(instance.version);
  const isFirst = all.find((other) => other.instance.url === instance.url) === monitor;
  if (words === undefined || !isFirst || instance.version === instance.declared) return [];
  return [{ code: "KS1562", severity: "warning", ...words, pointer: "" }];
}

/**
 * Only administrators may ask a single connection, and a key for monitoring is not an administrator's
 * (docs/upstream/open-webui.md#routes-by-number).
 */
function numbered(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { path: asked, instance } = monitor;
  const whole = withoutNumber(asked);
  const isRefused = holds("numbers-need-administrator", instance.version);
  if (whole === undefined || isRefused === false) return [];
  const since = sinceOf("numbers-need-administrator");
  return [
    {
      code: "KS1563",
      severity: isRefused === true ? "error" : "warning",
      message: `"${asked}" asks one connection by its number, which from Open WebUI ${since} on only administrators may`,
      pointer: placeOf(monitor, "url"),
      hint: `ask "${whole}", and name a model of that provider in the query`,
      why: `the key of a user gets 401 whatever the provider does${isRefused === true ? "" : "; the version here is not known"}`,
    },
  ];
}

function nearPath(asked: string): string {
  if (/completion|chat/iu.test(asked)) return "/api/chat/completions";
  if (/model/iu.test(asked)) return "/api/models";
  return /tags/iu.test(asked) ? "/ollama/api/tags" : "/health";
}

function method(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { route, method: used } = monitor;
  if (route === undefined || used === route.method) return [];
  const isPageAnswer = used === "GET" || used === "HEAD";
  const message = isPageAnswer
    ? `${used} ${monitor.path} is answered with the web page and status 200`
    : `${used} ${monitor.path} is refused with status 405`;
  const pointer = placeOf(monitor, "method");
  return [{ code: "KS1707", severity: "warning", message, pointer, hint: `use ${route.method}`, why: pageWhy }];
}

/**
 * 0.6.37 to 0.8.12 apply the allow-list to every path that is requested with a key
 * (docs/upstream/open-webui.md#allow-list).
 */
function keyOnHealth(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { route, headers, written, instance } = monitor;
  if (route?.about !== "health") return [];
  const hasHeader = headers.includes("authorization") || headers.includes("x-api-key");
  if (!hasHeader && written["bearerToken"] === undefined) return [];
  const isRefused = holds("allow-list-covers-all-paths", instance.version);
  return [
    {
      code: "KS1711",
      severity: isRefused === false ? "info" : "warning",
      message: `${monitor.path} needs no key`,
      pointer: placeOf(monitor, hasHeader ? "headers" : "bearerToken"),
      hint: "leave the key out",
      why: "Open WebUI 0.6.37 to 0.8.12 refuses it with 403 when endpoints are restricted and a key comes along",
    },
  ];
}

function keyHeader(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { headers, instance, route } = monitor;
  if (route === undefined || !headers.includes("x-api-key") || holds("x-api-key", instance.version) !== false)
    return [];
  const message = `Open WebUI ${String(instance.version)} does not read X-API-Key here`;
  const hint = `send Authorization: Bearer, or upgrade to ${sinceOf("x-api-key")}`;
  return [{ code: "KS1712", severity: "warning", message, pointer: placeOf(monitor, "headers"), hint }];
}

const statusTells = {
  health: "that something answers, which can be a proxy's login page or the page for unknown paths",
  models: "that the key is accepted; the list may be empty",
  provider: "that Open WebUI answers; the list of a dead provider is empty, with status 200",
  completion: "that Open WebUI answers: a refusal, an empty reply and some errors have status 200 too",
  other: "that something answers",
} as const;

function statusOnly(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { route, type, path: asked } = monitor;
  if (type !== "http" || route === undefined || asked.endsWith("/")) return [];
  // A single provider, named by its number, answers 500 when it is down; its status can be trusted.
  if (route.about === "provider" && /\/\d+$/u.test(asked)) return [];
  return [
    {
      code: "KS1713",
      severity: route.about === "health" || route.about === "other" ? "info" : "warning",
      message: `the status of ${asked} shows only ${statusTells[route.about]}`,
      pointer: placeOf(monitor, "type"),
      hint: `use type json-query with ${route.about === "health" ? "jsonPath: status" : "a query over the answer"}`,
    },
  ];
}
