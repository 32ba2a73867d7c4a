/** Everything that the stand-in remembers. Tests change it directly to make a day go wrong. */
import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../../src/model/json.ts";
import { holds, type FactOfRelease } from "../../../../src/services/open-webui/facts/facts-by-release.ts";

/** Releases whose rules differ where it matters, and which were seen running. */
export const standInVersions = ["0.6.18", "0.6.36", "0.8.12", "0.9.5", "0.9.6", "0.11.0", "0.11.4", "0.12.4"] as const;

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  role: "admin" | "user" | "pending";
  apiKey: string | undefined;
  /** Has set up its second factor. */
  hasSecondFactor?: boolean;
}

export interface Group {
  readonly id: string;
  name: string;
  description: string;
  permissions: JsonObject | null;
  userIds: string[];
  /** The group above it, from 0.12.0 on. */
  parentId?: string;
}

export interface State {
  readonly version: string;
  readonly users: User[];
  /** Session token to user id. */
  readonly sessions: Map<string, string>;
  /** Tokens of sessions that were ended. */
  readonly endedSessions: Set<string>;
  /** How often each address tried to sign in. Nothing ever forgets them, because the stand-in has no clock. */
  readonly signIns: Map<string, number>;
  readonly groups: Group[];
  /** Model rows by id, as the API sends them. */
  readonly rows: Map<string, JsonObject>;
  /** The whole page of the administrator's settings. */
  settings: JsonObject;
  providers: { openai: Provider; ollama: Provider };
  /** What /api/models said last when it said anything (0.10.0 on). */
  lastList: readonly ListedModel[];
  /** The models for which completions are let through, and those whose connection is known; undefined until read. */
  known: { readonly listed: readonly ListedModel[]; readonly live: readonly ListedModel[] } | undefined;
  isDatabaseDown: boolean;
  /** What a model says; by default the word it is asked for. */
  reply: string;
  /** A proxy in front: `login` redirects all requests, `page` answers them, `eats-authorization` takes that header. */
  proxy: "none" | "login" | "page" | "eats-authorization";
}

/** What a provider answers in place of something good. */
export type ProviderFault =
  | {
      readonly type: "reply";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly type: "drop" };

export interface Provider {
  models: readonly string[];
  isUp: boolean;
  /** Whether Open WebUI uses such providers at all. */
  isEnabled: boolean;
  /** Whether the ids of `models` are written in the connection, so that the provider is not asked for them. */
  hasManualIds: boolean;
  /** In place of its list, its version and a completion. */
  list?: ProviderFault | undefined;
  version?: ProviderFault | undefined;
  completion?: ProviderFault | undefined;
}

export interface ListedModel {
  readonly id: string;
  readonly provider: "openai" | "ollama";
  readonly isPreset?: boolean;
}

export function newState(version: string): State {
  // Names and default changed in 0.6.37.
  const isOld = holds("keys-renamed", version) === false;
  const keys = isOld
    ? { ENABLE_API_KEY: true, ENABLE_API_KEY_ENDPOINT_RESTRICTIONS: false, API_KEY_ALLOWED_ENDPOINTS: "" }
    : { ENABLE_API_KEYS: false, ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS: false, API_KEYS_ALLOWED_ENDPOINTS: "" };
  return {
    version,
    users: [],
    sessions: new Map(),
    endedSessions: new Set(),
    signIns: new Map(),
    groups: [],
    rows: new Map(),
    settings: {
      SHOW_ADMIN_DETAILS: true,
      WEBUI_URL: "http://example.test",
      ENABLE_SIGNUP: false,
      DEFAULT_USER_ROLE: "pending",
      ...(does({ version }, "second-factor")
        ? {
            ENABLE_MFA: false,
            MFA_ALLOW_OAUTH_BYPASS: false,
            MFA_ALLOW_TRUSTED_HEADER_BYPASS: false,
            DEFAULT_GROUP_ID: "",
          }
        : {}),
      ...keys,
    },
    providers: {
      openai: { models: ["gpt-4o-mini", "gpt-4o"], isUp: true, isEnabled: true, hasManualIds: false },
      ollama: { models: ["llama3.1:latest"], isUp: true, isEnabled: true, hasManualIds: false },
    },
    lastList: [],
    known: undefined,
    isDatabaseDown: false,
    reply: "HEALTHY",
    proxy: "none",
  };
}

/** Whether the release of the stand-in behaves so. */
export function does(state: Pick<State, "version">, fact: FactOfRelease): boolean {
  return holds(fact, state.version) === true;
}

export function addUser(state: State, user: Pick<User, "email" | "name" | "password" | "role">): User {
  const added = { id: randomUUID(), ...user, email: user.email.toLowerCase(), apiKey: undefined };
  state.users.push(added);
  return added;
}

export function newKey(): string {
  return `sk-${randomUUID().replaceAll("-", "")}`;
}

/** Where the settings of API keys are in this release. */
export function keySetting(state: State, name: "enabled" | "restricted" | "allowed"): unknown {
  const s = does(state, "keys-renamed") ? "S" : "";
  const names = {
    enabled: `ENABLE_API_KEY${s}`,
    restricted: `ENABLE_API_KEY${s}_ENDPOINT_RESTRICTIONS`,
    allowed: `API_KEY${s}_ALLOWED_ENDPOINTS`,
  };
  return state.settings[names[name]];
}

/** Whether signing in needs a second factor. */
export function needsSecondFactor(state: State): boolean {
  return does(state, "second-factor") && state.settings["ENABLE_MFA"] === true;
}

/** The groups of a user; with those above them where groups are nested. */
export function groupsOf(state: State, user: User): readonly Group[] {
  const found = new Set(state.groups.filter(({ userIds }) => userIds.includes(user.id)));
  if (!does(state, "nested-groups")) return [...found];
  for (const { parentId } of found) {
    const parent = state.groups.find(({ id }) => id === parentId);
    if (parent !== undefined) found.add(parent);
  }
  return [...found];
}
