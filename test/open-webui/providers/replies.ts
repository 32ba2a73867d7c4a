/** The good answers of each kind of provider, by route. */
export type ProviderKind = "openai" | "ollama";

/** What a completion says beside its role. `null` is what OpenAI sends when there is no text. */
export interface Message {
  readonly content: string | null;
  /** Thoughts in a field of their own: OpenAI-like providers. */
  readonly reasoning_content?: string;
  /** The same of Ollama. */
  readonly thinking?: string;
  readonly refusal?: string;
  /** Whether the completion has a choice at all; true by default. */
  readonly hasChoice?: boolean;
}

interface Asked {
  readonly models: readonly string[];
  readonly message?: Message;
  readonly answeringModel?: string;
  /** The body of the request, or an empty object. */
  readonly asked: Readonly<Record<string, unknown>>;
}

interface Route {
  /** Which fault of the condition replaces this answer. */
  readonly part?: "list" | "version" | "completion";
  reply(asked: Asked): unknown;
}

const healthy: Message = { content: "HEALTHY" };

const openai: Readonly<Record<string, Route>> = {
  "GET /v1/models": {
    part: "list",
    reply: ({ models }) => ({
      object: "list",
      data: models.map((id) => ({ id, object: "model", created: 1_721_172_741, owned_by: "system" })),
    }),
  },
  "POST /v1/chat/completions": {
    part: "completion",
    reply: ({ message = healthy, answeringModel, asked }) => {
      const { hasChoice = true, ...said } = message;
      const choice = { index: 0, message: { role: "assistant", ...said }, logprobs: null, finish_reason: "stop" };
      return {
        id: "chatcmpl-1",
        object: "chat.completion",
        created: 1_721_172_741,
        model: answeringModel ?? asked["model"],
        choices: hasChoice ? [choice] : [],
        usage: { prompt_tokens: 17, completion_tokens: 4, total_tokens: 21 },
      };
    },
  },
};

const ollama: Readonly<Record<string, Route>> = {
  "GET /api/tags": { part: "list", reply: ({ models }) => ({ models: models.map(ollamaModel) }) },
  "GET /api/ps": { part: "list", reply: () => ({ models: [] }) },
  "GET /api/version": { part: "version", reply: () => ({ version: "0.12.3" }) },
  "POST /api/chat": {
    part: "completion",
    reply: ({ message = healthy, answeringModel, asked }) => {
      const { hasChoice = true, ...said } = message;
      return {
        model: answeringModel ?? asked["model"],
        created_at: "2026-11-01T10:00:00.000000Z",
        ...(hasChoice && { message: { role: "assistant", ...said } }),
        done: true,
        done_reason: "stop",
        total_duration: 120_000_000,
        load_duration: 20_000_000,
        prompt_eval_count: 17,
        prompt_eval_duration: 40_000_000,
        eval_count: 4,
        eval_duration: 60_000_000,
      };
    },
  },
};

function ollamaModel(id: string): object {
  return {
    name: id,
    model: id,
    modified_at: "2026-10-01T10:00:00.000000Z",
    size: 4_920_753_328,
    digest: "46e0c10c039e019119339687c3c1757cc81b9da49709a3b3924863ba87ca666e",
    details: {
      format: "gguf",
      family: "llama",
      families: ["llama"],
      parameter_size: "8.0B",
      quantization_level: "Q4_K_M",
    },
  };
}

export function repliesOf(kind: ProviderKind): Readonly<Record<string, Route>> {
  return { openai, ollama }[kind];
}
