/** Asks a model for its word, and explains why it does not come. Its weights can be read. */
import { ollamaCompletionQuery } from "../../blocks/completion-query.ts";
import type { AskedModel } from "../../blocks/named-models.ts";
import type { Advice } from "../../diagnosis.ts";
import { answersTrue } from "../../requests/answers-true.ts";
import type { Examination } from "../../requests/examination.ts";
import { quotedWords } from "../../requests/quoted-words.ts";
import { ollamaCompletionBody } from "../block/ollama-block.ts";
import { errorWords } from "./weights-advice.ts";

export async function answerAdvice(visit: Examination, model: AskedModel): Promise<readonly Advice[]> {
  const answer = await visit.put({ path: "/api/chat", body: ollamaCompletionBody(model) });
  const failed = { code: "completion-failed", severity: "error" } as const;
  if (answer.type === "unreachable") {
    const message = `"${model.id}" gave no answer (${answer.code})`;
    const steps = ["see whether it still loads: a large model takes minutes from a slow disk; --timeout waits longer"];
    return [{ ...failed, message, steps }];
  }
  if (answer.type === "json" && answer.status === 200) {
    if (await answersTrue(ollamaCompletionQuery, answer.json)) return [];
    const message = `"${model.id}" answers, but not with the requested word`;
    const steps = [
      "give it more room with maxTokens if it thinks before it answers",
      "see its template and system prompt",
    ];
    return [{ code: "reply-not-healthy", severity: "error", message, steps }];
  }
  const words = errorWords(answer);
  if (answer.status === 503) {
    const message = `Ollama is busy and refuses "${model.id}" (status 503)`;
    const steps = ["its queue is full: raise OLLAMA_MAX_QUEUE or OLLAMA_NUM_PARALLEL, or send fewer requests"];
    return [{ code: "server-busy", severity: "error", message, steps }];
  }
  const said = words === "" ? "" : `: ${quotedWords(words, visit.redactor)}`;
  const message = `the completion of "${model.id}" failed with status ${answer.status}${said}`;
  return [{ ...failed, message, steps: stepsFor(words) }];
}

function stepsFor(words: string): readonly string[] {
  if (/does not support chat|does not support generate/u.test(words))
    return ["a model for embeddings cannot chat: write completions: false for it", "lost weights look like this too"];
  if (/memory/iu.test(words)) return ["it does not fit into memory: use a smaller one, or stop another"];
  return ["see the log of Ollama"];
}
