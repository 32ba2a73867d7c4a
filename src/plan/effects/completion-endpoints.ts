/**
 * Where models are asked for completions, what holds the prompt there and what limits the answer. One row for each API, in the
 * order in which they are tried; docs/upstream/completion-endpoints.md has the same table with its sources. Embeddings,
 * moderation and token counting are not among them: they write no answer.
 */
import type { Json, JsonPointer } from "../../model/json.ts";

/** A monitor's spec as far as it decides; canonical. */
export interface AskedEndpoint {
  /** Without slashes at the end. */
  readonly path: string;
  readonly method: Json | undefined;
  /** Texts that may name the service: the address, the name, the query, the keyword. */
  readonly words: readonly string[];
}

export interface CompletionEndpoint {
  /** As the page calls it. */
  readonly api: string;
  /** Paths that belong to it, as its own documentation writes them. */
  readonly examples: readonly string[];
  /** The end of the path, wherever a proxy mounts it. */
  readonly path: RegExp;
  readonly method: "GET" | "POST";
  /** Where the prompt stands; a body with none of them gets no answer. */
  readonly prompts: readonly JsonPointer[];
  /** Where the limit of tokens may stand; the first number counts. */
  readonly limits: readonly JsonPointer[];
  /** The path alone does not tell: a text of the monitor has to name the service. */
  readonly words?: RegExp;
  /** Tokens of one request that has no body to read them from. */
  readonly tokens?: number;
}

const chatLimits = ["/params/max_tokens", "/params/num_predict", "/max_completion_tokens", "/max_tokens"] as const;

/** In the order in which they are tried. @internal: a test compares it with the table in docs/upstream/. */
export const completionEndpoints: readonly CompletionEndpoint[] = [
  {
    api: "OpenAI chat completions",
    examples: ["/v1/chat/completions", "/openai/deployments/NAME/chat/completions", "/api/chat/completions"],
    path: /\/chat\/completions$/u,
    method: "POST",
    prompts: ["/messages", "/prompt"],
    limits: [...chatLimits, "/options/num_predict"],
  },
  {
    api: "OpenAI completions",
    examples: ["/v1/completions"],
    path: /\/completions$/u,
    method: "POST",
    prompts: ["/prompt", "/messages"],
    limits: [...chatLimits, "/options/num_predict"],
  },
  {
    api: "OpenAI responses",
    examples: ["/v1/responses", "/openai/responses"],
    path: /\/responses$/u,
    method: "POST",
    prompts: ["/input", "/instructions"],
    limits: ["/max_output_tokens"],
  },
  {
    api: "Anthropic messages",
    examples: ["/v1/messages", "/api/v1/messages"],
    path: /\/v1\/messages$/u,
    method: "POST",
    prompts: ["/messages", "/system"],
    limits: ["/max_tokens"],
  },
  {
    api: "Gemini",
    examples: ["/v1beta/models/NAME:generateContent", "/v1beta/models/NAME:streamGenerateContent"],
    path: /:(?:generateContent|streamGenerateContent)$/u,
    method: "POST",
    prompts: ["/contents", "/systemInstruction", "/system_instruction"],
    limits: ["/generationConfig/maxOutputTokens", "/generation_config/max_output_tokens"],
  },
  {
    api: "Bedrock invoke",
    examples: ["/model/NAME/invoke", "/model/NAME/invoke-with-response-stream"],
    path: /\/model\/[^/]+\/invoke(?:-with-response-stream)?$/u,
    method: "POST",
    prompts: ["/messages", "/prompt", "/inputText", "/system"],
    limits: [
      "/max_tokens",
      "/max_gen_len",
      "/max_tokens_to_sample",
      "/textGenerationConfig/maxTokenCount",
      "/inferenceConfig/maxTokens",
      "/inferenceConfig/max_new_tokens",
    ],
  },
  {
    api: "Bedrock converse",
    examples: ["/model/NAME/converse", "/model/NAME/converse-stream"],
    path: /\/model\/[^/]+\/converse(?:-stream)?$/u,
    method: "POST",
    prompts: ["/messages", "/system"],
    limits: ["/inferenceConfig/maxTokens"],
  },
  {
    api: "Cohere chat",
    examples: ["/v1/chat", "/v2/chat"],
    path: /\/v[12]\/chat$/u,
    method: "POST",
    prompts: ["/messages", "/message", "/chat_history"],
    limits: ["/max_tokens"],
  },
  {
    api: "Ollama",
    examples: ["/api/chat", "/api/generate"],
    path: /\/api\/(?:chat|generate)$/u,
    method: "POST",
    prompts: ["/messages", "/prompt", "/system"],
    // Under Open WebUI's own path for Ollama a limit at the top level is passed on and ignored.
    limits: ["/options/num_predict"],
  },
  {
    api: "Text Generation Inference, SGLang, Cohere generate",
    examples: ["/generate", "/generate_stream", "/v1/generate"],
    path: /\/generate(?:_stream)?$/u,
    method: "POST",
    prompts: ["/inputs", "/text", "/prompt"],
    limits: ["/parameters/max_new_tokens", "/sampling_params/max_new_tokens", "/max_tokens"],
  },
  {
    api: "llama.cpp",
    examples: ["/completion"],
    path: /\/completion$/u,
    method: "POST",
    prompts: ["/prompt"],
    limits: ["/n_predict"],
  },
  {
    api: "LiteLLM health",
    examples: ["/health"],
    path: /\/health$/u,
    method: "GET",
    prompts: [],
    limits: [],
    words: /litellm|healthy_(?:count|endpoints)/iu,
    // A short question and at most 16 tokens, for each model; how many models there are only the proxy knows.
    tokens: 20,
  },
];

/** Undefined for a request that no completion answers. */
export function endpointOf({ path, method, words }: AskedEndpoint): CompletionEndpoint | undefined {
  return completionEndpoints.find(
    (endpoint) =>
      endpoint.method === method &&
      endpoint.path.test(path) &&
      (endpoint.words === undefined || words.some((word) => endpoint.words?.test(word))),
  );
}
