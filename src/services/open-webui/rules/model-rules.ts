/** Rules for monitors of model lists. */
import { secondsADay, secondsOf, writtenDuration } from "../../../model/duration.ts";
import type { AskedMonitor } from "./asked-monitor.ts";
import { holds, sinceOf } from "../facts/facts-by-release.ts";
import { knownFaults } from "../facts/known-faults.ts";
import type { ServiceProblem } from "../../problem.ts";
import { isBareOllamaName } from "../block/watched-model.ts";
import { placeOf } from "../../monitors/place-of.ts";
import { type MonitorRule, type RuleContext } from "./rule.ts";

export const modelRules: readonly MonitorRule[] = [staleList, emptied, anyModel, withoutTag, patience];

/** Reported if no other monitor asks the providers of this instance, by a provider list or a completion. */
function staleList(monitor: AskedMonitor, { all }: RuleContext): readonly ServiceProblem[] {
  const { route, instance, type } = monitor;
  const { hint } = knownFaults["stale-model-list"];
  if (route?.about !== "models" || type === "http") return [];
  const isStale = holds("stale-model-list", instance.version);
  if (isStale === false) return [];
  const hasOther = all.some(
    (other) =>
      other.instance.url === instance.url && (other.route?.about === "provider" || other.route?.about === "completion"),
  );
  if (hasOther) return [];
  return [
    {
      code: "KS1714",
      severity: "warning",
      message: `from Open WebUI ${sinceOf("stale-model-list")} on, this stays up when every provider is down`,
      pointer: placeOf(monitor, "url"),
      hint,
      why: `/api/models repeats its last good list, without end${isStale === undefined ? "; the version here is not known" : ""}`,
    },
  ];
}

/**
 * `refresh=true` forgets the last good list, for every user, not only for the one that asks
 * (docs/upstream/open-webui.md#when-providers-are-down).
 */
function emptied(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { route, instance, search } = monitor;
  const isEmptied = holds("refresh-empties-list", instance.version);
  if (route?.about !== "models" || isEmptied === false || !asksForRefresh(search)) return [];
  return [
    {
      code: "KS1564",
      severity: "warning",
      message:
        "refresh=true changes what users see: with the providers down, the list of models is then empty for everybody",
      pointer: placeOf(monitor, "url"),
      hint: "leave refresh out, and watch /openai/models or /ollama/api/tags for the providers",
      why: `from Open WebUI ${sinceOf("refresh-empties-list")} on it also empties the last good list${isEmptied === true ? "" : "; the version here is not known"}`,
    },
  ];
}

/** What FastAPI takes for true. */
function asksForRefresh(search: string): boolean {
  return [...new URLSearchParams(search)].some(
    ([name, value]) => name === "refresh" && /^(?:true|1|yes|on|t|y)$/iu.test(value.trim()),
  );
}

/** A query that names no model cannot detect that one is missing. */
function anyModel(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { route, query } = monitor;
  if (route?.about !== "models" || query === "" || /["']/u.test(query)) return [];
  return [
    {
      code: "KS1715",
      severity: "info",
      message: "any model keeps this monitor up, even one that needs no provider",
      pointer: placeOf(monitor, "jsonPath"),
      hint: "name the models: $exists(data[id='gpt-4o'])",
      why: "the loss of one of several providers only makes the list shorter; arena models, pipes and presets stay in it",
    },
  ];
}

/** In Ollama's own list, a name without a tag never matches; elsewhere it may belong to another provider. */
function withoutTag(monitor: AskedMonitor, { all }: RuleContext): readonly ServiceProblem[] {
  const { route, query, body, path } = monitor;
  if (route?.about === "completion") {
    const model = body?.["model"];
    if (typeof model !== "string" || !isBareOllamaName(model) || isHosted(model, monitor, all)) return [];
    return [tagProblem(model, placeOf(monitor, "body", "model"))];
  }
  const isOllamaList = path.startsWith("/ollama/");
  if (route?.about !== "models" && !isOllamaList) return [];
  return [...query.matchAll(/\b(?:id|model|name)\s*=\s*(?:'([^']*)'|"([^"]*)")/gu)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((id) => (isOllamaList ? !id.includes(":") : isBareOllamaName(id) && !isHosted(id, monitor, all)))
    .map((id) => tagProblem(id, placeOf(monitor, "jsonPath")));
}

/** The block says so, or another monitor looks for the model among those of OpenAI-type providers. */
function isHosted(id: string, { instance }: AskedMonitor, all: readonly AskedMonitor[]): boolean {
  return (
    instance.notOllama?.includes(id) === true ||
    all.some(
      (other) =>
        other.instance.url === instance.url &&
        other.path.startsWith("/openai/models") &&
        (other.query.includes(`'${id}'`) || other.query.includes(`"${id}"`)),
    )
  );
}

function tagProblem(id: string, pointer: string): ServiceProblem {
  return {
    code: "KS1716",
    severity: "warning",
    message: `the id of an Ollama model carries its tag, and "${id}" has none`,
    pointer,
    hint: `did you mean "${id}:latest"?`,
    why: "Open WebUI lists Ollama models as name:tag and answers 400 Model not found without it",
  };
}

/**
 * Seconds. A provider that does not answer delays the list by 10 s and more
 * (docs/upstream/open-webui.md#when-providers-are-down).
 */
const shortestTimeout = 20;
const shortestInterval = 300;

function patience(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { route, written } = monitor;
  if (route === undefined || route.about === "health" || route.about === "other") return [];
  const problems: ServiceProblem[] = [];
  const { timeout, interval = 60 } = written;
  const timeoutSeconds = timeout === undefined ? undefined : secondsOf(timeout);
  if (timeoutSeconds !== undefined && timeoutSeconds !== null && timeoutSeconds < shortestTimeout) {
    problems.push({
      code: "KS1717",
      severity: "warning",
      message: `a timeout of ${writtenDuration(timeoutSeconds)} is shorter than a healthy Open WebUI may take`,
      pointer: placeOf(monitor, "timeout"),
      hint: `write ${shortestTimeout}s or more`,
      why: "it waits 10 s for each provider that does not answer, and serves the others then",
    });
  }
  const seconds = secondsOf(interval);
  if (seconds !== null && seconds < shortestInterval) {
    const isCompletion = route.about === "completion";
    problems.push({
      code: "KS1718",
      severity: "warning",
      message: `every ${writtenDuration(seconds)} is ${Math.round(secondsADay / seconds)} ${isCompletion ? "completions" : "requests to every provider"} a day`,
      pointer: placeOf(monitor, "interval"),
      hint: `write ${shortestInterval}s or more`,
      why: isCompletion ? "each costs tokens, or keeps a model in memory" : "Open WebUI asks every provider for each",
    });
  }
  return problems;
}
