/** Signing up and in, keys, settings, users and groups. */
import { randomUUID } from "node:crypto";
import { isJsonObject, type Json, type JsonObject } from "../../../../src/model/json.ts";
import { mayUseKeys } from "./authenticate.ts";
import { detail, type Reply, type Request, type UserRequest } from "./reply.ts";
import { needsSecondFactor, addUser, does, keySetting, newKey, type Group, type State, type User } from "./state.ts";

type Open = (state: State, request: Request) => Reply;
type Keyed = (state: State, request: UserRequest) => Reply;

const secondFactorFields = ["ENABLE_MFA", "MFA_ALLOW_OAUTH_BYPASS", "MFA_ALLOW_TRUSTED_HEADER_BYPASS"];

export const openRoutes: Readonly<Record<string, Open>> = {
  "POST /api/v1/auths/signup": (state, { body }) => {
    const form = formOf(body);
    if (state.users.length > 0)
      return detail(
        403,
        "You do not have permission to access this resource. Please contact your administrator for assistance.",
      );
    return [200, signedIn(state, addUser(state, { ...account(form), role: "admin" }))];
  },
  "POST /api/v1/auths/signin": (state, { body }) => {
    const form = formOf(body);
    const isMalformed = typeof form["email"] !== "string" || typeof form["password"] !== "string";
    if (isMalformed) return malformed(state, ["password"]);
    const { email, password } = account(form);
    const tries = (state.signIns.get(email) ?? 0) + 1;
    state.signIns.set(email, tries);
    if (tries > 15) return detail(429, "API rate limit exceeded");
    if (tries > 10 && needsSecondFactor(state) && state.users.some((known) => known.email === email.toLowerCase()))
      return detail(429, "Too many attempts. Please try again later.", { "retry-after": "894" });
    const user = state.users.find((known) => known.email === email.toLowerCase() && known.password === password);
    if (user === undefined)
      return detail(
        400,
        "The email or password provided is incorrect. Please check for typos and try logging in again.",
      );
    return [200, signedIn(state, user)];
  },
};

export const accountRoutes: Readonly<Record<string, Keyed>> = {
  "GET /api/v1/auths/": (state, { user, isKey }) =>
    isKey && does(state, "keys-cannot-ask-owner") ? detail(403, "A human session is required.") : [200, about(user)],
  "GET /api/v1/users/groups": (state, { user }) => [
    200,
    ownGroups(state, user).map((group) => {
      const { member_count: _, ...row } = groupRow(state, group);
      return row;
    }),
  ],
  "GET /api/v1/groups/": (state, { user }) => [
    200,
    (user.role === "admin" ? state.groups : ownGroups(state, user)).map((group) => groupRow(state, group)),
  ],
  "GET /api/v1/auths/api_key": (_state, { user }) =>
    user.apiKey === undefined
      ? detail(404, "Oops! It looks like there's a hiccup. The API key is missing.")
      : [200, { api_key: user.apiKey }],
  "POST /api/v1/auths/api_key": (state, { user }) => {
    // Administrators need the permission too from 0.6.37 to 0.8.10; from 0.8.11 on they do not.
    const isExempt =
      !does(state, "keys-need-permission") || (user.role === "admin" && !does(state, "administrators-need-permission"));
    const mayMake = keySetting(state, "enabled") === true && (isExempt || mayUseKeys(state, user));
    if (!mayMake) return detail(403, "API key creation is not allowed in the environment.");
    user.apiKey = newKey();
    return [200, { api_key: user.apiKey }];
  },
};

