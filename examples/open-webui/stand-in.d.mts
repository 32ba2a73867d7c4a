export type StandInState =
  | "healthy"
  | "provider-down"
  | "ollama-down"
  | "no-models"
  | "unhealthy-reply"
  | "empty-reply"
  | "cut-off-thinking"
  | "refusal"
  | "null-reply"
  | "error-with-200"
  | "keys-disabled"
  | "database-down"
  | "html"
  | "hang";

export interface StandIn {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  /** What was asked so far and how it was answered, oldest first. Grows; holds no key and no body. */
  readonly requests: readonly { readonly method: string; readonly path: string; readonly status: number }[];
  /** From the next request on. */
  set(state: StandInState): void;
  stop(): Promise<void>;
}

export const stateNames: readonly StandInState[];

/** Starts it on loopback; port 0, the default, takes a free one, and without a key it makes one up. */
export function startStandIn(options?: {
  readonly port?: number | undefined;
  readonly apiKey?: string | undefined;
}): Promise<StandIn>;
