/** Replies to a completion, in the two shapes that providers use (docs/upstream/open-webui.md#replies). */
import type { Json, JsonObject } from "../../../model/json.ts";
import { guessProvider } from "../block/watched-model.ts";

const created = 1_785_900_000;

/** `content` is the model's answer. */
export function completion(model: string, content: Json): JsonObject {
  const isOllama = guessProvider(model) === "ollama";
  const message = { role: "assistant", content, ...(isOllama ? {} : { refusal: null, annotations: [] }) };
  return {
    id: isOllama ? `${model}-00000000-0000-4000-8000-000000000011` : "chatcmpl-00000011",
    object: "chat.completion",
    created,
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
    usage: { prompt_tokens: 17, completion_tokens: 4, total_tokens: 21 },
  };
}

/** Replies with status 200 that hold no answer. */
export function failedCompletions(model: string): Readonly<Record<string, JsonObject>> {
  return {
    "reply UNHEALTHY": completion(model, "UNHEALTHY"),
    refusal: completion(model, "I'm sorry, I can't help with that."),
    "reply without text": completion(model, ""),
    "reply null": completion(model, null),
    "thinking cut off": completion(model, "<think>\nThe user wants the word HEALTHY, so I"),
    "reply without choices": { ...completion(model, ""), choices: [] },
  };
}
