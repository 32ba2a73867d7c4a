/** Rules for monitors that request a completion. */
import { secondsOf } from "../../../model/duration.ts";
import { isJsonObject } from "../../../model/json.ts";
import type { AskedMonitor } from "./asked-monitor.ts";
import { holds } from "../facts/facts-by-release.ts";
import { knownFaults } from "../facts/known-faults.ts";
import type { ServiceProblem } from "../../problem.ts";
import { commonDivisor } from "../../blocks/spread-intervals.ts";
import { refusesTemperature } from "../../blocks/reasoning-models.ts";
import { guessProvider } from "../block/watched-model.ts";
import { placeOf } from "../../monitors/place-of.ts";
import { type MonitorRule, type RuleContext } from "./rule.ts";

export const completionRules: readonly MonitorRule[] = [
  faults,
  fooledByText,
  parameters,
  sessionFields,
  streamed,
  sameSecond,
].map(
  (rule): MonitorRule =>
    (monitor, context) =>
      monitor.route?.about === "completion" && monitor.method === "POST" ? rule(monitor, context) : [],
);

function faults(monitor: AskedMonitor): readonly ServiceProblem[] {
  const pointer = placeOf(monitor, "url");
  const problems: ServiceProblem[] = [];
  const { "completions-always-fail": always, "completions-answer-null": withNull } = knownFaults;
  if (holds("completions-always-fail", monitor.instance.version) === true) {
    const { message, hint } = always;
    problems.push({ code: "KS1719", severity: "error", message, pointer, hint });
  }
  const isBlind = monitor.type === "http";
  if (isBlind && holds("completions-answer-null", monitor.instance.version) === true) {
    const { message, hint } = withNull;
    problems.push({ code: "KS1720", severity: "warning", message, pointer, hint });
  }
  return problems;
}

function fooledByText(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { type, written } = monitor;
  const isKeyword = type === "keyword" && written["invertKeyword"] !== true;
  const isContains = type === "json-query" && written["jsonPathOperator"] === "contains";
  if (!isKeyword && !isContains) return [];
  return [
    {
      code: "KS1721",
      severity: "warning",
      message: isKeyword
        ? "the keyword is looked for in the whole answer, in error messages and in longer words too"
        : "a part of the reply is enough: a longer word and a cut-off thought hold it too",
      pointer: isKeyword ? placeOf(monitor, "keyword") : placeOf(monitor, "jsonPathOperator"),
      hint: String.raw`use a json-query such as $boolean($match(choices[0].message.content, /\bhealthy\b/i))`,
      why: "UNHEALTHY contains HEALTHY",
    },
  ];
}

/**
 * Limits that OpenAI-type providers refuse, or that Open WebUI drops for Ollama (docs/upstream/open-webui.md#requests).
 */
function parameters(monitor: AskedMonitor): readonly ServiceProblem[] {
  const { body } = monitor;
  const model = body?.["model"];
  if (body === undefined || typeof model !== "string") return [];
  const isOllama = guessProvider(model) === "ollama";
  // Ollama accepts any temperature, even for a model with a name like OpenAI's: hf.co/someone/o1-mini-GGUF:latest.
  if (!isOllama && refusesTemperature(model)) {
    const inside = isJsonObject(body["params"]) ? body["params"] : {};
    const path = Object.hasOwn(body, "temperature") ? ["temperature"] : ["params", "temperature"];
    const value = body["temperature"] ?? inside["temperature"];
    if (value === undefined || value === 1) return [];
    const message = `"${model}" takes no temperature but the default; every completion would fail`;
    const pointer = placeOf(monitor, "body", ...path);
    return [{ code: "KS1722", severity: "error", message, pointer, hint: "leave temperature out" }];
  }
  const dropped = ["temperature", "max_tokens", "options"].filter((name) => Object.hasOwn(body, name));
  if (!isOllama || dropped.length === 0) return [];
  return [
    {
      code: "KS1723",
      severity: "warning",
      message: `${dropped.join(", ")} at the top level ${dropped.length === 1 ? "does" : "do"} not reach an Ollama model`,
      pointer: placeOf(monitor, "body", dropped[0] ?? ""),
      hint: 'write them under "params"',
    },
  ];
}

const sessionNames = [
  "chat_id",
  "id",
  "session_id",
  "parent_id",
  "background_tasks",
  "tool_ids",
  "features",
  "files",
] as const;

function sessionFields(monitor: AskedMonitor): readonly ServiceProblem[] {
  return sessionNames
    .filter((name) => monitor.body !== undefined && Object.hasOwn(monitor.body, name))
    .map((name) => ({
      code: "KS1724",
      severity: "warning",
      message: `"${name}" belongs to a chat in the browser`,
      pointer: placeOf(monitor, "body", name),
      hint: "leave it out",
      why: "with such fields Open WebUI answers with a task and no text, hides failures behind status 200, or keeps a chat for every probe",
    }));
}

function streamed(monitor: AskedMonitor): readonly ServiceProblem[] {
  if (monitor.type !== "json-query" || monitor.body?.["stream"] !== true) return [];
  const message = "the reply would come as an event stream, which no query can read";
  const pointer = placeOf(monitor, "body", "stream");
  return [{ code: "KS1725", severity: "error", message, pointer, hint: "write stream: false" }];
}

/**
 * Reported once for each pair, at the later monitor: if one interval is a multiple of the other, their checks always
 * coincide.
 */
function sameSecond(monitor: AskedMonitor, { all }: RuleContext): readonly ServiceProblem[] {
  const own = intervalOf(monitor);
  const earlier = all
    .slice(0, all.indexOf(monitor))
    .filter((other) => other.route?.about === "completion" && other.instance.url === monitor.instance.url)
    .find((other) => {
      const theirs = intervalOf(other);
      return own !== null && theirs !== null && commonDivisor(own, theirs) === Math.min(own, theirs);
    });
  if (earlier === undefined) return [];
  return [
    {
      code: "KS1726",
      severity: "info",
      message: `"${monitor.key}" and "${earlier.key}" may ask in the same second, every time`,
      pointer: placeOf(monitor, "interval"),
      hint: "give them intervals without a common divisor, such as 300 and 301",
      why: "Uptime Kuma has no offset: monitors that start together and have the same interval stay together",
    },
  ];
}

function intervalOf({ written: { interval = 60 } }: AskedMonitor): number | null {
  return secondsOf(interval);
}
