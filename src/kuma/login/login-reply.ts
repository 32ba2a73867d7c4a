/**
 * Interprets the server's answer to a login, in the English of 1.23 or the translation keys of 2.x
 * (docs/upstream/uptime-kuma.md#login).
 */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Credentials, CredentialVariables } from "../connect-options.ts";
import { serverMessage } from "../socket/server-message.ts";

interface Attempt {
  readonly credentials: Credentials;
  readonly variables: CredentialVariables;
}

/** Undefined when the login was accepted. */
export function loginError(reply: unknown, { credentials, variables }: Attempt): KumaError | undefined {
  if (!isJsonObject(reply)) return new KumaError("rejected", "the server answered the login with something unknown");
  if (reply["ok"] === true) return undefined;
  if (reply["tokenRequired"] === true) {
    return new KumaError("two-factor-needed", "the account has two-factor login", {
      hint: `set ${variables.totpSecret} to its secret, or log in with ${variables.token}`,
    });
  }
  const text = typeof reply["msg"] === "string" ? reply["msg"] : "";
  if (/too frequent/i.test(text)) {
    return new KumaError(
      "too-frequent",
      "the server takes 20 logins a minute from all clients together, and is at its limit",
      {
        hint: `a longer --timeout waits longer; many runs in a row do better with ${variables.token}, which is not counted`,
      },
    );
  }
  if (text === "authIncorrectCreds" || /incorrect username or password/i.test(text)) {
    return new KumaError("wrong-password", "the user name or the password is not right", {
      hint: `check ${variables.username} and ${variables.password}; both are case-sensitive`,
    });
  }
  if (credentials.type === "token") {
    return new KumaError("token-invalid", "the server does not accept the token", {
      hint: "a change of the password makes all tokens invalid: get a new one, or log in with a password",
    });
  }
  if (text === "authInvalidToken" || /invalid token/i.test(text)) {
    return new KumaError("two-factor-wrong", "the server does not accept the two-factor code", {
      hint: `check ${variables.totpSecret} and the clock of this machine; a code that someone else has just used is refused too`,
    });
  }
  return new KumaError("rejected", `the server refused the login: ${serverMessage(text)}`);
}

/** API keys look like `uk1_…`, and open only `/metrics` (docs/upstream/uptime-kuma.md#api-keys). Undefined for other credentials. */
export function apiKeyError(credentials: Credentials): KumaError | undefined {
  const secret =
    credentials.type === "password" ? credentials.password : credentials.type === "token" ? credentials.token : "";
  if (!/^uk\d+_/.test(secret)) return undefined;
  return new KumaError("api-key", "this is an API key, and Uptime Kuma's API keys can only read /metrics", {
    hint: "log in with the user name and password, or with the token that a login gives",
  });
}
