/** What is asked of the stand-in and of the real Open WebUI, in which states and by whom. */
import { faultsOf, modelMissing, quotaUsedUp, type Fault } from "../providers/faults.ts";
import type { Condition } from "../providers/provider.ts";
import type { ProviderKind } from "../providers/replies.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";

export type Asker = "nobody" | "wrong text" | "unknown key" | "user's key" | "administrator's key" | "administrator";

/** The settings and providers of an instance, changed from one that works. */
export interface ComparedState {
  readonly name: string;
  readonly providers?: Readonly<Partial<Record<ProviderKind, Condition>>>;
  /** Kinds of providers that are switched off. */
  readonly disabled?: readonly ProviderKind[];
  /** Whether the ids of OpenAI's models are written in the connection. */
  readonly hasManualIds?: boolean;
  /** Members of the administrator's settings. */
  readonly settings?: JsonObject;
  readonly requests: readonly ComparedRequest[];
}

export interface ComparedRequest {
  /** `GET /api/models` */
  readonly request: string;
  readonly askers: readonly Asker[];
  readonly body?: Json | ((about: { readonly settings: JsonObject; readonly email: string }) => Json);
  /** What tells it from the same request with another body. */
  readonly about?: string;
}

const everybody = [
  "nobody",
  "wrong text",
  "unknown key",
  "user's key",
  "administrator's key",
  "administrator",
] as const;
const user = ["user's key"] as const;
const reads = (paths: readonly string[], askers: readonly Asker[]): readonly ComparedRequest[] =>
  paths.map((path) => ({ request: `GET ${path}`, askers }));
const completion = (model: string): ComparedRequest => ({
  request: "POST /api/chat/completions",
  about: model,
  askers: user,
  body: { model, stream: false, messages: [{ role: "user", content: "Say HEALTHY." }], params: { max_tokens: 16 } },
});

const lists = ["/openai/models", "/ollama/api/tags", "/ollama/api/version"] as const;
/** The lists first: asking for the models makes Open WebUI remember which there are. */
const whatMonitorsAsk: readonly ComparedRequest[] = [
  ...reads([...lists, "/api/models"], user),
  completion("gpt-4o-mini"),
  completion("llama3.1:latest"),
];

const secondFactorFields = ["ENABLE_MFA", "MFA_ALLOW_OAUTH_BYPASS", "MFA_ALLOW_TRUSTED_HEADER_BYPASS"];
const without = (settings: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)));

const healthy: ComparedState = {
  name: "healthy",
  requests: [
    ...reads(
      ["/health", "/health/db", "/ready", "/api/version", "/api/config", "/health/", "/healthz", "/api/models/"],
      ["nobody"],
    ),
    { request: "POST /health", askers: ["nobody"], body: {} },
    ...reads(["/health", "/api/config"], user),
    ...reads([...lists, "/api/models", "/api/v1/models"], everybody),
    ...reads(
      ["/openai/models/0", "/ollama/api/tags/0", "/ollama/api/version/0", "/openai/models/1"],
      ["user's key", "administrator"],
    ),
    ...reads(
      ["/api/v1/auths/", "/api/v1/auths/admin/config", "/api/v1/users/groups", "/api/v1/users/", "/api/v1/groups/"],
      ["nobody", "unknown key", "user's key", "administrator's key", "administrator"],
    ),
    ...reads(
      ["/api/v1/models/model?id=gpt-4o-mini", "/api/v1/models/model?id=gpt-4o", "/api/v1/models/model?id=none"],
      ["user's key", "administrator"],
    ),
    ...["gpt-4o-mini", "llama3.1:latest", "gpt-4o", "none"].map(completion),
    { request: "POST /api/chat/completions", about: "nobody", askers: ["nobody"], body: { model: "gpt-4o-mini" } },
    { request: "GET /api/chat/completions", askers: user },
    {
      request: "POST /api/v1/auths/signin",
      about: "wrong password",
      askers: ["nobody"],
      body: ({ email }) => ({ email, password: "wrong" }),
    },
    {
      request: "POST /api/v1/auths/signin",
      about: "no password",
      askers: ["nobody"],
      body: ({ email }) => ({ email }),
    },
    {
      request: "POST /api/v1/auths/admin/config",
      about: "one setting",
      askers: ["administrator's key", "user's key"],
      body: { ENABLE_API_KEYS: true },
    },
    {
      request: "POST /api/v1/auths/admin/config",
      about: "all settings",
      askers: ["administrator's key", "administrator"],
      body: ({ settings }) => settings,
    },
    {
      request: "POST /api/v1/auths/admin/config",
      about: "all but the second factor's",
      askers: ["administrator's key"],
      body: ({ settings }) => without(settings, secondFactorFields),
    },
    {
      request: "POST /api/v1/auths/add",
      about: "an e-mail that is there",
      askers: ["administrator"],
      body: ({ email }) => ({ name: "x", email, password: "Bot-Zq9vX3-secret", role: "user" }),
    },
    {
      request: "POST /api/v1/auths/add",
      about: "by a user",
      askers: user,
      body: { name: "x", email: "x@example.test", password: "Bot-Zq9vX3-secret", role: "user" },
    },
    {
      request: "POST /api/v1/auths/signup",
      askers: ["nobody"],
      body: { name: "x", email: "x@example.test", password: "Bot-Zq9vX3-secret" },
    },
  ],
};

