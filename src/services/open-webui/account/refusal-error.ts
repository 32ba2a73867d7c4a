/** Why an administrator's request was refused, by the words of the answer (docs/upstream/open-webui.md#refusals). */
import type { ServiceAnswer } from "../../requests/ask.ts";
import { detailOf } from "../requests/refusal.ts";
import { OpenWebUIError } from "./open-webui-error.ts";

const useSession =
  "set OPEN_WEBUI_ADMIN_EMAIL and OPEN_WEBUI_ADMIN_PASSWORD, or OPEN_WEBUI_ADMIN_TOKEN to a session token";

/** Undefined if the answer refuses nothing, or does not say why. `sent.isKey`: the token was a key, not a session. */
export function refusalError(
  answer: ServiceAnswer,
  path: string,
  { isKey }: { readonly isKey: boolean },
): OpenWebUIError | undefined {
  if (answer.type !== "json" || (answer.status !== 401 && answer.status !== 403)) return undefined;
  const detail = detailOf(answer);
  if (detail === "") return undefined;
  if (detail.startsWith("Use of API key is not enabled")) {
    return new OpenWebUIError(
      "key-refused",
      "API keys are switched off, also for the key of the administrator",
      useSession,
    );
  }
  if (detail.startsWith("API key creation is not allowed")) {
    return new OpenWebUIError(
      "rejected",
      "the account may not create an API key",
      "see whether API keys are switched on, and whether a group of the account has the permission Features > API Keys",
    );
  }
  if (/human (administrator )?session/u.test(detail)) {
    return new OpenWebUIError("key-refused", `${path} refuses API keys; it needs a session`, useSession);
  }
  const isProhibited = detail.startsWith("You do not have permission");
  if (isKey && answer.status === 403 && (isProhibited || detail.startsWith("API key not allowed"))) {
    const message = `API keys are limited to a list of endpoints that does not have ${path}`;
    return new OpenWebUIError("key-refused", message, useSession);
  }
  if (answer.status === 401 && !isProhibited) {
    return isKey
      ? new OpenWebUIError("session-ended", "no account has the key of the administrator that was given", useSession)
      : new OpenWebUIError(
          "session-ended",
          "the session of the administrator is not valid, or not any more",
          "sign in again, and give the new session token",
        );
  }
  return new OpenWebUIError(
    "not-an-administrator",
    `${path} is refused with status ${answer.status}`,
    "use the account of an administrator",
  );
}
