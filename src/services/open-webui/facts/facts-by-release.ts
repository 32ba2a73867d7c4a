/**
 * What differs between releases of Open WebUI: the one table that the block, the rules, the doctor, `bootstrap`, the
 * samples and the stand-in of the tests read. `docs/upstream/open-webui-releases.md` is made from it. Releases from
 * 0.5.20 on were run (docs/upstream/open-webui.md#releases).
 */
import { isBetween } from "../../../model/release.ts";

/** The newest Open WebUI whose behaviour was tested; a newer one is treated like it, with a warning. */
export const newestTestedOpenWebUI = "0.12.4";

interface ReleaseFact {
  readonly since: string;
  /** The first release in which it no longer holds. */
  readonly before?: string;
  /** One sentence in lower case, as Markdown. */
  readonly means: string;
}

export const factsByRelease = {
  // Routes
  "members-have-a-route": { since: "0.6.17", means: "`POST /api/v1/groups/id/{id}/users/add` adds a member" },
  "unsent-key-is-401": { since: "0.6.19", means: "a request without a key is refused with 401; before, with 403" },
  "users-under-a-name": { since: "0.6.19", means: "the list of users is under `users`" },
  "v1-aliases": { since: "0.6.22", means: "`/api/v1/models` and `/api/v1/chat/completions` exist" },
  "deployment-id": { since: "0.6.37", means: "`/api/version` also has `deployment_id`" },
  "users-list-their-groups": { since: "0.6.37", means: "users list their groups; before, groups list their users" },
  ready: { since: "0.8.11", means: "`/ready` exists" },
  "disabled-apis-refuse": {
    since: "0.10.2",
    means: "with its API switched off, `/openai/models` and `/ollama/api/tags` answer 503",
  },
  "ollama-version-needs-login": { since: "0.11.0", means: "`/ollama/api/version` needs a login" },
  "numbers-need-administrator": {
    since: "0.11.1",
    means: "routes with the number of a connection, such as `/openai/models/0`, are only for administrators",
  },
  "missing-model-is-404": {
    since: "0.11.4",
    means: "`/api/v1/models/model` answers 404 for an unknown model; before, 401",
  },

  // API keys
  "keys-renamed": {
    since: "0.6.37",
    means: "`ENABLE_API_KEYS` (off by default) takes the place of `ENABLE_API_KEY` (on by default)",
  },
  "keys-need-permission": { since: "0.6.37", means: "a key needs the permission `features.api_keys`" },
  "administrators-need-permission": {
    since: "0.6.37",
    before: "0.8.11",
    means: "administrators too need that permission to make a key",
  },
  "allow-list-covers-all-paths": {
    since: "0.6.37",
    before: "0.9.0",
    means: "the list of allowed endpoints is applied to every path, also to `/health`",
  },
  "bad-header-is-500": {
    since: "0.6.37",
    before: "0.8.0",
    means: "an `Authorization` header in a wrong form is answered with 500 on every path",
  },
  "own-words-for-endpoints": {
    since: "0.9.0",
    means: "an endpoint that is not allowed has a message of its own; from 0.6.37 to 0.8.12 another one",
  },
  "x-api-key": { since: "0.9.0", means: "the key may be sent as `X-API-Key`" },
  "keys-under-authentication": {
    since: "0.11.4",
    means: "the settings of API keys are under Authentication; before, under General",
  },
  "keys-cannot-ask-owner": {
    since: "0.12.0",
    means: "`GET /api/v1/auths/` refuses keys; whose key it is, `GET /api/v1/users/groups` shows",
  },

  // Signing in
  "second-factor": {
    since: "0.12.0",
    means: "with `ENABLE_MFA`, signing in, signing up and adding an account give `next_step` and no session",
  },
  "malformed-sign-in-is-422": {
    since: "0.12.0",
    means: "a malformed body on the sign-in routes is answered with 422 `Invalid authentication request.`",
  },
  "second-factor-fields-need-session": {
    since: "0.12.0",
    means: "an administrator's key may save the settings only without the three fields of the second factor",
  },

  // Models
  "grants-in-a-list": { since: "0.8.0", means: "a model has a list of grants; before, an `access_control` tree" },
  "preset-needs-base": { since: "0.9.0", means: "a completion of a preset needs read access to its base model" },
  "loaded-is-listed": { since: "0.9.3", means: "Ollama models are listed with `loaded`" },
  "ollama-created-is-zero": { since: "0.9.6", means: "`created` of a listed Ollama model is 0" },
  "stale-model-list": {
    since: "0.10.0",
    means: "`/api/models` repeats its last good list when all providers are down",
  },
  "refresh-empties-list": {
    since: "0.11.2",
    means: "`/api/models?refresh=true` of any user empties the last good list, for everybody",
  },
  "no-arena-by-default": {
    since: "0.12.0",
    means: "a new instance lists no arena model; one that was upgraded keeps its setting",
  },
  "nested-groups": { since: "0.12.0", means: "a group has what is granted to the groups above it" },

  // Completions
  "errors-passed-on": {
    since: "0.6.19",
    before: "0.9.0",
    means: "an error of an OpenAI-type provider is passed on, with its status",
  },
  "completions-answer-null": {
    since: "0.6.27",
    before: "0.9.2",
    means: "a completion that cannot reach its provider is answered with status 200 and `null`",
  },
  "completions-always-fail": {
    since: "0.9.5",
    before: "0.9.6",
    means: "every completion of an API client is answered with 400",
  },
  "errors-keep-their-status": {
    since: "0.12.0",
    means: "an error of any provider keeps its status, its body and `Retry-After`; before, 400 and its message",
  },

  // Database
  "database-check-sticks": {
    since: "0.3.8",
    before: "0.9.6",
    means: "`/health/db` may keep failing after one passing error until a restart",
  },
} as const satisfies Readonly<Record<string, ReleaseFact>>;

export type FactOfRelease = keyof typeof factsByRelease;

/** Undefined if the release is not known. */
export function holds(fact: FactOfRelease, version: string | undefined): boolean | undefined {
  const { since, before }: ReleaseFact = factsByRelease[fact];
  return isBetween(version, since, before);
}

/** The release that brought it. */
export function sinceOf(fact: FactOfRelease): string {
  return factsByRelease[fact].since;
}

/** Whether the release is newer than every tested one; false if it is not known. */
export function isUntested(version: string | undefined): boolean {
  const [major, minor, patch] = newestTestedOpenWebUI.split(".");
  return isBetween(version, `${major}.${minor}.${Number(patch) + 1}`) === true;
}
