/** Interprets what 3.x answers to a sign-in (docs/upstream/uptime-kuma.md#sign-in-of-3x). */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { CredentialVariables } from "../connect-options.ts";
import { replyJson, type HttpReply } from "../socket/http-request.ts";
import { serverMessage } from "../socket/server-message.ts";

/** The login library's code for what is wrong, such as `INVALID_USERNAME`; undefined when it gives none. */
export function authCode(reply: HttpReply): string | undefined {
  const body = replyJson(reply);
  const code = isJsonObject(body) ? body["code"] : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The codes of a user name that the sign-in by user name never looks up. */
export const refusedNameCodes: ReadonlySet<string | undefined> = new Set([
  "INVALID_USERNAME",
  "USERNAME_TOO_SHORT",
  "USERNAME_TOO_LONG",
]);

interface Attempt {
  readonly url: string;
  readonly username: string;
  readonly variables: CredentialVariables;
}

/** For a reply that lets nobody in. */
export function signInError(reply: HttpReply, { url, username, variables }: Attempt): KumaError {
  const code = authCode(reply);
  switch (code) {
    case "INVALID_USERNAME_OR_PASSWORD":
    case "INVALID_EMAIL_OR_PASSWORD":
      return new KumaError("wrong-password", "the user name or the password is not right", {
        hint: `check ${variables.username} and ${variables.password}; right after an upgrade from 2.x, the user name is case-sensitive too`,
      });
    case "INVALID_EMAIL":
    case "INVALID_USERNAME":
    case "USERNAME_TOO_SHORT":
    case "USERNAME_TOO_LONG":
      return new KumaError("wrong-password", `Uptime Kuma 3.x takes no user name like "${username}"`, {
        hint: "an upgrade cannot move such a user: put the backup of 2.x back, rename the user to letters, digits, _ and . there, and upgrade again",
      });
    case "INVALID_CODE":
      return new KumaError("two-factor-wrong", "the server does not accept the two-factor code", {
        hint: `check ${variables.totpSecret} and the clock of this machine`,
      });
    case undefined:
      return answeredInItsPlace(reply, url);
    default:
      return new KumaError("rejected", `the server refused the login: ${serverMessage(messageOf(reply))}`);
  }
}

function messageOf(reply: HttpReply): unknown {
  const body = replyJson(reply);
  return isJsonObject(body) ? body["message"] : undefined;
}

/** The server's own refusals always have a code. */
function answeredInItsPlace({ status }: HttpReply, url: string): KumaError {
  const said =
    status === 404
      ? `${url} has no /api/auth/, where Uptime Kuma 3.x takes its login`
      : status >= 500
        ? `${url} answered the login with ${status}`
        : `${url} answered the login with ${status}, but not as Uptime Kuma does`;
  return new KumaError("not-uptime-kuma", said, {
    hint:
      status >= 500
        ? "look at the server's log, and at the proxy in front of it"
        : "let /api/auth/ pass at the proxy in front of it, as /socket.io/ does, or use an address behind it",
  });
}
