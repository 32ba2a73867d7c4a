/** Reads the state of the instance and plans what is missing. Writes nothing, apart from signing in. */
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { isAllowed, neededEndpoints, parseAllowList } from "../facts/endpoints.ts";
import { holds } from "../facts/facts-by-release.ts";
import { untestedWords } from "../facts/known-faults.ts";
import { splitAddress } from "../../requests/ask.ts";
import type { ServicePort } from "../../requests/port.ts";
import { accountBlockers, groupNotUnique } from "./account-blockers.ts";
import type { AccountPlan, AccountStep, AccountWish } from "./account-plan.ts";
import { keySettings, listIn, memberText, openAccountApi, readPublicFacts } from "./admin-api.ts";
import { mayUseKeys, withParents } from "./group-tree.ts";
import { isKeyKept, keyNotes, readKeyState } from "./key-state.ts";
import { OpenWebUIError } from "./open-webui-error.ts";
import { planGrants } from "./plan-grants.ts";
import { adminToken } from "./sign-in.ts";

/** Throws OpenWebUIError if it cannot read as an administrator. */
export async function planAccount(port: ServicePort, wish: AccountWish): Promise<AccountPlan> {
  const { version, isNew } = await readPublicFacts(port, wish.url);
  const url = splitAddress(wish.url).address;
  if (isNew) {
    const steps = stepsForNew(wish, version);
    return { url, version, steps, notes: untestedNotes(version), blockers: [], isKeyKept: false };
  }
  const admin = openAccountApi(port, wish.url, await adminToken(port, wish));
  const read = await admin.get("/api/v1/auths/admin/config");
  const settings = isJsonObject(read) ? read : {};
  const groups = listIn(await admin.get("/api/v1/groups/"));
  const own = groups.filter((group) => group["name"] === wish.group);
  const [group] = own;
  const email = wish.account.email.toLowerCase();
  const found = listIn(await admin.get(`/api/v1/users/?query=${encodeURIComponent(email)}`));
  const account = found.find((user) => memberText(user, "email").toLowerCase() === email);
  const needsSecondFactor = settings["ENABLE_MFA"] === true;
  const key = await readKeyState(port, wish, { account, version, needsSecondFactor });
  const groupIds = group === undefined ? new Set<string>() : withParents(memberText(group, "id"), groups);
  const grants = await planGrants(admin, wish, { groupIds, version });
  const blockers = accountBlockers(account, key, wish, needsSecondFactor);
  const endpoints = endpointSteps(settings, wish, version);
  return {
    url,
    version,
    steps: [
      ...keySteps(settings, version),
      ...groupSteps(groups, groupIds, wish, version),
      ...accountSteps(account, groups, wish, version),
      ...(key.type === "none" ? [{ type: "make-key", email: wish.account.email } as const] : []),
      ...grants.steps,
      ...endpoints,
    ],
    notes: [
      ...untestedNotes(version),
      ...keyNotes(key),
      ...(endpoints.some(({ isNew: isFirst }) => isFirst) ? lockoutNotes(wish) : []),
      ...(account === undefined ? defaultGroupNotes(settings, groups, wish) : []),
      ...grants.notes,
    ],
    blockers: [...blockers, ...(own.length > 1 ? [groupNotUnique(wish.group)] : []), ...grants.blockers],
    isKeyKept: isKeyKept(key),
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
    ...keySteps({ [keySettings(version).enable]: holds("keys-renamed", version) === false }, version),
    ...groupSteps([], new Set(), wish, version),
    ...accountSteps(undefined, [], wish, version),
    { type: "make-key", email: wish.account.email },
    ...wish.grants.map((model): AccountStep => ({ type: "grant-model", model, group: wish.group, isListed: false })),
    ...endpointSteps({}, wish, version),
  ];
}

