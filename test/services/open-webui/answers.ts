/**
 * Every answer of an Open WebUI, or of something in front of it, that a monitor may get, and what it means for the thing
 * that is watched. The files are in samples/: captured from real releases, or written by hand where its index says so.
 */
import { readFileSync } from "node:fs";
import { newerRows, type AnswerRow, type Question } from "./newer-answers.ts";

export interface Answer {
  readonly file: string;
  readonly to: Question;
  /** For a reader of the documentation. */
  readonly about: string;
  readonly isGood: boolean;
  /** Why a request of this kind cannot tell; another monitor does. */
  readonly unseen?: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Indexed {
  readonly file: string;
  readonly status: number;
  readonly content_type: string;
}

const folder = new URL("samples/", import.meta.url);
export const index = JSON.parse(readFileSync(new URL("index.json", folder), "utf8")) as readonly Indexed[];

const rows: readonly AnswerRow[] = [
  ["health-ok.json", "health", "alive", "good"],
  ["ready-ok.json", "ready", "ready", "good"],
  ["ready-503-db.json", "ready", "database does not answer", "bad"],
  ["ready-503-redis.json", "ready", "Redis does not answer", "bad"],
  ["health-db-ok.json", "database", "database answers", "good"],
  ["health-db-down.txt", "database", "database does not answer", "bad"],
  ["config-anonymous.json", "volume", "has its users", "good"],
  ["config-onboarding.json", "volume", "asks for its first user: the volume is gone", "bad"],
  ["models-healthy-ollama-openai.json", "model", "both providers listed", "good"],
  ["models-healthy-admin.json", "model", "the same, seen by an administrator", "good"],
  ["models-ollama-down.json", "model", "Ollama is down, the other provider's models are there", "good"],
  ["models-manual-model-ids.json", "model", "a connection with a written list of models", "good"],
  ["models-empty.json", "model", "no model: nothing granted, or every provider down", "bad"],
  ["models-only-arena.json", "model", "only the arena model is left", "bad"],
  ["models-only-pipe.json", "model", "only a pipe function is left", "bad"],
  ["models-only-preset.json", "model", "only a preset without its base model is left", "bad"],
  [
    "models-stale.json",
    "model",
    "every provider down, from 0.10.0 on",
    "bad",
    "the list is the last good one; the provider monitors go red",
  ],
  ["openai-models-ok.json", "provider.openai", "provider answers", "good"],
  ["openai-models-down.json", "provider.openai", "provider down", "bad"],
  ["openai-models-0-down.json", "provider.openai", "provider down, asked by its number", "bad"],
  ["openai-models-disabled.json", "provider.openai", "connections switched off", "bad"],
  [
    "openai-models-manual.json",
    "provider.openai",
    "provider down, with a written list of models",
    "bad",
    "Open WebUI never asks such a provider; the completion goes red",
  ],
  ["ollama-tags-ok.json", "provider.ollama", "Ollama answers", "good"],
  ["ollama-tags-down.json", "provider.ollama", "Ollama down", "bad"],
  ["ollama-version-ok.json", "setup", "", "good"],
  ["ollama-version-disabled.json", "setup", "", "bad"],
  ["ollama-version-down.json", "setup", "", "bad"],
  ["completion-healthy-openai.json", "completion", "HEALTHY", "good"],
  ["completion-healthy-ollama.json", "completion", "HEALTHY, from Ollama", "good"],
  ["completion-healthy-lowercase.json", "completion", "Healthy.", "good"],
  ["completion-content-parts.json", "completion", "HEALTHY, as a part of a list", "good"],
  ["completion-pipe.json", "completion", "HEALTHY, from a pipe function", "good"],
  ["completion-thinking.json", "completion", "HEALTHY after thinking aloud", "good"],
  ["completion-reasoning-content.json", "completion", "HEALTHY, with its reasoning beside it", "good"],
  ["completion-ollama-thinking.json", "completion", "HEALTHY, with Ollama's thinking beside it", "good"],
  ["completion-unhealthy.json", "completion", "UNHEALTHY", "bad"],
  ["completion-thinking-cut-off.json", "completion", "thinking cut off, the word mentioned in it", "bad"],
  ["completion-empty-content.json", "completion", "empty reply", "bad"],
  ["completion-empty-choices.json", "completion", "no reply at all", "bad"],
  ["completion-refusal.json", "completion", "refusal", "bad"],
  ["completion-refusal-text.json", "completion", "refusal, as text", "bad"],
  ["completion-null-body.json", "completion", "`null`: provider down, 0.6.27 to 0.9.1", "bad"],
  ["completion-provider-error-200.json", "completion", "error of the provider with status 200", "bad"],
  ["completion-error-echo.json", "completion", "error with status 200 that repeats the prompt", "bad"],
  ["completion-html-string-200.json", "completion", "a page of the provider's, as text", "bad"],
  ["completion-stream.sse.txt", "completion", "event stream", "bad"],
  ["completion-task-ids.json", "completion", "task ids in place of a reply", "bad"],
  ["completion-task-id.json", "completion", "task id in place of a reply, older", "bad"],
  ["error-400-model-not-found.json", "completion", "model unknown or not granted", "bad"],
  ["error-400-server-connection.json", "completion", "provider unreachable", "bad"],
  ["error-400-provider-list-empty.json", "completion", "provider unreachable since the last list", "bad"],
  ["error-400-ollama-model-missing.json", "completion", "model removed from Ollama", "bad"],
  ["error-400-provider-500.json", "completion", "provider fails", "bad"],
  ["error-400-provider-auth.json", "completion", "provider refuses Open WebUI's own key", "bad"],
  ["error-400-rate-limited.json", "completion", "provider's rate limit", "bad"],
  ["error-400-filter-rejected.json", "completion", "a filter or quota refuses the probe", "bad"],
  ["error-400-nonetype-v0.9.5.json", "completion", "0.9.5 refuses every API client", "bad"],
  ["error-400-status-prefixed-v0.6.18.json", "completion", "provider fails, before 0.6.27", "bad"],
  ["error-500-provider-passthrough.json", "completion", "provider fails, 0.6.19 to 0.8.12", "bad"],
  ["error-429-provider-passthrough.json", "completion", "provider's rate limit, 0.6.19 to 0.8.12", "bad"],
  ["error-404-chat-not-owned.json", "completion", "chat of somebody else", "bad"],
  ["error-422-comments.json", "completion", "body with comments in it", "bad"],
  ["error-422-no-json-content-type.json", "completion", "body without its content type", "bad"],
  ["error-401-not-authenticated.json", "anything", "no key arrived", "bad"],
  ["error-401-invalid-api-key.json", "anything", "key is not known", "bad"],
  ["error-401-bad-token.json", "anything", "what was sent is no key", "bad"],
  ["error-401-account-pending.json", "anything", "account is pending", "bad"],
  ["error-403-api-keys-disabled.json", "anything", "API keys switched off, or no permission", "bad"],
  ["error-403-endpoint-not-allowed.json", "anything", "endpoint not on the allow-list", "bad"],
  ["error-403-endpoint-not-allowed-v0.8.12.json", "anything", "the same, 0.6.37 to 0.8.12", "bad"],
  ["error-403-endpoint-not-allowed-v0.6.36.json", "anything", "the same, before 0.6.37", "bad"],
  ["error-405-method.json", "anything", "wrong method", "bad"],
  ["error-500-internal.txt", "anything", "database fails", "bad"],
  ["spa-fallback.html", "anything", "web page of Open WebUI: wrong path, slash or method", "bad"],
  ["proxy-login-302.html", "anything", "redirect to a login page", "bad"],
  ["proxy-login-redirect.html", "anything", "login page, after a redirect", "bad"],
  ["version.json", "setup", "", "good"],
  ["error-404-api-key-missing.json", "setup", "", "bad"],
  ["bootstrap-group.json", "setup", "", "good"],
  ["bootstrap-add-user.json", "setup", "", "good"],
  ["bootstrap-api-key.json", "setup", "", "good"],
  ...newerRows,
];

export const answers: readonly Answer[] = rows.map(([file, to, about, verdict, unseen]) => {
  const indexed = index.find((entry) => entry.file === file);
  if (indexed === undefined) throw new Error(`${file} is not in the index`);
  return {
    file,
    to,
    about,
    isGood: verdict === "good",
    ...(unseen !== undefined && { unseen }),
    status: indexed.status,
    contentType: indexed.content_type,
    body: readFileSync(new URL(file, folder), "utf8"),
  };
});
