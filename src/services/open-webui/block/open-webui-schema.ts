/** JSON Schema 2020-12 of the `openWebUI` section, used by editors and by validation. */
import { durationPattern } from "../../../model/duration.ts";
import { keyPattern } from "../../../model/entity.ts";
import { providers } from "./written.ts";

const duration = {
  type: ["number", "string"],
  exclusiveMinimum: 0,
  pattern: durationPattern,
} as const;

const completion = {
  type: "object",
  additionalProperties: false,
  properties: {
    interval: {
      ...duration,
      title: "Interval",
      description:
        "Time between two completions of this model. Without it completions start at 300 s, each a little longer than " +
        "the one before, so that they drift apart.",
      default: 300,
      examples: ["15m"],
    },
    timeout: {
      ...duration,
      title: "Timeout",
      description:
        "How long an answer may take, the loading of the model included: Open WebUI itself sets no limit. 60 s, or 120 s " +
        "for Ollama and for models that think.",
      examples: ["120s"],
    },
    maxTokens: {
      type: "integer",
      minimum: 1,
      title: "Tokens",
      description: "The most that is generated. 16, or 512 for models that think before they answer.",
      examples: [512],
    },
  },
} as const;

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

const block = {
  type: "object",
  additionalProperties: false,
  required: ["url"],
  properties: {
    url: {
      type: "string",
      pattern: String.raw`^\s*[Hh][Tt][Tt][Pp][Ss]?://\S`,
      title: "URL",
      description: "The address as Uptime Kuma reaches it, without a path of Open WebUI's own.",
      examples: ["http://open-webui:8080"],
    },
    name: {
      type: "string",
      minLength: 1,
      maxLength: 60,
      title: "Name",
      description:
        "What the names of its monitors start with. Without it, `Open WebUI` and the key unless that is main.",
      examples: ["Chat"],
    },
    version: {
      type: "string",
      pattern: String.raw`^v?\d+\.\d+(\.\d+)?`,
      title: "Version",
      description: "The release that runs there, as /api/version tells it: what it cannot do is then said beforehand.",
      examples: ["0.11.0"],
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
      description: "Another header for the key, for proxies that use Authorization themselves. Needs Open WebUI 0.9.0.",
      examples: ["X-API-Key"],
    },
    ready: {
      type: "boolean",
      default: false,
      title: "Ready",
      description: "Also watch /ready: the database and Redis. Needs Open WebUI 0.8.11; before, it is a web page.",
    },
    database: {
      type: "boolean",
      default: false,
      title: "Database",
      description:
        "Also watch /health/db. With SQLite it stays green even without the file; from 0.8.11 on, prefer ready.",
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
      description: "The models to watch: visible to the account, listed by their provider, and giving an answer.",
      examples: [["gpt-4o", "llama3.1:latest"]],
    },
    completions: {
      anyOf: [
        { type: "boolean", const: false },
        { type: "object", additionalProperties: { anyOf: [{ type: "boolean", const: false }, completion] } },
      ],
      title: "Completions",
      description:
        "Each model is asked for an answer. Here by model id, or `*` for all of them: how often and how long, or false " +
        "for none. false in place of the whole: no completions at all.",
      examples: [{ "llama3.1:latest": { interval: "15m" } }, false],
    },
    overrides: {
      type: "object",
      additionalProperties: { anyOf: [{ type: "boolean", const: false }, { type: "object" }] },
      title: "Overrides",
      description:
        "Fields laid over the monitors, by key without the block's: `health`, `model.gpt-4o`, `completion.*`, or `*` for " +
        "all but the group; the more exact wins, headers are joined. false leaves a monitor out.",
      examples: [{ "*": { notifications: ["oncall"] }, health: { interval: "30s" } }],
    },
  },
} as const;

export const openWebUISchema = {
  type: ["object", "null"],
  description: "Instances of Open WebUI, by keys: each becomes a group of ordinary monitors, shown by `plan --full`.",
  propertyNames: { pattern: keyPattern, maxLength: 40 },
  additionalProperties: block,
} as const;