export const adminRoutes: Readonly<Record<string, Keyed>> = {
  "GET /api/v1/auths/admin/config": (state) => [200, state.settings],
  "POST /api/v1/auths/admin/config": (state, { body, isKey }) => {
    const form = formOf(body);
    // The form is the whole page: what is missing is an error, not "unchanged". Only the second factor may be left out.
    const missing = Object.keys(state.settings).filter(
      (name) => !Object.hasOwn(form, name) && !secondFactorFields.includes(name),
    );
    if (missing.length > 0) return malformed(state, missing);
    if (isKey && secondFactorFields.some((name) => Object.hasOwn(form, name)) && does(state, "second-factor"))
      return detail(403, "A human administrator session is required to change MFA settings.");
    const wasOn = needsSecondFactor(state);
    state.settings = { ...state.settings, ...form };
    if (needsSecondFactor(state) !== wasOn) endSessions(state);
    return [200, state.settings];
  },
  "POST /api/v1/auths/add": (state, { body }) => {
    const form = formOf(body);
    const { email, password, name } = account(form);
    if (state.users.some((user) => user.email === email.toLowerCase())) {
      return detail(
        400,
        "Uh-oh! This email is already registered. Sign in with your existing account or choose another email to start anew.",
      );
    }
    const role = form["role"] === "user" || form["role"] === "admin" ? form["role"] : "pending";
    const user = addUser(state, { email, password, name, role });
    state.groups.find(({ id }) => id === state.settings["DEFAULT_GROUP_ID"])?.userIds.push(user.id);
    return [200, needsSecondFactor(state) ? about(user) : signedIn(state, user)];
  },
  "GET /api/v1/users/": (state, { query }) => {
    const wanted = query.get("query") ?? "";
    const users = state.users.filter(({ email, name }) => email.includes(wanted) || name.includes(wanted));
    const rows = users.map((user) => ({ ...about(user), ...groupIds(state, user) }));
    return [200, does(state, "users-under-a-name") ? { users: rows, total: rows.length } : rows];
  },
  "POST /api/v1/groups/create": (state, { body }) => {
    const form = formOf(body);
    // Names are not unique: this always adds one.
    const group: Group = { id: randomUUID(), name: "", description: "", permissions: null, userIds: [] };
    change(group, form);
    state.groups.push(group);
    return [200, groupRow(state, group)];
  },
};

/** A form without these members, on a route that signs in or manages accounts. */
function malformed(state: State, missing: readonly string[]): Reply {
  if (does(state, "malformed-sign-in-is-422")) return detail(422, "Invalid authentication request.");
  return [422, { detail: missing.map((name) => ({ type: "missing", loc: ["body", name] })) }];
}

/** `POST /api/v1/groups/id/{id}/…`; undefined when it is none. */
export function groupRoute(state: State, { method, path, body }: UserRequest): Reply | undefined {
  const match = /^\/api\/v1\/groups\/id\/([^/]+)\/(update|users\/add)$/u.exec(path);
  const group = state.groups.find(({ id }) => id === match?.[1]);
  if (method !== "POST" || match === null || group === undefined) return undefined;
  const form = formOf(body);
  if (match[2] === "update") change(group, form);
  else if (does(state, "members-have-a-route"))
    group.userIds = [...new Set([...group.userIds, ...texts(form["user_ids"])])];
  else return undefined;
  return [200, groupRow(state, group)];
}

function change(group: Group, form: JsonObject): void {
  group.name = textOf(form["name"]);
  group.description = textOf(form["description"]);
  if (isJsonObject(form["permissions"])) group.permissions = form["permissions"];
  if (form["user_ids"] !== undefined) group.userIds = texts(form["user_ids"]);
}

function ownGroups(state: State, user: User): readonly Group[] {
  return state.groups.filter(({ userIds }) => userIds.includes(user.id));
}

/** Where memberships are told moved from the group to the user. */
function groupRow(state: State, { id, name, description, permissions, userIds, parentId }: Group): JsonObject {
  const members = tellsGroupIds(state) ? { member_count: userIds.length } : { user_ids: userIds };
  const parent = does(state, "nested-groups") ? { parent_group_id: parentId ?? null } : {};
  return { ...parent, id, name, description, permissions, ...members };
}

function groupIds(state: State, user: User): JsonObject {
  if (!tellsGroupIds(state)) return {};
  return { group_ids: state.groups.filter(({ userIds }) => userIds.includes(user.id)).map(({ id }) => id) };
}

function tellsGroupIds(state: State): boolean {
  return does(state, "users-list-their-groups");
}

function signedIn(state: State, user: User): JsonObject {
  if (needsSecondFactor(state)) {
    if (user.role === "pending") return { next_step: "pending" };
    const next_step = user.hasSecondFactor === true ? "verify" : "enroll";
    return { next_step, challenge_token: `${user.id}.${randomUUID()}`, expires_in: 300 };
  }
  const token = `eyJ.${randomUUID()}.x`;
  state.sessions.set(token, user.id);
  return { ...about(user), token, token_type: "Bearer" };
}

function endSessions(state: State): void {
  for (const token of state.sessions.keys()) state.endedSessions.add(token);
  state.sessions.clear();
}

function about({ id, name, role, email }: User): JsonObject {
  return { id, name, role, email };
}

function account(form: JsonObject): { readonly email: string; readonly password: string; readonly name: string } {
  const { email, password, name } = form;
  return { email: textOf(email), password: textOf(password), name: textOf(name) };
}

export function formOf(body: Json | undefined): JsonObject {
  return isJsonObject(body) ? body : {};
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Json[]).map(textOf) : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
