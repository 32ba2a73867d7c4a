/**
 * Carries out the steps of `planAccount`: creates an account for the monitors, with a key and only the rights that it
 * needs. It uses Open WebUI's own HTTP API (docs/upstream/open-webui.md#setting-up-an-account).
 */
import { InternalError } from "../../../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { AccountPlan, AccountStep, AccountWish } from "./account-plan.ts";
import { keySettings, listIn, memberText, openAccountApi, type AccountApi } from "./admin-api.ts";
import { ask } from "../../requests/ask.ts";
import { parseAllowList } from "../facts/endpoints.ts";
import { holds } from "../facts/facts-by-release.ts";
import { listedModels } from "../requests/listed-models.ts";
import { grantRead } from "./model-grants.ts";
import { OpenWebUIError } from "./open-webui-error.ts";
import { readOwnKey } from "./key-state.ts";
import { planGrants } from "./plan-grants.ts";
import { adminToken, signIn, signUp, tokenOf } from "./sign-in.ts";
import type { ServicePort } from "../../requests/port.ts";

export interface MonitoringAccount {
  /** A secret. It belongs in a file with mode 0600 or a secret store, never on a terminal. */
  readonly apiKey: string;
  /** The models that the key can see now; undefined if the list was refused. */
  readonly models: readonly string[] | undefined;
}

export interface CarryOutOptions {
  /** Makes the password of a new account if none was given. */
  readonly makePassword: () => string;
  readonly onStep?: (step: AccountStep) => void;
  /** Stores a new key as soon as it is made: a later step may fail, and only its owner could read it again. */
  readonly storeKey?: (apiKey: string) => Promise<void>;
}

interface Progress {
  readonly port: ServicePort;
  readonly wish: AccountWish;
  readonly version: string | undefined;
  readonly makePassword: () => string;
  adminToken: string | undefined;
  ownerToken: string | undefined;
  accountId: string | undefined;
  groupId: string | undefined;
}

/**
 * `plan` must be made from the same request and have no blockers. Throws OpenWebUIError at the first step that is
 * refused.
 */
export async function carryOutAccount(
  port: ServicePort,
  wish: AccountWish,
  { plan, makePassword, onStep, storeKey }: CarryOutOptions & { readonly plan: AccountPlan },
): Promise<MonitoringAccount> {
  if (plan.blockers.length > 0) throw new InternalError("a plan with blockers was carried out");
  const progress: Progress = {
    port,
    wish,
    version: plan.version,
    makePassword,
    adminToken: undefined,
    ownerToken: undefined,
    accountId: undefined,
    groupId: undefined,
  };
  let made: string | undefined;
  for (const step of plan.steps) {
    onStep?.(step);
    const key = await carryOut(progress, step);
    if (key === undefined) continue;
    made = key;
    await storeKey?.(key);
  }
  const apiKey = made ?? (await existingKey(progress, plan));
  const answer = await ask(port, wish.url, { path: "/api/models", headers: { authorization: `Bearer ${apiKey}` } });
  return { apiKey, models: listedModels(answer)?.map(({ id }) => id) };
}

/** Returns the key if the step creates one. */
async function carryOut(progress: Progress, step: AccountStep): Promise<string | undefined> {
  const { port, wish, version } = progress;
  switch (step.type) {
    case "create-administrator":
      if ("token" in wish.admin) throw new InternalError("a first administrator needs a password");
      progress.adminToken = await signUp(port, wish.url, wish.admin);
      return checkGrants(progress);
    case "enable-keys":
      return changeSettings(progress, () => ({ [step.setting]: true }));
    case "allow-endpoints":
      return changeSettings(progress, (settings) => {
        const { restrict, allowed } = keySettings(version);
        const entries = step.isNew ? [] : parseAllowList(memberText(settings, allowed));
        return { [restrict]: true, [allowed]: [...entries, ...step.add].join(",") };
      });
    case "create-group": {
      const permissions = step.mayUseKeys ? { features: { api_keys: true } } : {};
      const form = { name: step.name, description: "Accounts of monitors", permissions };
      progress.groupId = idOf(await (await adminOf(progress)).post("/api/v1/groups/create", form));
      return undefined;
    }
    case "permit-keys":
      return permitKeys(progress, step.groupId);
    case "create-account": {
      const password = wish.account.password ?? progress.makePassword();
      // Without a role the account would be `pending`.
      const form = { name: step.name, email: step.email, password, role: "user" };
      const made = await (await adminOf(progress)).post("/api/v1/auths/add", form);
      progress.accountId = idOf(made);
      progress.ownerToken = tokenOf(made);
      return undefined;
    }
    case "join-group":
      return joinGroup(progress);
    case "make-key": {
      const made = await (await ownerOf(progress)).post("/api/v1/auths/api_key", {});
      return memberText(isJsonObject(made) ? made : undefined, "api_key");
    }
    case "grant-model":
      await grantRead(await adminOf(progress), step.model, { groupId: await groupIdOf(progress), version });
      return undefined;
    default:
      return step satisfies never;
  }
}

