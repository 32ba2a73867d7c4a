/** A finding about a user name that an upgrade to Uptime Kuma 3.0 does not survive. */
import type { Credentials } from "../../kuma/connect-options.ts";
import { userNameOn3 } from "../../kuma/login/user-names.ts";
import type { Finding } from "../../model/finding.ts";
import { isJsonObject, parseJson } from "../../model/json.ts";

/** At most one, for a server before 3.x; there the name has proved itself. */
export function userNameFindings(username: string | undefined): readonly Finding[] {
  if (username === undefined) return [];
  const onThree = userNameOn3(username);
  if (onThree === "taken") return [];
  const what =
    onThree === "refused"
      ? `nobody can log in as "${username}" after an upgrade to Uptime Kuma 3.0`
      : `the login page of Uptime Kuma 3.0 refuses the user name "${username}"`;
  return [
    {
      code: "KS1450",
      severity: "warning",
      message: what,
      hint: "before you upgrade, change the name in the table user of the database to 3 to 30 letters, digits, _ and .",
    },
  ];
}

/** The user name of a login; a token of 2.x has it too. Undefined if it is not known. */
export function usernameOf(credentials: Credentials): string | undefined {
  if (credentials.type === "password") return credentials.username;
  if (credentials.type === "none") return undefined;
  const payload = parseJson(Buffer.from(credentials.token.split(".")[1] ?? "", "base64url").toString("utf8"));
  const username = payload !== undefined && isJsonObject(payload) ? payload["username"] : undefined;
  return typeof username === "string" ? username : undefined;
}