const broken = (name: string, providers: ComparedState["providers"]): ComparedState => ({
  name,
  ...(providers !== undefined && { providers }),
  requests: whatMonitorsAsk,
});
const listFaults = ["401", "500", "login-page-200", "drop"] as const;
const completionFaults = [
  "401",
  "429",
  "500",
  "500-text",
  "502-html",
  "login-page-200",
  "error-200",
  "null",
  "drop",
] as const;
const named = (kind: ProviderKind, part: "list" | "completion", name: string, fault: Fault): ComparedState =>
  broken(`${kind} ${part} ${name}`, { [kind]: { [part]: fault } });

export const comparedStates: readonly ComparedState[] = [
  healthy,
  broken("both gone", { openai: { isGone: true }, ollama: { isGone: true } }),
  broken("openai gone", { openai: { isGone: true } }),
  broken("ollama gone", { ollama: { isGone: true } }),
  ...(["openai", "ollama"] as const).flatMap((kind) => [
    ...listFaults.map((name) => named(kind, "list", name, faultsOf(kind)[name])),
    broken(`${kind} lists nothing`, { [kind]: { models: [] } }),
    ...completionFaults.map((name) => named(kind, "completion", name, faultsOf(kind)[name])),
    named(kind, "completion", "model missing", modelMissing[kind]),
  ]),
  named("openai", "completion", "quota used up", quotaUsedUp),
  broken("ollama version 500", { ollama: { version: faultsOf("ollama")["500"] } }),
  { name: "openai switched off", disabled: ["openai"], requests: whatMonitorsAsk },
  { name: "ollama switched off", disabled: ["ollama"], requests: whatMonitorsAsk },
  {
    name: "ids written in the connection, openai gone",
    hasManualIds: true,
    providers: { openai: { isGone: true } },
    requests: whatMonitorsAsk,
  },
  {
    name: "keys switched off",
    settings: { ENABLE_API_KEYS: false },
    requests: reads(
      ["/health", "/api/models", "/openai/models"],
      ["user's key", "administrator's key", "unknown key", "administrator"],
    ),
  },
  {
    name: "keys limited to a list of endpoints",
    settings: { ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS: true, API_KEYS_ALLOWED_ENDPOINTS: "/api/models,/ollama/api" },
    requests: reads(
      ["/health", "/api/models", "/api/v1/models", "/openai/models", "/ollama/api/tags", "/api/v1/users/groups"],
      ["user's key", "administrator's key", "administrator"],
    ),
  },
];

/** From 0.12.0 on. Switching it on ends the sessions, so it comes last. */
export const secondFactorState: ComparedState = {
  name: "second factor switched on",
  settings: { ENABLE_MFA: true },
  requests: [
    ...reads(["/api/models", "/api/v1/users/groups"], ["user's key", "administrator's key"]),
    ...reads(["/api/v1/auths/", "/api/models"], ["administrator"]),
    {
      request: "POST /api/v1/auths/signin",
      about: "right password",
      askers: ["nobody"],
      body: ({ email }) => ({ email, password: "Admin-Zq9vX3-secret" }),
    },
    {
      request: "POST /api/v1/auths/signin",
      about: "wrong password",
      askers: ["nobody"],
      body: ({ email }) => ({ email, password: "wrong" }),
    },
    {
      request: "POST /api/v1/auths/add",
      about: "by a key",
      askers: ["administrator's key"],
      body: { name: "y", email: "y@example.test", password: "Bot-Zq9vX3-secret", role: "user" },
    },
  ],
};
