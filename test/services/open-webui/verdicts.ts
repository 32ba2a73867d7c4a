/** What Uptime Kuma makes of each answer: by the preset's monitors, and by the recipes of Open WebUI's documentation. */
import type { JsonObject } from "../../../src/model/json.ts";
import { expandBlock } from "../../../src/services/blocks/expand-block.ts";
import { service } from "../../../src/services/open-webui/service.ts";
import type { Check } from "../../../src/query/check.ts";
import { keywordVerdict } from "../../../src/query/keyword.ts";
import type { QueryLab } from "../../../src/query/lab.ts";
import { answers, type Answer } from "./answers.ts";
import type { Question } from "./newer-answers.ts";

export const servers = ["1.23.17", "2.0.2", "2.5.3"] as const;

export const { monitors, problems } = expandBlock(service, "main", {
  url: "http://open-webui:8080",
  apiKey: "sk-00000000000000000000000000000000",
  ready: true,
  database: true,
  volume: true,
  models: ["gpt-4o-mini", "llama3.1:latest"],
});

/** The monitor of the preset that asks each question. */
export const monitorOf = {
  health: "main.health",
  ready: "main.ready",
  database: "main.database",
  volume: "main.volume",
  model: "main.model.gpt-4o-mini",
  "provider.openai": "main.provider.openai",
  "provider.ollama": "main.provider.ollama",
  completion: "main.completion.gpt-4o-mini",
} as const satisfies Partial<Record<Question, string>>;

export type MonitorQuestion = keyof typeof monitorOf;
export const questions = Object.keys(monitorOf) as readonly MonitorQuestion[];

export type Status = "up" | "down";

/** Verdicts of one server, in the order of `answers`. */
export async function presetVerdicts(lab: QueryLab, written: JsonObject, server: string): Promise<readonly Status[]> {
  const outcomes = await lab.run(answers.map((answer) => checkOf(written, answer, server)));
  const accepted = written["acceptedStatusCodes"] as readonly number[];
  return answers.map((answer, index) =>
    accepted.includes(answer.status) && outcomes[index]?.status === "up" ? "up" : "down",
  );
}

function checkOf(
  written: JsonObject,
  { body, contentType }: Pick<Answer, "body" | "contentType">,
  server: string,
): Check {
  return {
    query: written["jsonPath"] as string,
    operator: "==",
    expected: written["expectedValue"] as string,
    body,
    contentType,
    server,
  };
}

export const recipes = {
  status: "HTTP(s), status 200-299",
  count: "`$count(data[*])>0`",
  keyword: "keyword HEALTHY",
} as const;

/** The documentation's recipe for a question; it has none for providers. */
export function recipeOf(question: MonitorQuestion): keyof typeof recipes | undefined {
  if (question === "model") return "count";
  if (question === "completion") return "keyword";
  return question.startsWith("provider") ? undefined : "status";
}

/** With the defaults of a monitor: redirects are followed, here to the login page. */
export async function recipeVerdict(lab: QueryLab, recipe: keyof typeof recipes, given: Answer): Promise<Status> {
  const answer =
    given.status === 302 ? (answers.find(({ file }) => file === "proxy-login-redirect.html") ?? given) : given;
  if (answer.status < 200 || answer.status > 299) return "down";
  if (recipe === "status") return "up";
  if (recipe === "keyword") return keywordVerdict({ ...answer, keyword: "HEALTHY", isInverted: false }).status;
  const check = { ...checkOf({ jsonPath: "$count(data[*])>0", expectedValue: "true" }, answer, "2.5.3") };
  const [outcome] = await lab.run([check]);
  return outcome?.status === "up" ? "up" : "down";
}
