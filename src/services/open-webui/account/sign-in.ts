/** Signing in and up. From 0.12.0 on, each may ask for a second factor, which a person has to give. */
import { isJsonObject, type Json } from "../../../model/json.ts";
import { durationText } from "../../../model/duration.ts";
import { ask, type ServiceAnswer } from "../../requests/ask.ts";
import type { ServicePort } from "../../requests/port.ts";
import type { AccountWish } from "./account-plan.ts";
import { jsonOf } from "./admin-api.ts";
import { OpenWebUIError } from "./open-webui-error.ts";

interface Credentials {
  readonly email: string;
  readonly password: string;
}

const tokenHint =
  "sign in as an administrator in a browser, and set OPEN_WEBUI_ADMIN_TOKEN to the session token (`localStorage.token` in its console)";

/**
 * Returns the session token. Throws OpenWebUIError "wrong-password", "password-login-off", "too-many-sign-ins" or
 * "second-factor".
 */
export async function signIn(port: ServicePort, url: string, { email, password }: Credentials): Promise<string> {
  const path = "/api/v1/auths/signin";
  const answer = await ask(port, url, { path, body: { email, password } });
  if (answer.type === "json") {
    if (answer.status === 400) {
      throw new OpenWebUIError("wrong-password", `Open WebUI does not take the password of ${email}`);
    }
    if (answer.status === 403) {
      throw new OpenWebUIError("password-login-off", "Open WebUI takes no passwords", tokenHint);
    }
    if (answer.status === 429) throw tooMany(email, answer);
  }
  const json = jsonOf(answer, path);
  const step = isJsonObject(json) ? json["next_step"] : undefined;
  if (step === "pending") {
    throw new OpenWebUIError(
      "not-an-administrator",
      `${email} waits for its role`,
      "set its role in Admin Panel > Users",
    );
  }
  if (typeof step === "string") {
    const message =
      step === "enroll"
        ? `${email} has to set up its second factor first, which only a person can`
        : `${email} signs in with a second factor, which kuma-sync does not have`;
    throw new OpenWebUIError("second-factor", `${message}; nothing was written`, tokenHint);
  }
  return tokenOf(json);
}

/** 15 tries in 3 minutes; with a second factor also 10 in 15 minutes, and then the answer says how long to wait. */
function tooMany(email: string, answer: ServiceAnswer): OpenWebUIError {
  const seconds = "retryAfter" in answer ? answer.retryAfter : undefined;
  const hint = `wait ${seconds === undefined ? "three minutes" : `${durationText(seconds * 1000)}, as Open WebUI says`}`;
  return new OpenWebUIError("too-many-sign-ins", `too many sign-ins as ${email}`, hint);
}

/** The first user of an instance becomes its administrator. Throws OpenWebUIError "second-factor" after making it. */
export async function signUp(port: ServicePort, url: string, { email, password }: Credentials): Promise<string> {
  const path = "/api/v1/auths/signup";
  const answer = await ask(port, url, { path, body: { name: "Administrator", email, password } });
  const json = jsonOf(answer, path);
  if (isJsonObject(json) && typeof json["next_step"] === "string") {
    const message = `${email} was made and has to set up its second factor, which only a person can; nothing else was written`;
    throw new OpenWebUIError("second-factor", message, tokenHint);
  }
  return tokenOf(json);
}

export async function adminToken(port: ServicePort, { url, admin }: AccountWish): Promise<string> {
  return "token" in admin ? admin.token : signIn(port, url, admin);
}

/** Adding an account gives no session when the second factor is on. */
export function tokenOf(json: Json): string {
  const token = isJsonObject(json) ? json["token"] : undefined;
  if (typeof token === "string") return token;
  throw new OpenWebUIError("rejected", "Open WebUI gave no session");
}
