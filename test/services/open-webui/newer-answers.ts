/** What is said of an answer, and the answers of 0.12.4. */

/** What a monitor asks about; `anything` may come in place of every answer. */
export type Question =
  | "health"
  | "ready"
  | "database"
  | "volume"
  | "model"
  | "provider.openai"
  | "provider.ollama"
  | "completion"
  | "anything"
  | "setup";

export type AnswerRow = readonly [
  file: string,
  to: Question,
  about: string,
  verdict: "good" | "bad",
  /** Why a request of this kind cannot tell; another monitor does. */
  unseen?: string,
];

export const newerRows: readonly AnswerRow[] = [
  ["v0.12.4-completion-openai-healthy.json", "completion", "HEALTHY, 0.12.4", "good"],
  ["v0.12.4-completion-ollama-healthy.json", "completion", "HEALTHY, from Ollama, 0.12.4", "good"],
  ["v0.12.4-models-healthy.json", "model", "both providers listed, 0.12.4", "good"],
  ["v0.12.4-openai-models-healthy.json", "provider.openai", "provider answers, 0.12.4", "good"],
  ["v0.12.4-ollama-tags-healthy.json", "provider.ollama", "Ollama answers, 0.12.4", "good"],
  ["v0.12.4-ollama-version-healthy.json", "setup", "", "good"],
  ["v0.12.4-health-healthy.json", "health", "alive, 0.12.4", "good"],
  ["v0.12.4-health-db-healthy.json", "database", "database answers, 0.12.4", "good"],
  ["v0.12.4-ready-healthy.json", "ready", "ready, 0.12.4", "good"],
  ["v0.12.4-version-healthy.json", "setup", "", "good"],
  ["v0.12.4-config-healthy.json", "volume", "has its users, 0.12.4", "good"],
  [
    "v0.12.4-completion-openai-both-down-before-list-refresh.json",
    "completion",
    "provider unreachable, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-ollama-both-down-before-list-refresh.json",
    "completion",
    "Ollama unreachable, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-models-both-down.json",
    "model",
    "every provider down, 0.12.4",
    "bad",
    "the list is the last good one; the provider monitors go red",
  ],
  ["v0.12.4-ollama-tags-both-down.json", "provider.ollama", "Ollama down, 0.12.4", "bad"],
  ["v0.12.4-ollama-version-both-down.json", "setup", "", "bad"],
  [
    "v0.12.4-completion-ollama-both-down-after-list-refresh.json",
    "completion",
    "every provider unreachable since the last list: an Ollama model, 0.12.4",
    "bad",
  ],
  [
    "v0.12.4-completion-ollama-ollama-chat-401-before-list-refresh.json",
    "completion",
    "Ollama refuses, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-ollama-ollama-chat-404-before-list-refresh.json",
    "completion",
    "Ollama does not have the model, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-ollama-ollama-chat-500-before-list-refresh.json",
    "completion",
    "Ollama fails, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-ollama-ollama-chat-drop-before-list-refresh.json",
    "completion",
    "Ollama closes the connection",
    "bad",
  ],
  [
    "v0.12.4-completion-ollama-ollama-chat-empty-before-list-refresh.json",
    "completion",
    "empty reply of Ollama, 0.12.4",
    "bad",
  ],
  [
    "v0.12.4-completion-ollama-ollama-down-after-list-refresh.json",
    "completion",
    "one provider unreachable since the last list, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-401-before-list-refresh.json",
    "completion",
    "provider refuses Open WebUI's own key, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-404-before-list-refresh.json",
    "completion",
    "provider does not have the model, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-500-before-list-refresh.json",
    "completion",
    "provider fails, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-empty-before-list-refresh.json",
    "completion",
    "no reply at all, 0.12.4",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-html200-before-list-refresh.json",
    "completion",
    "a page of the provider's, as text, 0.12.4",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-quota-before-list-refresh.json",
    "completion",
    "provider's quota is used up, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-text500-before-list-refresh.txt",
    "completion",
    "provider fails with plain text, from 0.12.0 on",
    "bad",
  ],
  [
    "v0.12.4-completion-openai-openai-chat-unhealthy-before-list-refresh.json",
    "completion",
    "UNHEALTHY, 0.12.4",
    "bad",
  ],
  ["v0.12.4-models-openai-down.json", "model", "its provider is down, another one runs", "bad"],
  ["v0.12.4-misc-no-auth-api-models.json", "anything", "no key arrived, 0.12.4", "bad"],
  ["v0.12.4-misc-no-auth-openai-models.json", "provider.openai", "no key arrived, 0.12.4", "bad"],
  ["v0.12.4-misc-no-auth-ollama-api-tags.json", "provider.ollama", "no key arrived, 0.12.4", "bad"],
  ["v0.12.4-misc-no-auth-ollama-api-version.json", "setup", "", "bad"],
  ["v0.12.4-misc-not-a-key.json", "anything", "what was sent is no key, 0.12.4", "bad"],
  ["v0.12.4-misc-auths-with-key.json", "setup", "", "bad"],
  ["v0.12.4-misc-admin-config-full-with-admin-key.json", "setup", "", "bad"],
  ["v0.12.4-misc-models0-bot.json", "provider.openai", "connection asked by its number, from 0.11.1 on", "bad"],
  ["v0.12.4-misc-tags0-bot.json", "provider.ollama", "connection asked by its number, from 0.11.1 on", "bad"],
  ["v0.12.4-misc-version0-bot.json", "setup", "", "bad"],
  ["v0.12.4-misc-keys-disabled.json", "anything", "API keys switched off, 0.12.4", "bad"],
  ["v0.12.4-misc-openai-off.json", "provider.openai", "API switched off, 0.12.4", "bad"],
  ["v0.12.4-misc-ollama-off-version.json", "setup", "", "bad"],
  ["v0.12.4-misc-chat-bad-json.json", "completion", "body that is no JSON, 0.12.4", "bad"],
  ["v0.12.4-misc-chat-text-plain.json", "completion", "body without its content type, 0.12.4", "bad"],
  ["v0.12.4-misc-health-post.json", "health", "wrong method, 0.12.4", "bad"],
  ["v0.12.4-misc-chat-chat-id-id.json", "completion", "chat of somebody else, 0.12.4", "bad"],
  ["v0.12.4-misc-no-key-made.json", "setup", "", "bad"],
  ["v0.12.4-db-down-api-config.txt", "volume", "database does not answer, 0.12.4", "bad"],
  ["v0.12.4-db-down-health-db.txt", "database", "database does not answer, 0.12.4", "bad"],
  ["v0.12.4-db-down-ollama-api-tags.txt", "provider.ollama", "database does not answer, 0.12.4", "bad"],
  ["v0.12.4-db-down-openai-models.txt", "provider.openai", "database does not answer, 0.12.4", "bad"],
  ["v0.12.4-db-down-ready.json", "ready", "database does not answer, 0.12.4", "bad"],
];
