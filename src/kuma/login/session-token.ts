/**
 * The token of a login on 3.x: the value of the cookie `better-auth.session_token`, as a browser shows it. A token of 2.x is
 * worthless there (docs/upstream/uptime-kuma.md#upgrade-to-3x).
 */
import { KumaError } from "../../model/errors.ts";
import type { CredentialVariables } from "../connect-options.ts";

/** 32 characters, a dot, and a signature in base64, which the cookie holds URL-encoded. */
const sessionValue = /^[A-Za-z0-9]{16,64}\.[A-Za-z0-9+/_=%-]{20,140}$/u;
const jsonWebToken = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/u;

/** The cookie's value. Throws KumaError "token-invalid", which never repeats the text. */
export function sessionOf(token: string, { token: variable, username, password }: CredentialVariables): string {
  const text = token.trim();
  const value = /^(?:__Secure-)?better-auth\.session_token=([^;]*)/u.exec(text)?.[1] ?? text;
  if (sessionValue.test(value)) return value;
  const hint = `set ${username} and ${password} in place of ${variable}; on 3.x, ${variable} is the cookie better-auth.session_token of a browser that is logged in`;
  throw new KumaError(
    "token-invalid",
    jsonWebToken.test(text)
      ? `${variable} holds a token of Uptime Kuma 2.x, and 3.x has no such tokens`
      : `${variable} does not hold a session of Uptime Kuma 3.x`,
    { hint },
  );
}
