/** Whose key is it? (docs/upstream/open-webui.md#whose-key-it-is) */
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { holds } from "../facts/facts-by-release.ts";
import { ask, type ServiceAnswer } from "../../requests/ask.ts";
import type { ServicePort } from "../../requests/port.ts";
import { listIn, memberText } from "./admin-api.ts";

/** `unknown`: somebody has it, and the instance does not let keys ask who. `nobody`: no account has it. */
export type KeyOwner = "account" | "other" | "unknown" | "nobody";

interface OwnerQuestion {
  readonly url: string;
  readonly version: string | undefined;
  readonly apiKey: string;
  /** The account as an administrator sees it. */
  readonly account: JsonObject;
}

/** Sends only requests that read. */
export async function readKeyOwner(port: ServicePort, question: OwnerQuestion): Promise<KeyOwner> {
  const { url, version, apiKey, account } = question;
  const headers = { authorization: `Bearer ${apiKey}` };
  const get = (path: string): Promise<ServiceAnswer> => ask(port, url, { path, headers });
  const known =
    holds("keys-cannot-ask-owner", version) === false
      ? ownerByAddress(await get("/api/v1/auths/"), account)
      : await ownerByGroups(get, account);
  if (known !== undefined) return known;
  const answer = await get("/api/models");
  return answer.type === "json" && (answer.status === 200 || answer.status === 403) ? "unknown" : "nobody";
}

function ownerByAddress(answer: ServiceAnswer, account: JsonObject): KeyOwner | undefined {
  if (answer.type !== "json" || answer.status !== 200 || !isJsonObject(answer.json)) return undefined;
  const isSame = memberText(answer.json, "email").toLowerCase() === memberText(account, "email").toLowerCase();
  return isSame ? "account" : "other";
}

/**
 * The direct groups of the key's owner are those of the account, and the owner is no administrator. An account with the
 * same groups cannot be told apart. A list of allowed endpoints hides the groups, but the number of a connection still
 * shows an administrator: others are refused with 401 whatever the number is.
 */
async function ownerByGroups(
  get: (path: string) => Promise<ServiceAnswer>,
  account: JsonObject,
): Promise<KeyOwner | undefined> {
  const asked = await get("/api/v1/users/groups");
  if (asked.type === "json" && asked.status === 200) {
    const settings = await get("/api/v1/auths/admin/config");
    if (settings.type === "json" && settings.status === 200) return "other";
    const own = listIn(asked.json).map((group) => memberText(group, "id"));
    return isSameSet(own, account["group_ids"]) ? "account" : "other";
  }
  const numbered = await get("/openai/models/9999");
  const isRefused = numbered.type === "unreachable" || numbered.status === 401 || numbered.status === 403;
  return isRefused ? undefined : "other";
}

function isSameSet(own: readonly string[], theirs: Json | undefined): boolean {
  const others = Array.isArray(theirs) ? (theirs as readonly Json[]) : [];
  return own.length === others.length && own.every((id) => others.includes(id));
}
