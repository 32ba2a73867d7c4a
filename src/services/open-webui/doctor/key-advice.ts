/** Advice for each way in which a key can be refused. */
import type { Advice } from "../../diagnosis.ts";
import type { Refusal } from "../requests/refusal.ts";
import { keysMenu } from "../facts/menus.ts";
import { neededEndpoints } from "../facts/endpoints.ts";
import { holds, sinceOf } from "../facts/facts-by-release.ts";

/** `paths` are the refused paths. */
export function keyAdvice(refusal: Refusal, paths: readonly string[], version: string | undefined): Advice {
  const at = paths.join(", ");
  const error = { code: refusal, severity: "error" } as const;
  switch (refusal) {
    case "key-not-sent":
      return {
        ...error,
        message: `the key did not arrive at ${at}`,
        steps: [
          "a proxy in front may use the Authorization header for itself",
          holds("x-api-key", version) === false
            ? `let it pass the header on; another header for the key needs Open WebUI ${sinceOf("x-api-key")}`
            : "send the key as X-API-Key: write apiKeyHeader: X-API-Key",
        ],
      };
    case "key-unknown":
      return {
        ...error,
        message: "the key is not known there",
        steps: [
          "each account has one key, and making another ends the first: see whether somebody did",
          "sign in as the monitoring account, open Settings > Account, and copy the key",
        ],
      };
    case "not-a-key":
      return {
        ...error,
        message: "the value that was sent is not an API key",
        steps: ["a key starts with sk-: see whether the variable holds a placeholder, quotes or a line break"],
      };
    case "session-ended":
      return {
        ...error,
        message: "a session was sent in place of an API key, and it has ended",
        steps: ["give the monitors an API key: it starts with sk- and has no end"],
      };
    case "account-pending":
      return {
        ...error,
        message: "the account of the key may not use Open WebUI yet",
        steps: ["as an administrator, open Admin Panel > Users and set its role to user"],
      };
    case "keys-disabled":
      return {
        ...error,
        message: "API keys are switched off, or the account may not use them",
        steps: keyPermission(version),
      };
    case "endpoint-not-allowed":
      return {
        ...error,
        message: `API keys may not request ${at}`,
        steps: [`as an administrator, open ${keysMenu(version)} and add to the allowed endpoints`],
        paste: neededEndpoints.join(","),
      };
    case "login-page":
      return {
        ...error,
        message: `a page answers in place of ${at}`,
        steps: ["let the proxy in front pass these paths without a login, or give it a service token in a header"],
      };
    case "database-down":
      return {
        ...error,
        message: `Open WebUI fails at ${at}`,
        steps: ["see its log; its database or Redis may not answer"],
      };
    default:
      return refusal satisfies never;
  }
}

/** 0.6.37 added the permission and switched keys off for all users (docs/upstream/open-webui.md#api-keys). */
function keyPermission(version: string | undefined): readonly string[] {
  const enable = `as an administrator, open ${keysMenu(version)} and enable API keys`;
  if (holds("keys-need-permission", version) === false) return [enable];
  return [enable, "give a group of the account the permission Features > API Keys, in Admin Panel > Users > Groups"];
}