async function adminOf(progress: Progress): Promise<AccountApi> {
  progress.adminToken ??= await adminToken(progress.port, progress.wish);
  return openAccountApi(progress.port, progress.wish.url, progress.adminToken);
}

async function ownerOf(progress: Progress): Promise<AccountApi> {
  const { port, wish } = progress;
  const { email, password } = wish.account;
  if (progress.ownerToken === undefined && password === undefined) {
    throw new OpenWebUIError("wrong-password", `the password of ${email} is needed to read or make its key`);
  }
  progress.ownerToken ??= await signIn(port, wish.url, { email, password: password ?? "" });
  return openAccountApi(port, wish.url, progress.ownerToken);
}

/** On a new instance, models can be listed only now, when it has an administrator. */
async function checkGrants(progress: Progress): Promise<undefined> {
  const { wish, version } = progress;
  const { blockers } = await planGrants(await adminOf(progress), wish, { groupIds: new Set(), version });
  const [blocker] = blockers;
  if (blocker === undefined) return undefined;
  throw new OpenWebUIError("rejected", `${blocker.message}; only the administrator was made`, blocker.steps[0]);
}

/** What an administrator's key may not save, even unchanged; left out, it stays as it is. */
const secondFactorFields: ReadonlySet<string> = new Set([
  "ENABLE_MFA",
  "MFA_ALLOW_OAUTH_BYPASS",
  "MFA_ALLOW_TRUSTED_HEADER_BYPASS",
]);

/** The form holds the whole settings page, so the rest of it is sent back. */
async function changeSettings(progress: Progress, change: (settings: JsonObject) => JsonObject): Promise<undefined> {
  const admin = await adminOf(progress);
  const settings = await admin.get("/api/v1/auths/admin/config");
  if (!isJsonObject(settings)) throw new OpenWebUIError("rejected", "Open WebUI's settings are no object");
  const kept = Object.entries(settings).filter(([name]) => !secondFactorFields.has(name));
  await admin.post("/api/v1/auths/admin/config", { ...Object.fromEntries(kept), ...change(settings) });
}

async function permitKeys(progress: Progress, groupId: string): Promise<undefined> {
  const admin = await adminOf(progress);
  const form = groupForm(await groupWith(admin, "id", groupId));
  const permissions = isJsonObject(form["permissions"]) ? form["permissions"] : {};
  const features = isJsonObject(permissions["features"]) ? permissions["features"] : {};
  await admin.post(`/api/v1/groups/id/${groupId}/update`, {
    ...form,
    permissions: { ...permissions, features: { ...features, api_keys: true } },
  });
}

/** Up to 0.6.16, only the whole list of members can be set. */
async function joinGroup(progress: Progress): Promise<undefined> {
  const admin = await adminOf(progress);
  const groupId = await groupIdOf(progress);
  const accountId = await accountIdOf(progress);
  if (holds("members-have-a-route", progress.version) !== false) {
    await admin.post(`/api/v1/groups/id/${groupId}/users/add`, { user_ids: [accountId] });
    return undefined;
  }
  const group = await groupWith(admin, "id", groupId);
  const members: readonly Json[] = Array.isArray(group?.["user_ids"]) ? (group["user_ids"] as readonly Json[]) : [];
  await admin.post(`/api/v1/groups/id/${groupId}/update`, { ...groupForm(group), user_ids: [...members, accountId] });
  return undefined;
}

async function groupWith(admin: AccountApi, name: string, value: string): Promise<JsonObject | undefined> {
  return listIn(await admin.get("/api/v1/groups/")).find((group) => group[name] === value);
}

function groupForm(group: JsonObject | undefined): JsonObject {
  const { permissions = null } = group ?? {};
  return { name: memberText(group, "name"), description: memberText(group, "description"), permissions };
}

async function groupIdOf(progress: Progress): Promise<string> {
  progress.groupId ??= memberText(await groupWith(await adminOf(progress), "name", progress.wish.group), "id");
  return progress.groupId;
}

async function accountIdOf(progress: Progress): Promise<string> {
  if (progress.accountId === undefined) {
    const email = progress.wish.account.email.toLowerCase();
    const users = listIn(await (await adminOf(progress)).get(`/api/v1/users/?query=${encodeURIComponent(email)}`));
    progress.accountId = memberText(
      users.find((user) => memberText(user, "email").toLowerCase() === email),
      "id",
    );
  }
  return progress.accountId;
}

function idOf(made: Json): string {
  return memberText(isJsonObject(made) ? made : undefined, "id");
}

/** The given key, which the plan found to work, or the key of the account. */
async function existingKey(progress: Progress, { isKeyKept }: AccountPlan): Promise<string> {
  const { wish } = progress;
  if (isKeyKept && wish.apiKey !== undefined) return wish.apiKey;
  const key = await readOwnKey(await ownerOf(progress));
  if (key === undefined) throw new OpenWebUIError("rejected", `the key of ${wish.account.email} cannot be read`);
  return key;
}
