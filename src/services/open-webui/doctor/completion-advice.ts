/** Judges one completion as its monitor would, and explains its failure. */
import { durationText } from "../../../model/duration.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { answersTrue } from "../../requests/answers-true.ts";
import type { Redactor } from "../../../secrets/redactor.ts";
import { completionQuery } from "../../blocks/completion-query.ts";
import { holds } from "../facts/facts-by-release.ts";
import { connectionsMenu } from "../facts/menus.ts";
import { titleOf, type ServiceAnswer } from "../../requests/ask.ts";
import { detailOf } from "../requests/refusal.ts";
import type { Advice } from "../../diagnosis.ts";
import { quotedWords } from "../../requests/quoted-words.ts";

interface About {
  readonly version: string | undefined;
  readonly redactor: Redactor;
}

const failed = { code: "completion-failed", severity: "error" } as const;

/** Undefined if the model answers as its monitor wants. */
export async function completionAdvice(
  model: string,
  answer: ServiceAnswer,
  about: About,
): Promise<Advice | undefined> {
  switch (answer.type) {
    case "unreachable": {
      const steps = ["Open WebUI sets no limit itself: see whether the provider hangs or still loads the model"];
      return { ...failed, message: `"${model}" gave no answer (${answer.code})`, steps };
    }
    case "redirect": {
      const message = `the request of a completion of "${model}" is sent on to ${answer.host === "" ? "another page" : answer.host}`;
      return { ...failed, message, steps: ["let the proxy in front pass /api/chat/completions without a login"] };
    }
    case "json":
      if (answer.status === 200) return adviceOnReply(model, answer.json, about);
      return {
        ...failed,
        message: failure(model, answer, wordsOf(answer.json), about),
        steps: stepsFor(answer, about),
      };
    case "page": {
      const page =
        answer.title === "" ? "a web page" : `a web page titled ${quotedWords(answer.title, about.redactor)}`;
      const message = `the completion of "${model}" is answered with status ${answer.status} and ${page}`;
      const steps = [
        "the page comes from the provider, from a proxy in front of it, or from one in front of Open WebUI",
      ];
      return { ...failed, message, steps };
    }
    case "text":
      return { ...failed, message: failure(model, answer, answer.text, about), steps: stepsFor(answer, about) };
    default:
      return answer satisfies never;
  }
}

function failure(model: string, { status }: { readonly status: number }, words: string, about: About): string {
  const said = words === "" ? "" : `: ${shown(words, about)}`;
  return `the completion of "${model}" failed with status ${status}${said}`;
}

/** Open WebUI passes a page on as plain text, or as a JSON string. */
function shown(words: string, { redactor }: About): string {
  if (!/^\s*<(?:!doctype|html|head|body)\b/iu.test(words)) return quotedWords(words, redactor);
  const title = titleOf(words);
  return title === "" ? "a web page" : `a web page titled ${quotedWords(title, redactor)}`;
}

/** A provider's own words are under `error`; Open WebUI's, and from 0.12.0 on Ollama's, under `detail`. */
function wordsOf(json: Json): string {
  if (typeof json === "string") return json;
  if (!isJsonObject(json)) return "";
  const { error, detail } = json;
  if (typeof detail === "string") return detail;
  if (typeof error === "string") return error;
  const message = isJsonObject(error) ? error["message"] : undefined;
  return typeof message === "string" ? message : "";
}

async function adviceOnReply(model: string, json: Json, about: About): Promise<Advice | undefined> {
  if (await answersTrue(completionQuery, json)) return undefined;
  if (json === null) {
    const steps =
      holds("completions-answer-null", about.version) === false
        ? [`the provider answered null, or something that Open WebUI could not read: ${connectionsMenu}`]
        : ["this release hides the reason; see the provider, or upgrade to 0.9.2"];
    return { ...failed, message: `the completion of "${model}" failed and was answered with null`, steps };
  }
  if (typeof json === "string") {
    return {
      ...failed,
      message: `the provider of "${model}" answered text in place of a completion, with status 200: ${shown(json, about)}`,
      steps: [`see whether a login or another service answers at its address: ${connectionsMenu}`],
    };
  }
  if (isJsonObject(json) && json["error"] !== undefined && json["error"] !== null) {
    const words = wordsOf(json);
    const said = words === "" ? "" : `: ${quotedWords(words, about.redactor)}`;
    const message = `the provider of "${model}" answered an error with status 200${said}`;
    return { ...failed, message, steps: ["see the provider; a monitor that looks at the status alone misses this"] };
  }
  const isEmpty = isWithoutText(json);
  return {
    code: "reply-not-healthy",
    severity: "error",
    message: `"${model}" answers, but ${isEmpty ? "without any text" : "not with the requested word"}`,
    steps: [
      "give it more room with maxTokens if it thinks before it answers",
      isEmpty
        ? "see whether the provider refuses, or answers something that is no completion"
        : "see whether a filter or a system prompt changes its replies",
    ],
  };
}

function isWithoutText(json: Json): boolean {
  const choices = isJsonObject(json) ? json["choices"] : undefined;
  const first = Array.isArray(choices) ? (choices[0] as Json | undefined) : undefined;
  const message = isJsonObject(first) ? first["message"] : undefined;
  const content = isJsonObject(message) ? message["content"] : undefined;
  return content === undefined || content === null || content === "";
}

function stepsFor(answer: Extract<ServiceAnswer, { type: "json" | "text" }>, { version }: About): readonly string[] {
  const { status, retryAfter } = answer;
  const detail = answer.type === "text" ? answer.text : detailOf(answer);
  // After the list was read again, a dead provider and a wrong id give the same message
  // (docs/upstream/open-webui.md#failures).
  if (/Connection Error|Cannot connect|Server disconnected|was not found/u.test(detail))
    return [`see whether the provider runs, and whether something else answers at its address: ${connectionsMenu}`];
  if (detail === "Model not found") {
    return [
      "see whether the account may read the model, and, for a preset, its base model as well",
      `see whether its provider still lists it: ${connectionsMenu}`,
    ];
  }
  if (detail.includes("'NoneType'")) {
    if (holds("completions-always-fail", version) === true)
      return ["Open WebUI 0.9.5 does this to every API client: upgrade to 0.9.6"];
    return [`the provider answered something that is no completion, such as a web page: ${connectionsMenu}`];
  }
  if (status === 401 || status === 403) {
    return [`the provider refuses Open WebUI's own key, not the key of the monitors: see ${connectionsMenu}`];
  }
  if (status === 429) {
    const wait = retryAfter === undefined ? [] : [`it says to wait ${durationText(retryAfter * 1000)}`];
    return ["the provider limits its requests, or the quota there is used up", ...wait];
  }
  const isProviders = answer.type === "json" && isJsonObject(answer.json) && answer.json["error"] !== undefined;
  return [
    isProviders
      ? "these are the provider's own words: see its log, or its page about outages"
      : "the words are the provider's, or those of a filter in Open WebUI",
  ];
}
