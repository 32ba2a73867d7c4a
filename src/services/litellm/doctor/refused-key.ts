/** Explains how LiteLLM refuses a key (docs/upstream/services.md#litellm). */
import type { Redactor } from "../../../secrets/redactor.ts";
import type { Advice } from "../../diagnosis.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { strangerAdvice } from "../../requests/examination.ts";
import { errorMessage } from "../../requests/openai-errors.ts";
import { quotedWords } from "../../requests/quoted-words.ts";

/** `answer` is what `/v1/models` said to the key. */
export function refusedKey(answer: ServiceAnswer, redactor: Redactor): Advice {
  const path = "/v1/models";
  if (answer.type === "unreachable" || answer.type === "redirect" || answer.type === "page") {
    return strangerAdvice(answer, "LiteLLM", path);
  }
  const words = errorMessage(answer);
  const unknown = { code: "key-unknown", severity: "error" } as const;
  if (answer.status === 400 && words.includes("No connected db")) {
    return {
      ...unknown,
      message: "the proxy does not know the key: it has no database, so it knows its master key alone",
      steps: ["use the master key, or give the proxy a database for keys of its own"],
    };
  }
  if (answer.status === 500 && answer.type === "text") {
    return {
      ...unknown,
      message: "the proxy fails over the key (500, no words)",
      steps: [
        "a key that it does not know looks like this where the Python package prisma is missing",
        "see whether the key is the right one, and the log of the proxy",
      ],
    };
  }
  const said = words === "" ? "" : `: ${quotedWords(words, redactor)}`;
  if (answer.status === 401 || answer.status === 403) {
    const steps = ["see whether the key is right, has not expired, and may list models"];
    return { ...unknown, message: `the proxy refuses the key (${answer.status})${said}`, steps };
  }
  const steps = ["see the log of the proxy"];
  return { code: "wrong-service", severity: "error", message: `${path} answers ${answer.status}${said}`, steps };
}
