/** Explains what `/api/show` says of a model (docs/upstream/services.md#ollama). */
import { isJsonObject } from "../../../model/json.ts";
import { guess } from "../../../model/guess.ts";
import type { Redactor } from "../../../secrets/redactor.ts";
import type { Advice } from "../../diagnosis.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { quotedWords } from "../../requests/quoted-words.ts";
import { withTag } from "../facts/answers.ts";

interface About {
  /** The names in `/api/tags`. */
  readonly listed: readonly string[];
  readonly redactor: Redactor;
}

/** Undefined if the weights can be read. */
export function weightsAdvice(model: string, answer: ServiceAnswer, { listed, redactor }: About): Advice | undefined {
  const isShown = answer.type === "json" && answer.status === 200 && isJsonObject(answer.json);
  if (isShown && isJsonObject(answer.json) && answer.json["details"] !== undefined) return undefined;
  const isListed = listed.includes(withTag(model));
  if (answer.type === "unreachable") {
    const message = `"${model}": /api/show got no answer (${answer.code})`;
    return { code: "unreachable", severity: "error", message, steps: ["see whether the disk of the models answers"] };
  }
  if (answer.status === 404 && isListed) {
    return {
      code: "weights-gone",
      severity: "error",
      message: `"${model}" is listed, and its weights are gone`,
      steps: [`fetch them again: ollama pull ${model}`, "see what removed a file of its folder blobs"],
    };
  }
  if (answer.status === 404) {
    const near = guess(withTag(model), listed);
    return {
      code: "model-missing",
      severity: "error",
      message: `Ollama has no model "${model}"`,
      steps: [...(near === undefined ? [] : [`see whether "${near}" is meant`]), `fetch it: ollama pull ${model}`],
    };
  }
  const said = answer.type === "redirect" ? "" : quotedWords(errorWords(answer), redactor);
  return {
    code: "weights-broken",
    severity: "error",
    message: `the weights of "${model}" cannot be read (status ${answer.status})${said === "" ? "" : `: ${said}`}`,
    steps: [
      `fetch them again: ollama rm ${model}, then ollama pull ${model}`,
      "see whether the disk is full or broken",
    ],
  };
}

/** What Ollama says under `error`. */
export function errorWords(answer: ServiceAnswer): string {
  if (answer.type === "text") return answer.text;
  if (answer.type !== "json" || !isJsonObject(answer.json)) return "";
  const { error } = answer.json;
  return typeof error === "string" ? error : "";
}
