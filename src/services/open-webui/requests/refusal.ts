/** Recognises Open WebUI's refusals by their messages (docs/upstream/open-webui.md#refusals). */
import { isJsonObject } from "../../../model/json.ts";
import { holds } from "../facts/facts-by-release.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";

export type Refusal =
  | "key-not-sent" // something on the way took it
  | "key-unknown"
  | "not-a-key" // neither a key nor a session
  | "session-ended" // a session token in place of a key
  | "account-pending"
  | "keys-disabled" // or the account lacks the permission: the words are the same
  | "endpoint-not-allowed"
  | "login-page"
  | "database-down";

/** Undefined if the answer does not refuse the key, whatever else is wrong with it. */
export function refusalOf(answer: ServiceAnswer, version: string | undefined): Refusal | undefined {
  if (answer.type === "redirect" || answer.type === "page") return "login-page";
  if (answer.type === "text") return answer.status === 500 ? "database-down" : undefined;
  if (answer.type !== "json") return undefined;
  const detail = detailOf(answer);
  if (detail === "Not authenticated") return "key-not-sent";
  if (answer.status === 401) {
    if (detail === "Invalid token") return "session-ended";
    if (detail.startsWith("You do not have permission")) return "account-pending";
    return detail.startsWith("Your session has expired") ? "key-unknown" : "not-a-key";
  }
  if (answer.status !== 403) return undefined;
  // Up to 0.6.36 both cases have this message; other endpoints tell which one it is.
  if (detail.startsWith("Use of API key is not enabled")) return "keys-disabled";
  if (detail.startsWith("API key not allowed")) return "endpoint-not-allowed";
  return holds("own-words-for-endpoints", version) === false ? undefined : "endpoint-not-allowed";
}

/** Empty if there is no detail, or if it is a list of mistakes in the request. */
export function detailOf(answer: ServiceAnswer): string {
  if (answer.type !== "json" || !isJsonObject(answer.json)) return "";
  const { detail } = answer.json;
  return typeof detail === "string" ? detail : "";
}
