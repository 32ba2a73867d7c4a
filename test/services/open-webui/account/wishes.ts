import type { AccountPlan, AccountWish } from "../../../../src/services/open-webui/account/account-plan.ts";
import {
  carryOutAccount,
  type MonitoringAccount,
} from "../../../../src/services/open-webui/account/bootstrap-account.ts";
import { planAccount } from "../../../../src/services/open-webui/account/plan-account.ts";
import type { OpenWebUIStandIn } from "../stand-in/stand-in.ts";
import { addUser, type User } from "../stand-in/state.ts";
import { admin, port } from "../with-stand-in.ts";

function wishFor({ url }: Pick<OpenWebUIStandIn, "url">, change: Partial<AccountWish> = {}): AccountWish {
  const account = { email: "bot@example.test", name: "Monitoring bot" };
  return { url, admin, account, group: "Monitoring", grants: [], ...change };
}

export function planFor(
  server: Pick<OpenWebUIStandIn, "url">,
  change: Partial<AccountWish> = {},
): Promise<AccountPlan> {
  return planAccount(port, wishFor(server, change));
}

export async function carriedOut(
  server: Pick<OpenWebUIStandIn, "url">,
  change: Partial<AccountWish> = {},
): Promise<MonitoringAccount> {
  const plan = await planFor(server, change);
  return carryOutAccount(port, wishFor(server, change), { plan, makePassword: () => "made-Zq9vX3-secret" });
}

/** A session token, as a browser has it after every factor. */
export function sessionOf({ state }: OpenWebUIStandIn, user: User | undefined): string {
  if (user === undefined) throw new Error("there is no such user");
  state.sessions.set("eyJ.session.x", user.id);
  return "eyJ.session.x";
}

/** Everything that a bootstrap could write. */
export function written({ state }: OpenWebUIStandIn): string {
  return JSON.stringify([state.users, state.groups, state.settings, [...state.rows]]);
}

export function addOther({ state }: OpenWebUIStandIn, role: "admin" | "user", apiKey: string): User {
  const other = addUser(state, { email: `other-${role}@example.test`, name: "x", password: "other-Zq9vX3", role });
  other.apiKey = apiKey;
  return other;
}