function keySteps(settings: JsonObject, version: string | undefined): readonly AccountStep[] {
  const { enable: setting } = keySettings(version);
  return settings[setting] === true ? [] : [{ type: "enable-keys", setting }];
}

/** The last step: an administrator's key is held to the list too, and could do nothing after it. */
function endpointSteps(
  settings: JsonObject,
  wish: AccountWish,
  version: string | undefined,
): readonly Extract<AccountStep, { type: "allow-endpoints" }>[] {
  const { restrict, allowed } = keySettings(version);
  const isRestricted = settings[restrict] === true;
  const entries = parseAllowList(memberText(settings, allowed));
  const add = isRestricted ? neededEndpoints.filter((path) => !isAllowed(path, entries)) : neededEndpoints;
  const isNew = !isRestricted && wish.restrictsEndpoints === true;
  return isNew || (isRestricted && add.length > 0) ? [{ type: "allow-endpoints", add, isNew }] : [];
}

function lockoutNotes({ admin }: AccountWish): readonly string[] {
  const isKey = "token" in admin && admin.token.startsWith("sk-");
  return isKey ? ["from then on the key of the administrator is limited to these endpoints too"] : [];
}

/**
 * Before 0.6.37, keys need no permission; the group is then only needed for granting models. A group above it may give
 * the permission.
 */
function groupSteps(
  groups: readonly JsonObject[],
  groupIds: ReadonlySet<string>,
  wish: AccountWish,
  version: string | undefined,
): readonly AccountStep[] {
  const needsPermission = holds("keys-need-permission", version) !== false;
  const [groupId] = groupIds;
  if (groupId === undefined) {
    return needsGroup(wish, version) ? [{ type: "create-group", name: wish.group, mayUseKeys: needsPermission }] : [];
  }
  const isPermitted = groups.some((group) => groupIds.has(memberText(group, "id")) && mayUseKeys(group));
  return !needsPermission || isPermitted ? [] : [{ type: "permit-keys", name: wish.group, groupId }];
}

function needsGroup(wish: AccountWish, version: string | undefined): boolean {
  return holds("keys-need-permission", version) !== false || wish.grants.length > 0;
}

function accountSteps(
  account: JsonObject | undefined,
  groups: readonly JsonObject[],
  wish: AccountWish,
  version: string | undefined,
): readonly AccountStep[] {
  const { email, name } = wish.account;
  const group = groups.find((other) => other["name"] === wish.group);
  const isMember = account !== undefined && group !== undefined && isMemberOf(account, group, groups);
  return [
    ...(account === undefined ? [{ type: "create-account", email, name } as const] : []),
    ...(isMember || !needsGroup(wish, version) ? [] : [{ type: "join-group", email, group: wish.group } as const]),
  ];
}

/** Newer releases list the groups of a user, older ones the users of a group. A member of a group below it counts. */
function isMemberOf(account: JsonObject, group: JsonObject, groups: readonly JsonObject[]): boolean {
  const { group_ids: groupIds } = account;
  const { user_ids: userIds } = group;
  const id = memberText(group, "id");
  if (Array.isArray(groupIds)) {
    return groupIds.some((own) => typeof own === "string" && withParents(own, groups).has(id));
  }
  return Array.isArray(userIds) && userIds.includes(memberText(account, "id"));
}

function untestedNotes(version: string | undefined): readonly string[] {
  const words = untestedWords(version);
  return words === undefined ? [] : [`${words.message}: ${words.hint}`];
}

/** New accounts join this group by themselves, and have what it may. */
function defaultGroupNotes(
  settings: JsonObject,
  groups: readonly JsonObject[],
  { account, group }: AccountWish,
): readonly string[] {
  const id = memberText(settings, "DEFAULT_GROUP_ID");
  const usual = memberText(
    groups.find((other) => other["id"] === id),
    "name",
  );
  if (id === "" || usual === "" || usual === group) return [];
  return [`every new account also joins the group "${usual}", so ${account.email} may do what that group may`];
}
