/** The second factor of Open WebUI 0.12.0 and later, as its pages set it up. */
import { Secret, TOTP } from "otpauth";
import { callOpenWebUI } from "./call-open-webui.ts";

/** Signs in, sets up a second factor with a made-up authenticator, and returns the session token. */
export async function signInWithSecondFactor(
  url: string,
  account: { readonly email: string; readonly password: string },
): Promise<string> {
  const challenge = await callOpenWebUI(url, "POST /api/v1/auths/signin", { body: account });
  const { challenge_token } = challenge.body as { readonly challenge_token: string };
  const start = await callOpenWebUI(url, "POST /api/v1/auths/mfa/enroll/start", { body: { challenge_token } });
  const { manual_key: key } = start.body as { readonly manual_key: string };
  const code = new TOTP({ secret: Secret.fromBase32(key) }).generate();
  const confirmed = await callOpenWebUI(url, "POST /api/v1/auths/mfa/enroll/confirm", {
    body: { challenge_token, code },
  });
  return (confirmed.body as { readonly token: string }).token;
}
