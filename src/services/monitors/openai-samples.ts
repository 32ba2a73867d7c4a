/** Healthy answers in OpenAI's form, for monitors of services that answer in it. */
import type { Json, JsonObject } from "../../model/json.ts";
import type { BuiltInSample } from "../service.ts";
import type { AskedRequest } from "./asked-request.ts";

/** To a completion that asks for the word HEALTHY; undefined for any other request. */
export function openAiCompletionSample({ method, body }: AskedRequest): BuiltInSample | undefined {
  const model = body?.["model"];
  if (method !== "POST" || typeof model !== "string" || body?.["stream"] === true) return undefined;
  if (!/\bHEALTHY\b/u.test(JSON.stringify(body?.["messages"] ?? null))) return undefined;
  const said = (content: Json): string => JSON.stringify(completionOf(model, content));
  return {
    healthy: said("HEALTHY"),
    broken: {
      "reply UNHEALTHY": said("UNHEALTHY"),
      refusal: said("I'm sorry, I can't help with that."),
      "reply without text": said(""),
      "reply null": said(null),
      "thinking cut off": said("<think>\nThe user wants the word HEALTHY, so I"),
      "reply without choices": JSON.stringify({ ...completionOf(model, ""), choices: [] }),
    },
    hasOtherShapes: true,
  };
}

function completionOf(model: string, content: Json): JsonObject {
  return {
    id: "chatcmpl-00000021",
    object: "chat.completion",
    created: 1_795_995_538,
    model,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 13, completion_tokens: 3, total_tokens: 16 },
  };
}

/** The texts in single or double quotes of a query: the models that it looks for. */
export function quotedIn(query: string): readonly string[] {
  return [...query.matchAll(/'([^']*)'|"([^"]*)"/gu)].map(([, single, double]) => single ?? double ?? "");
}
