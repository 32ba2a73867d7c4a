/** Judges one completion as its monitor would, and explains its failure. */
import type { Json } from "../../../model/json.ts";
import { completionQuery } from "../block/completion-query.ts";
import { holds } from "../facts/facts-by-release.ts";
import { loadEngine } from "../../../query/engines.ts";
import type { Advice } from "./advice.ts";
import type { ServiceAnswer } from "../requests/ask.ts";
import { detailOf } from "../requests/refusal.ts";
import type { Redactor } from "../../../secrets/redactor.ts";
import { quotedWords } from "./quoted-words.ts";

export async function completionAdvice(
  model: string,
  answer: ServiceAnswer,
  about: { readonly version: string | undefined; readonly redactor: Redactor },
): Promise<Advice | undefined> {
  const failed = { code: "completion-failed", severity: "error" } as const;
  if (answer.type === "unreachable") {
    const message = `"${model}" gave no answer (${answer.code})`;
    return {
      ...failed,
      message,
      steps: ["Open WebUI sets no limit itself: see whether the provider hangs or still loads the model"],
    };
  }
  if (answer.type === "json" && answer.status === 200) {
    if (await isHealthy(answer.json)) return undefined;
    if (answer.json === null && holds("completions-answer-null", about.version) !== false) {
      const steps = ["this release hides the reason; see the provider, or upgrade to 0.9.2"];
      return { ...failed, message: `the completion of "${model}" failed and was answered with null`, steps };
    }
    return {
      code: "reply-not-healthy",
      severity: "error",
      message: `"${model}" answers, but not with the requested word`,
      steps: [
        "give it more room with maxTokens if it thinks before it answers",
        "see whether a filter or a system prompt changes its replies",
      ],
    };
  }
  const words = answer.type === "text" ? answer.text : detailOf(answer);
  const said = words === "" ? "" : `: ${quotedWords(words, about.redactor)}`;
  return {
    ...failed,
    message: `the completion of "${model}" failed with status ${answer.status}${said}`,
    steps: stepsFor(words),
  };
}

async function isHealthy(json: Json): Promise<boolean> {
  const engine = await loadEngine("2.1.1");
  try {
    return (await engine(completionQuery).evaluate(json, {})) === true;
  } catch {
    return false;
  }
}

function stepsFor(words: string): readonly string[] {
  // After the list was read again, a dead provider and a wrong id give the same message
  // (docs/upstream/open-webui.md#failures).
  if (/Connection Error|Cannot connect|was not found/u.test(words))
    return ["see whether the provider runs: this is how a dead one looks"];
  if (words === "Model not found") {
    return ["see whether the account may read the model, and, for a preset, its base model as well"];
  }
  if (/NoneType/u.test(words)) return ["Open WebUI 0.9.5 does this to every API client: upgrade to 0.9.6"];
  return ["the words are the provider's, or those of a filter in Open WebUI"];
}
