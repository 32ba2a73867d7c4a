/** Asks a model for its word through the proxy, and tells a fault of the provider from one of the proxy or the key. */
import { isJsonObject, type Json } from "../../../model/json.ts";
import { completionQuery } from "../../blocks/completion-query.ts";
import type { AskedModel } from "../../blocks/named-models.ts";
import { openAiCompletionBody } from "../../blocks/openai-completions.ts";
import type { Advice } from "../../diagnosis.ts";
import { answersTrue } from "../../requests/answers-true.ts";
import type { Examination } from "../../requests/examination.ts";
import { quotedWords } from "../../requests/quoted-words.ts";
import { errorMessage } from "../../requests/openai-errors.ts";

export async function failedAnswer(
  visit: Examination,
  model: AskedModel,
  headers: Readonly<Record<string, string>>,
): Promise<readonly Advice[]> {
  const answer = await visit.put({ path: "/v1/chat/completions", headers, body: openAiCompletionBody(model) });
  const { id } = model;
  if (answer.type === "unreachable") {
    const message = `"${id}" gave no answer (${answer.code})`;
    const steps = [
      "the provider hangs, and the proxy waits longer than this: see request_timeout in its configuration",
    ];
    return [{ code: "provider-hangs", severity: "error", message, steps }];
  }
  if (answer.type === "json" && answer.status === 200) {
    if (await answersTrue(completionQuery, answer.json)) return [];
    return [isWithoutChoices(answer.json) ? withoutChoices(id) : otherWord(id)];
  }
  const words = errorMessage(answer);
  const said = words === "" ? "" : `: ${quotedWords(words, visit.redactor)}`;
  const failed = { severity: "error", message: `"${id}" failed with status ${answer.status}${said}` } as const;
  const ofProvider = isProviders(words);
  if (answer.status === 401 || answer.status === 403) {
    return [
      ofProvider
        ? {
            code: "provider-refuses-key",
            ...failed,
            steps: [
              "the provider refuses the proxy's own key: see api_key of the model in model_list, not the monitor's key",
            ],
          }
        : {
            code: "key-unknown",
            ...failed,
            steps: ["the key may list models and not use this one: see its permissions"],
          },
    ];
  }
  if (answer.status === 429 && words.startsWith("No deployments available")) {
    const message = `the proxy has set the provider of "${id}" aside after failures, and hides what they were`;
    const steps = ["ask once more in a few seconds: the first failure after the pause has the provider's own words"];
    return [{ code: "provider-set-aside", severity: "error", message, steps }];
  }
  if (answer.status === 429) {
    const steps = ofProvider
      ? ["the provider limits the proxy: ask less often, or see the plan and the balance there"]
      : ["the proxy limits the key: see its budget and its rate"];
    return [{ code: "provider-limit", ...failed, steps }];
  }
  if (answer.status === 408) {
    const steps = ["the provider did not answer within the proxy's request_timeout"];
    return [{ code: "provider-hangs", ...failed, steps }];
  }
  if (answer.status === 400) {
    const steps = ["the proxy or the provider does not accept the request: the words say why"];
    return [{ code: "completion-failed", ...failed, steps }];
  }
  const steps = /Connection error|Cannot connect/iu.test(words)
    ? ["the proxy does not reach the provider: see api_base of the model, and whether it runs"]
    : ["the proxy works; its provider fails: see the provider, and the log of the proxy"];
  return [{ code: "provider-down", ...failed, steps }];
}

/** LiteLLM names the class of error, and the provider whose error it was. */
function isProviders(words: string): boolean {
  return /^litellm\.\w+(?:Error|Timeout)?:|Exception - /u.test(words);
}

function isWithoutChoices(json: Json): boolean {
  const choices = isJsonObject(json) ? json["choices"] : undefined;
  return !Array.isArray(choices) || choices.length === 0;
}

function withoutChoices(id: string): Advice {
  const message = `"${id}" was answered with 200 and no choices`;
  return { code: "provider-down", severity: "error", message, steps: ["the provider gave no answer: see there"] };
}

function otherWord(id: string): Advice {
  return {
    code: "reply-not-healthy",
    severity: "error",
    message: `"${id}" answers, but not with the requested word`,
    steps: [
      "give it more room with maxTokens if it thinks before it answers",
      "see whether a guardrail changes replies",
    ],
  };
}
