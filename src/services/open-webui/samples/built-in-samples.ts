/**
 * What a healthy Open WebUI answers to a monitor, so that the monitor can be tested offline. The samples fit the
 * release and the models that the monitors name; their shapes come from real instances.
 */
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { holds, newestTestedOpenWebUI } from "../facts/facts-by-release.ts";
import { askedMonitors, type AskedMonitor, type OpenWebUIInstance } from "../rules/asked-monitor.ts";
import { completion, failedCompletions } from "./completion.ts";
import { arenaModel, ollamaTag, openaiModel, visibleModel } from "./listed-models.ts";
import { guessProvider } from "../block/watched-model.ts";

export interface OpenWebUISample {
  /** The body of a healthy answer. */
  readonly healthy: Json;
  /** Bodies with status 200 that mean an outage, by description. */
  readonly broken: Readonly<Record<string, Json>>;
  /** A healthy answer may have other fields than this sample. */
  readonly hasOtherShapes?: true;
}

/** By the keys of `monitors`, which are as written. A monitor whose healthy answer cannot be known has no sample. */
export function builtInSamples(
  monitors: Readonly<Record<string, JsonObject>>,
  instances: readonly OpenWebUIInstance[],
): ReadonlyMap<string, OpenWebUISample> {
  const asked = askedMonitors(monitors, instances);
  return new Map(
    asked.flatMap((monitor): (readonly [string, OpenWebUISample])[] => {
      const others = asked.filter(({ instance }) => instance.url === monitor.instance.url);
      const sample = sampleFor(monitor, [...new Set(others.flatMap(namedModels))]);
      return sample === undefined ? [] : [[monitor.key, sample]];
    }),
  );
}

function sampleFor(monitor: AskedMonitor, named: readonly string[]): OpenWebUISample | undefined {
  const { path, route, method, instance } = monitor;
  const isPage = path.endsWith("/") || (route?.since !== undefined && holds(route.since, instance.version) === false);
  if (route === undefined || method !== route.method || isPage) return undefined;
  if (route.about === "completion") return completionSample(monitor);
  const { version } = instance;
  const models = withBothProviders(named);
  // A name only suggests its provider; a model that is looked for in a provider's list belongs to that provider.
  const own = namedModels(monitor);
  const listedBy = (provider: "openai" | "ollama"): readonly string[] =>
    models.filter((id) => own.includes(id) || guessProvider(id) === provider);
  switch (path) {
    case "/health":
    case "/ready":
    case "/health/db":
      return { healthy: { status: true }, broken: {} };
    case "/api/version":
      return { healthy: { version: version ?? newestTestedOpenWebUI, deployment_id: "" }, broken: {} };
    case "/api/config": {
      const healthy = configOf(version ?? newestTestedOpenWebUI);
      return { healthy, broken: { "an instance without users": { onboarding: true, ...healthy } } };
    }
    case "/api/models":
    case "/api/v1/models":
      return {
        healthy: { data: models.map((id) => visibleModel(id, version)) },
        broken: { "no models": { data: [] }, "only the arena": { data: [arenaModel] } },
      };
    case "/openai/models":
      return {
        healthy: { data: listedBy("openai").map(openaiModel) },
        broken: { "no models": { data: [] } },
      };
    case "/ollama/api/tags":
      return {
        healthy: { models: listedBy("ollama").map(ollamaTag) },
        broken: { "no models": { models: [] } },
      };
    case "/ollama/api/version":
      return { healthy: { version: "0.12.3" }, broken: {} };
    default:
      return undefined;
  }
}

function configOf(version: string): JsonObject {
  return {
    status: true,
    name: "Open WebUI",
    version,
    default_locale: "",
    oauth: { providers: {} },
    features: { auth: true, enable_ldap: false, enable_signup: false, enable_login_form: true, enable_websocket: true },
  };
}

/** Only if the prompt says what to answer. 0.9.5 has no healthy answer, because it refuses every completion. */
function completionSample({ body, instance }: AskedMonitor): OpenWebUISample | undefined {
  const model = body?.["model"];
  const word = wantedWord(body);
  const isRefused = holds("completions-always-fail", instance.version) === true;
  if (typeof model !== "string" || word === undefined || body?.["stream"] === true || isRefused) return undefined;
  // The failed replies are those to the word HEALTHY.
  return {
    healthy: completion(model, word),
    broken: word === "HEALTHY" ? failedCompletions(model) : {},
    hasOtherShapes: true,
  };
}

function wantedWord(body: JsonObject | undefined): string | undefined {
  const messages = body?.["messages"];
  const last = Array.isArray(messages) ? (messages.at(-1) as Json | undefined) : undefined;
  const content = isJsonObject(last) ? last["content"] : undefined;
  if (typeof content !== "string") return undefined;
  return /\b(?:the word|exactly)\s*:?\s*["'`]?(?<word>[A-Za-z]+)/iu.exec(content)?.groups?.["word"];
}

/** Models that a monitor requests or looks for. */
function namedModels({ body, query, route }: AskedMonitor): readonly string[] {
  const model = body?.["model"];
  const asked = route?.about === "completion" && typeof model === "string" ? [model] : [];
  const lists = [...query.matchAll(/\b(?:id|model|name)\s*(?:=|in)\s*(\[[^\]]*\]|'[^']*'|"[^"]*")/gu)];
  const texts = lists.flatMap(([, text = ""]) => [...text.matchAll(/'([^']*)'|"([^"]*)"/gu)]);
  return [...asked, ...texts.map(([, single, double]) => single ?? double ?? "")];
}

/** A monitor that names no model looks for any, or for any of one provider. */
function withBothProviders(named: readonly string[]): readonly string[] {
  const missing = (["gpt-4o-mini", "llama3.1:latest"] as const).filter(
    (id) => !named.some((other) => guessProvider(other) === guessProvider(id)),
  );
  return [...named, ...missing];
}
