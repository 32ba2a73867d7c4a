/** What a provider does with a request in place of its good answer. */
export type Fault =
  | {
      readonly type: "reply";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Takes the request and closes the connection. */
  | { readonly type: "drop" }
  /** Takes the request and never answers. */
  | { readonly type: "hang" }
  /** Gives the good answer, but later. */
  | { readonly type: "slow"; readonly ms: number }
  /** Says that the whole answer comes, sends half of it, and closes the connection. */
  | { readonly type: "cut" };

const json = (status: number, body: unknown, headers?: Readonly<Record<string, string>>): Fault => ({
  type: "reply",
  status,
  contentType: "application/json",
  body: JSON.stringify(body),
  ...(headers !== undefined && { headers }),
});
const page = (status: number, title: string): Fault => ({
  type: "reply",
  status,
  contentType: "text/html; charset=utf-8",
  body: `<!doctype html>\n<html><head><title>${title}</title></head><body>${title}</body></html>\n`,
});

const errors = {
  openai: (message: string, type: string) => ({ error: { message, type, param: null, code: null } }),
  ollama: (message: string) => ({ error: message }),
} as const;

/** The faults that a list and a completion share, in the words of each kind of provider. */
export function faultsOf(kind: keyof typeof errors): Readonly<Record<SharedFault, Fault>> {
  const error = errors[kind];
  return {
    "401": json(401, error("Incorrect API key provided", "invalid_request_error")),
    "403": json(403, error("Your plan does not include this", "permission_error")),
    "429": json(429, error("Rate limit reached, try again in 20s", "rate_limit_error"), { "retry-after": "20" }),
    "500": json(500, error("The server had an error while processing your request", "server_error")),
    "500-text": { type: "reply", status: 500, contentType: "text/plain; charset=utf-8", body: "upstream exploded" },
    "502-html": page(502, "502 Bad Gateway"),
    "503": json(503, error("The server is overloaded", "server_error")),
    "login-page-200": page(200, "Sign in"),
    "error-200": json(200, error("Provider returned error", "upstream_error")),
    "not-json": { type: "reply", status: 200, contentType: "application/json", body: '{"object":"list","da' },
    "no-body": { type: "reply", status: 200, contentType: "application/json", body: "" },
    null: json(200, null),
    drop: { type: "drop" },
    hang: { type: "hang" },
    cut: { type: "cut" },
    // Below every timeout that is used, also on a busy machine.
    slow: { type: "slow", ms: 2000 },
  };
}

export type SharedFault =
  | "401"
  | "403"
  | "429"
  | "500"
  | "500-text"
  | "502-html"
  | "503"
  | "login-page-200"
  | "error-200"
  | "not-json"
  | "no-body"
  | "null"
  | "drop"
  | "hang"
  | "cut"
  | "slow";

export const quotaUsedUp = json(429, {
  error: { message: "You exceeded your current quota", type: "insufficient_quota", code: "insufficient_quota" },
});
/** No Retry-After: waiting does not help. */
export const modelMissing = {
  openai: json(404, {
    error: { message: "The model does not exist", type: "invalid_request_error", code: "model_not_found" },
  }),
  ollama: json(404, { error: "model 'llama3.1:latest' not found" }),
} as const;
export const runnerDied = json(500, { error: "llama runner process has terminated: exit status 2" });
