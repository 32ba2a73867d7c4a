/** Whether the account has a key, and whether the given one is its own. */
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import type { ServicePort } from "../../requests/port.ts";
import type { AccountWish } from "./account-plan.ts";
import { memberText, openAccountApi, type AccountApi } from "./admin-api.ts";
import { readKeyOwner } from "./key-owner.ts";
import { signIn } from "./sign-in.ts";

export interface KeyState {
  readonly type:
    | "given" // the given key is the account's
    | "given-by-somebody" // the given key works, and keys may not ask whose it is
    | "exists"
    | "none"
    | "unknown"; // only the account can read its key
  /** The given key is another account's. */
  readonly isGivenOthers: boolean;
}

interface KeyQuestion {
  /** The account as an administrator sees it; undefined if it does not exist. */
  readonly account: JsonObject | undefined;
  readonly version: string | undefined;
  /** Nobody can sign in as the account here. */
  readonly needsSecondFactor: boolean;
}

/** Only the owner can read a key; administrators cannot. */
export async function readKeyState(port: ServicePort, wish: AccountWish, question: KeyQuestion): Promise<KeyState> {
  const { url, apiKey } = wish;
  const { account, version, needsSecondFactor } = question;
  // Any other role blocks the plan, and a pending account may not even ask.
  if (account !== undefined && account["role"] !== "user") return { type: "given", isGivenOthers: false };
  const owner =
    apiKey === undefined ? "nobody" : await readKeyOwner(port, { url, version, apiKey, account: account ?? {} });
  const isGivenOthers = owner === "other";
  if (account === undefined) return { type: "none", isGivenOthers };
  if (owner === "account") return { type: "given", isGivenOthers };
  const { email, password } = wish.account;
  if (password !== undefined && !needsSecondFactor) {
    const own = openAccountApi(port, url, await signIn(port, url, { email, password }));
    return { type: (await readOwnKey(own)) === undefined ? "none" : "exists", isGivenOthers };
  }
  return { type: owner === "unknown" ? "given-by-somebody" : "unknown", isGivenOthers };
}

/**
 * Undefined if there is none. Anything unclear is an error, because creating another key would invalidate the one in
 * use.
 */
export async function readOwnKey(owner: AccountApi): Promise<string | undefined> {
  const json = await owner.getUnlessMissing("/api/v1/auths/api_key");
  return memberText(isJsonObject(json) ? json : undefined, "api_key") || undefined;
}

export function keyNotes({ type, isGivenOthers }: KeyState): readonly string[] {
  if (isGivenOthers) return ["the given key belongs to another account, so it is not used"];
  if (type !== "given-by-somebody") return [];
  return ["the given key works; whose it is cannot be asked, because keys are limited to a list of endpoints"];
}

export function isKeyKept({ type }: KeyState): boolean {
  return type === "given" || type === "given-by-somebody";
}
