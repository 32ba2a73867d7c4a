/** Healthy answers of Ollama 0.17.4, shortened to what monitors ask. */
import type { Json, JsonObject } from "../../../model/json.ts";
import type { BuiltInSample, ServiceInstance, WrittenMonitors } from "../../service.ts";
import type { ServiceRequestOf } from "../../monitors/asked-request.ts";
import { aliveText } from "../facts/answers.ts";
import { ollamaRequests } from "../rules/ollama-requests.ts";

export function ollamaSamples(
  monitors: WrittenMonitors,
  instances: readonly ServiceInstance[],
): ReadonlyMap<string, BuiltInSample> {
  return new Map(
    ollamaRequests(monitors, instances).flatMap((request): (readonly [string, BuiltInSample])[] => {
      const sample = sampleFor(request);
      return sample === undefined ? [] : [[request.key, sample]];
    }),
  );
}

function sampleFor({ route, method, body }: ServiceRequestOf): BuiltInSample | undefined {
  const model = body?.["model"];
  if (method === "GET" && route === "") return { healthy: aliveText, broken: {} };
  if (method !== "POST" || typeof model !== "string") return undefined;
  if (route === "/api/show") return { healthy: JSON.stringify(shown), broken: {} };
  if (route !== "/api/chat" || body?.["stream"] !== false || !asksForWord(body)) return undefined;
  return {
    healthy: JSON.stringify(chat(model, "HEALTHY")),
    broken: {
      "reply UNHEALTHY": JSON.stringify(chat(model, "UNHEALTHY")),
      "reply without text": JSON.stringify(chat(model, "")),
      refusal: JSON.stringify(chat(model, "I'm sorry, I can't help with that.")),
      "thinking cut off": JSON.stringify(chat(model, "<think>\nThe user wants the word HEALTHY, so I")),
    },
    hasOtherShapes: true,
  };
}

function asksForWord(body: JsonObject): boolean {
  return /\bHEALTHY\b/u.test(JSON.stringify(body["messages"] ?? null));
}

const shown: JsonObject = {
  modelfile: "FROM llama3.1:latest\n",
  parameters: "temperature 0",
  template: "{{ .Prompt }}",
  details: {
    parent_model: "",
    format: "gguf",
    family: "llama",
    families: ["llama"],
    parameter_size: "8.0B",
    quantization_level: "Q4_K_M",
  },
  model_info: { "general.architecture": "llama" },
  capabilities: ["completion"],
  modified_at: "2026-07-01T10:00:00.000000000Z",
};

function chat(model: string, content: Json): JsonObject {
  return {
    model,
    created_at: "2026-11-29T23:46:43.857Z",
    message: { role: "assistant", content },
    done: true,
    done_reason: "stop",
    total_duration: 694_000_000,
    prompt_eval_count: 51,
    eval_count: 2,
  };
}
