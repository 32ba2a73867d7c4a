/** What the doctor has to say, as data. Codes never change their meaning. */
export interface Advice {
  readonly code: AdviceCode;
  readonly severity: "error" | "warning" | "info";
  /** One sentence: lower case, no full stop. Holds no secret, whatever the server said. */
  readonly message: string;
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** A text for a setting, to be pasted as it is. */
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
  | "account-pending"
  | "keys-disabled"
  | "endpoint-not-allowed"
  | "no-model-visible"
  | "model-not-granted"
  | "model-without-tag"
  | "provider-down"
  | "known-fault"
  | "completion-failed"
  | "reply-not-healthy";
