/** One piece of the doctor's advice, as data. The codes never change their meaning. */
export interface Advice {
  readonly code: AdviceCode;
  readonly severity: "error" | "warning" | "info";
  /** One sentence in lower case, without a full stop. It holds no secret, whatever the server answered. */
  readonly message: string;
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** A text for a setting, ready to be pasted. */
  readonly paste?: string;
}

type AdviceCode =
  | "unreachable"
  | "login-page"
  | "not-open-webui"
  | "no-users"
  | "database-down"
  | "key-not-sent"
  | "key-unknown"
  | "not-a-key"
  | "session-ended"
  | "account-pending"
  | "keys-disabled"
  | "endpoint-not-allowed"
  | "no-model-visible"
  | "model-not-granted"
  | "model-not-listed"
  | "model-not-seen"
  | "model-without-tag"
  | "provider-down"
  | "provider-switched-off"
  | "ollama-version-failed"
  | "manual-model-ids"
  | "known-fault"
  | "untested-release"
  | "completion-failed"
  | "reply-not-healthy";
