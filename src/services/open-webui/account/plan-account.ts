/** Reads the state of the instance and plans what is missing. Writes nothing, apart from signing in. */
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { AccountBlocker, AccountPlan, AccountStep, AccountWish } from "./account-plan.ts";
import {
  adminToken,
  keySettings,
  listIn,
  openAccountApi,
  readPublicFacts,
  signIn,
  memberText,
  type AccountApi,
} from "./admin-api.ts";
import { ask, splitAddress } from "../requests/ask.ts";
import { isAllowed, neededEndpoints, parseAllowList } from "../facts/endpoints.ts";
import { holds } from "../facts/facts-by-release.ts";
import { mayRead, readModelRow } from "./model-grants.ts";
import { OpenWebUIError } from "./open-webui-error.ts";
import type { OpenWebUIPort } from "../requests/port.ts";

/** Throws OpenWebUIError if it cannot read as an administrator. */
export async function planAccount(port: OpenWebUIPort, wish: AccountWish): Promise<AccountPlan> {
  const { version, isNew } = await readPublicFacts(port, wish.url);
  const url = splitAddress(wish.url).address;
  if (isNew) return { url, version, steps: stepsForNew(wish, version), notes: [], blockers: [] };
  const admin = openAccountApi(port, wish.url, await adminToken(port, wish));
  const settings = await admin.get("/api/v1/auths/admin/config");
  const groups = listIn(await admin.get("/api/v1/groups/")).filter((group) => group["name"] === wish.group);
  const email = wish.account.email.toLowerCase();
  const found = listIn(await admin.get(`/api/v1/users/?query=${encodeURIComponent(email)}`));
  const account = found.find((user) => memberText(user, "email").toLowerCase() === email);
  const [group] = groups;
  const key = await readKeyState(port, wish, account);
  const grants = await planGrants(admin, wish, { groupId: memberText(group, "id") || undefined, version });
  return {
    url,
    version,
    steps: [
      ...settingSteps(isJsonObject(settings) ? settings : {}, wish, version),
      ...groupSteps(group, wish, version),
      ...accountSteps(account, group, wish, version),
      ...(key === "none" ? [{ type: "make-key", email: wish.account.email } as const] : []),
      ...grants.steps,
    ],
    notes: grants.notes,
    blockers: [...accountBlockers(account, key, wish), ...(groups.length > 1 ? [groupNotUnique(wish.group)] : [])],
  };
}

/** For an instance without users, where nothing can be read yet. */
function stepsForNew(wish: AccountWish, version: string | undefined): readonly AccountStep[] {
  if ("token" in wish.admin) {
    throw new OpenWebUIError(
      "wrong-password",
      "Open WebUI has no users yet",
      "give an e-mail address and a password for its first administrator",
    );
  }
  return [
    { type: "create-administrator", email: wish.admin.email },
    ...settingSteps({ [keySettings(version).enable]: holds("keys-renamed", version) === false }, wish, version),
    ...groupSteps(undefined, wish, version),
    ...accountSteps(undefined, undefined, wish, version),
    { type: "make-key", email: wish.account.email },
    ...wish.grants.map((model): AccountStep => ({ type: "grant-model", model, group: wish.group, isListed: false })),
  ];
}

function settingSteps(settings: JsonObject, wish: AccountWish, version: string | undefined): readonly AccountStep[] {
  const { enable, restrict, allowed } = keySettings(version);
  const isRestricted = settings[restrict] === true;
  const entries = parseAllowList(memberText(settings, allowed));
  const add = isRestricted ? neededEndpoints.filter((path) => !isAllowed(path, entries)) : neededEndpoints;
  const isNew = !isRestricted && wish.restrictsEndpoints === true;
  return [
    ...(settings[enable] === true ? [] : [{ type: "enable-keys", setting: enable } as const]),
    ...(isNew || (isRestricted && add.length > 0) ? [{ type: "allow-endpoints", add, isNew } as const] : []),
  ];
}

/** Before 0.6.37, keys need no permission; the group is then only needed for granting models. */
function groupSteps(
  group: JsonObject | undefined,
  wish: AccountWish,
  version: string | undefined,
): readonly AccountStep[] {
  const mayUseKeys = holds("keys-need-permission", version) !== false;
  if (group === undefined) {
    return needsGroup(wish, version) ? [{ type: "create-group", name: wish.group, mayUseKeys }] : [];
  }
  const permissions = isJsonObject(group["permissions"]) ? group["permissions"] : {};
  const features = isJsonObject(permissions["features"]) ? permissions["features"] : {};
  if (!mayUseKeys || features["api_keys"] === true) return [];
  return [{ type: "permit-keys", name: wish.group, groupId: memberText(group, "id") }];
}

function needsGroup(wish: AccountWish, version: string | undefined): boolean {
  return holds("keys-need-permission", version) !== false || wish.grants.length > 0;
}

