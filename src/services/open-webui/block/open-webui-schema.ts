/** JSON Schema 2020-12 of the keys of an Open WebUI's block, used by editors and by validation. */
import { keyPattern } from "../../../model/entity.ts";
import { addressSchema } from "../../blocks/base-url.ts";
import { completionsSchema } from "../../blocks/completions.ts";
import { shortestCompletionInterval } from "./level-completions.ts";
import { newestTestedOpenWebUI, sinceOf } from "../facts/facts-by-release.ts";
import { providers } from "./written.ts";

const model = {
  type: "object",
  additionalProperties: false,
  required: ["id"],
  properties: {
    id: { type: "string", minLength: 1, description: "The id, exactly as /api/models lists it." },
    key: {
      type: "string",
      pattern: keyPattern,
      description: "What the keys of its monitors end in. Without it, the id with `-` for what a key cannot hold.",
    },
    provider: {
      enum: [...providers],
      description:
        "Who serves it. Without it, an id with a tag (`llama3.1:latest`) is Ollama's and any other openai's. `none` is " +
        "for pipe functions and presets, which no provider lists.",
    },
    reasoning: {
      type: "boolean",
      description: "Whether it thinks before it answers and needs room for that. Without it, told from the id.",
    },
  },
} as const;

export const openWebUIProperties = {
  url: addressSchema("Open WebUI", "http://open-webui:8080"),
  version: {
    type: "string",
    pattern: String.raw`^v?\d+\.\d+(\.\d+)?`,
    title: "Version",
    description: "The release that runs there, as /api/version tells it: what it cannot do is then said beforehand.",
    examples: [newestTestedOpenWebUI],
  },
  apiKey: {
    type: "string",
    minLength: 1,
    title: "API key",
    description: "The key of an account for monitoring that may read the models. Needed as soon as models are named.",
    examples: ["${env:OPEN_WEBUI_API_KEY}"],
  },
  apiKeyHeader: {
    type: "string",
    pattern: "^[A-Za-z0-9-]+$",
    default: "Authorization",
    title: "API key header",
    description: `Another header for the key, for proxies that use Authorization themselves. Needs Open WebUI ${sinceOf("x-api-key")}.`,
    examples: ["X-API-Key"],
  },
  ready: {
    type: "boolean",
    default: false,
    title: "Ready",
    description: `Also watch /ready: the database and Redis. Needs Open WebUI ${sinceOf("ready")}; before, it is a web page.`,
  },
  database: {
    type: "boolean",
    default: false,
    title: "Database",
    description: `Also watch /health/db. With SQLite it stays green even without the file; from ${sinceOf("ready")} on, prefer ready.`,
  },
  volume: {
    type: "boolean",
    default: false,
    title: "Volume",
    description: "Also watch that it still has its users: an instance that lost its volume is otherwise healthy.",
  },
  models: {
    type: "array",
    items: { anyOf: [{ type: "string", minLength: 1 }, model] },
    default: [],
    title: "Models",
    description:
      "The models to watch: visible to the account, listed by their provider, and giving an answer. A connection with " +
      "model ids written by hand lists them without asking its provider; there, only the completion notices an outage.",
    examples: [["gpt-4o", "llama3.1:latest"]],
  },
  completions: completionsSchema({
    interval:
      "Time between two completions of this model. Without it completions start at 300 s, each a little longer than " +
      "the one before, so that they drift apart.",
    timeout:
      "How long an answer may take, the loading of the model included: Open WebUI itself sets no limit. 60 s, or 120 s " +
      "for Ollama and for models that think.",
    maxTokens: "The most that is generated. 16, or 512 for models that think before they answer.",
    usualInterval: shortestCompletionInterval,
    examples: [{ "llama3.1:latest": { interval: "15m" } }, false],
  }),
} as const;
