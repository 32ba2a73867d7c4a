/** Reasons why the plan for an account may not be carried out. */
import type { JsonObject } from "../../../model/json.ts";
import type { AccountBlocker, AccountWish } from "./account-plan.ts";
import { isKeyKept, type KeyState } from "./key-state.ts";

export function accountBlockers(
  account: JsonObject | undefined,
  key: KeyState,
  wish: AccountWish,
  needsSecondFactor: boolean,
): readonly AccountBlocker[] {
  const { email } = wish.account;
  const blockers: AccountBlocker[] = [];
  if (account?.["role"] === "admin") {
    const message = `${email} is an administrator, whose key may do everything`;
    blockers.push({
      code: "account-is-administrator",
      message,
      steps: ["use an account that does nothing but monitoring"],
    });
  }
  if (account?.["role"] === "pending") {
    const message = `${email} waits for its role`;
    blockers.push({ code: "account-pending", message, steps: ["set its role to user in Admin Panel > Users"] });
  }
  if (needsSecondFactor && !isKeyKept(key)) return [...blockers, secondFactor(account, wish)];
  if (key.type === "unknown") {
    const message = `${email} exists; only it can read or make its key`;
    blockers.push({
      code: "password-needed",
      message,
      steps: [
        "give its password in OPEN_WEBUI_ACCOUNT_PASSWORD (an administrator can set one in Admin Panel > Users)",
        "or give the key that it has in OPEN_WEBUI_API_KEY",
      ],
    });
  }
  return blockers;
}

/** Nothing can be made for an account that only a person can sign in to. */
function secondFactor(account: JsonObject | undefined, { account: { email }, group }: AccountWish): AccountBlocker {
  const make = `make the account ${email} with the role user, in a group "${group}" with the permission Features > API Keys`;
  return {
    code: "second-factor",
    message: `signing in needs a second factor here (ENABLE_MFA), so only a person can make the key of ${email}`,
    steps: [
      "switch API keys on, if they are off",
      ...(account === undefined ? [make] : []),
      `sign in as ${email} in a browser, set up its second factor, and make its key under Settings > Account`,
      "set OPEN_WEBUI_API_KEY to the key, and run this again: it does the rest",
    ],
  };
}

/** Group names may repeat, so several groups may match. */
export function groupNotUnique(name: string): AccountBlocker {
  const steps = ["rename one of them, or choose another name"];
  return { code: "group-not-unique", message: `there is more than one group "${name}"`, steps };
}
