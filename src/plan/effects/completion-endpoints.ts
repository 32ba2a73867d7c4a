/**
 * The endpoints that answer with a completion: where the prompt is and what limits the answer. One row for each API;
 * docs/upstream/completion-endpoints.md has the same table with its sources. Embeddings, moderation and token counting
 * are not listed, because they generate no text.
 */
import type { Json, JsonPointer } from "../../model/json.ts";

/** The parts of a monitor's canonical spec that decide which endpoint it asks. */
export interface AskedEndpoint {
  /** Without trailing slashes. */
  readonly path: string;
  readonly method: Json | undefined;
  /** Texts that may name the service: the address, the name, the query and the keyword. */
  readonly words: readonly string[];
}

export interface CompletionEndpoint {
  /** The name of the API in the page. */
  readonly api: string;
  /** Paths of this API as its own documentation writes them. */
  readonly examples: readonly string[];
  /** Matches the end of the path, because a proxy may add a prefix. */
  readonly path: RegExp;
  readonly method: "GET" | "POST";
  /** Where the prompt is. A request whose body has none of these gets no completion. */
  readonly prompts: readonly JsonPointer[];
  /** Where the token limit may be; the first number counts. */
  readonly limits: readonly JsonPointer[];
  /** For paths that other services have too: a text of the monitor must also name the service. */
  readonly words?: RegExp;
  /** Tokens of one request, for APIs whose requests have no body. */
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
    // Open WebUI passes on a limit at the top level of its Ollama path, and Ollama ignores it.
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
    // A short question and at most 16 tokens, for each model. Only the proxy knows how many models there are.
    tokens: 20,
  },
];

/** Undefined for a request that is not answered by a completion. */
export function endpointOf({ path, method, words }: AskedEndpoint): CompletionEndpoint | undefined {
  return completionEndpoints.find(
    (endpoint) =>
      endpoint.method === method &&
      endpoint.path.test(path) &&
      (endpoint.words === undefined || words.some((word) => endpoint.words?.test(word))),
  );
}