function accountSteps(
  account: JsonObject | undefined,
  group: JsonObject | undefined,
  wish: AccountWish,
  version: string | undefined,
): readonly AccountStep[] {
  const { email, name } = wish.account;
  const isMember = account !== undefined && group !== undefined && isMemberOf(account, group);
  return [
    ...(account === undefined ? [{ type: "create-account", email, name } as const] : []),
    ...(isMember || !needsGroup(wish, version) ? [] : [{ type: "join-group", email, group: wish.group } as const]),
  ];
}

/** Newer releases list the groups of a user, older ones the users of a group. */
function isMemberOf(account: JsonObject, group: JsonObject): boolean {
  const { group_ids: groupIds } = account;
  const { user_ids: userIds } = group;
  if (Array.isArray(groupIds)) return groupIds.includes(memberText(group, "id"));
  return Array.isArray(userIds) && userIds.includes(memberText(account, "id"));
}

type KeyState = "works" | "exists" | "none" | "unknown";

/** Only the owner can read a key; administrators cannot. */
async function readKeyState(
  port: OpenWebUIPort,
  wish: AccountWish,
  account: JsonObject | undefined,
): Promise<KeyState> {
  if (account === undefined) return "none";
  // Any other role blocks the plan, and a pending account may not even ask.
  if (account["role"] !== "user") return "works";
  if (wish.apiKey !== undefined && (await isKeyKnown(port, wish, wish.apiKey))) return "works";
  const { email, password } = wish.account;
  if (password === undefined) return "unknown";
  const owner = openAccountApi(port, wish.url, await signIn(port, wish.url, { email, password }));
  return (await readOwnKey(owner)) === undefined ? "none" : "exists";
}

/**
 * Whether the key belongs to the account. If that cannot be asked, a key that is refused only for this request, or
 * because keys are switched off, at least belongs to somebody.
 */
async function isKeyKnown(port: OpenWebUIPort, { url, account }: AccountWish, apiKey: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const owner = await ask(port, url, { path: "/api/v1/auths/", headers });
  if (owner.type === "json" && owner.status === 200 && isJsonObject(owner.json)) {
    return memberText(owner.json, "email").toLowerCase() === account.email.toLowerCase();
  }
  const answer = await ask(port, url, { path: "/api/models", headers });
  return answer.type === "json" && (answer.status === 200 || answer.status === 403);
}

/**
 * Undefined if there is none. Anything unclear is an error, because creating another key would invalidate the one in
 * use.
 */
export async function readOwnKey(owner: AccountApi): Promise<string | undefined> {
  const json = await owner.getUnlessMissing("/api/v1/auths/api_key");
  return memberText(isJsonObject(json) ? json : undefined, "api_key") || undefined;
}

function accountBlockers(account: JsonObject | undefined, key: KeyState, wish: AccountWish): readonly AccountBlocker[] {
  const { email } = wish.account;
  const blockers: AccountBlocker[] = [];
  if (account?.["role"] === "admin") {
    const message = `${email} is an administrator, whose key may do everything`;
    blockers.push({
      code: "account-is-administrator",
      message,
      hint: "use an account that does nothing but monitoring",
    });
  }
  if (account?.["role"] === "pending") {
    const message = `${email} waits for its role`;
    blockers.push({ code: "account-pending", message, hint: "set its role to user in Admin Panel > Users" });
  }
  if (key === "unknown") {
    const message = `${email} exists; only it can read or make its key`;
    blockers.push({ code: "password-needed", message, hint: "give its password, or the key that it has" });
  }
  return blockers;
}

/** Group names may repeat, so several groups may match. */
function groupNotUnique(name: string): AccountBlocker {
  const hint = "rename one of them, or choose another name";
  return { code: "group-not-unique", message: `there is more than one group "${name}"`, hint };
}

interface Grants {
  readonly steps: readonly AccountStep[];
  readonly notes: readonly string[];
}

/**
 * Grants only the named models. The base model of a preset, which the account also needs from 0.9.0 on, is mentioned in
 * a note.
 */
async function planGrants(
  admin: AccountApi,
  { grants, group }: AccountWish,
  about: { readonly groupId: string | undefined; readonly version: string | undefined },
): Promise<Grants> {
  const steps: AccountStep[] = [];
  const notes: string[] = [];
  for (const model of new Set(grants)) {
    const row = await readModelRow(admin, model);
    const isGranted = row !== undefined && mayRead(row, about.groupId, about.version);
    if (!isGranted) steps.push({ type: "grant-model", model, group, isListed: row !== undefined });
    const base = memberText(row, "base_model_id");
    if (base === "" || grants.includes(base) || holds("preset-needs-base", about.version) === false) continue;
    const baseRow = await readModelRow(admin, base);
    if (baseRow === undefined || !mayRead(baseRow, about.groupId, about.version)) {
      notes.push(
        `"${model}" is a preset and answers only accounts that may read its base model too: name "${base}" as well`,
      );
    }
  }
  return { steps, notes };
}
