/** Signing up and in, keys, settings, users and groups. */
import { randomUUID } from "node:crypto";
import { isJsonObject, type Json, type JsonObject } from "../../../../src/model/json.ts";
import { mayUseKeys } from "./authenticate.ts";
import { detail, type Reply, type Request, type UserRequest } from "./reply.ts";
import { addUser, does, keySetting, newKey, type Group, type State, type User } from "./state.ts";

type Open = (state: State, request: Request) => Reply;
type Keyed = (state: State, request: UserRequest) => Reply;

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
    const { email, password } = account(formOf(body));
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
  "GET /api/v1/auths/": (_state, { user }) => [200, about(user)],
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
  "POST /api/v1/auths/admin/config": (state, { body }) => {
    const form = formOf(body);
    // The form is the whole page: what is missing is an error, not "unchanged".
    const missing = Object.keys(state.settings).filter((name) => !Object.hasOwn(form, name));
    if (missing.length > 0) return [422, { detail: missing.map((name) => ({ type: "missing", loc: ["body", name] })) }];
    state.settings = form;
    return [200, form];
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
    return [200, signedIn(state, addUser(state, { email, password, name, role }))];
  },
  "GET /api/v1/users/": (state, { query }) => {
    const wanted = query.get("query") ?? "";
    const users = state.users.filter(({ email, name }) => email.includes(wanted) || name.includes(wanted));
    const rows = users.map((user) => ({ ...about(user), ...groupIds(state, user) }));
    return [200, does(state, "users-under-a-name") ? { users: rows, total: rows.length } : rows];
  },
  "GET /api/v1/groups/": (state) => [200, state.groups.map((group) => groupRow(state, group))],
  "POST /api/v1/groups/create": (state, { body }) => {
    const form = formOf(body);
    // Names are not unique: this always adds one.
    const group: Group = { id: randomUUID(), name: "", description: "", permissions: null, userIds: [] };
    change(group, form);
    state.groups.push(group);
    return [200, groupRow(state, group)];
  },
};

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

/** Where memberships are told moved from the group to the user. */
function groupRow(state: State, { id, name, description, permissions, userIds }: Group): JsonObject {
  const members = tellsGroupIds(state) ? { member_count: userIds.length } : { user_ids: userIds };
  return { id, name, description, permissions, ...members };
}

function groupIds(state: State, user: User): JsonObject {
  if (!tellsGroupIds(state)) return {};
  return { group_ids: state.groups.filter(({ userIds }) => userIds.includes(user.id)).map(({ id }) => id) };
}

function tellsGroupIds(state: State): boolean {
  return does(state, "users-list-their-groups");
}

function signedIn(state: State, user: User): JsonObject {
  const token = `eyJ.${randomUUID()}.x`;
  state.sessions.set(token, user.id);
  return { ...about(user), token, token_type: "Bearer" };
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
