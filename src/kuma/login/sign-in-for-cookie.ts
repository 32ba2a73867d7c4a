/** Signs in at a 3.x server, over HTTP (docs/upstream/uptime-kuma.md#sign-in-of-3x). */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Credentials, CredentialVariables } from "../connect-options.ts";
import { replyJson, type HttpReply } from "../socket/http-request.ts";
import type { AuthPost } from "./auth-requests.ts";
import { refusedNameCodes, authCode, signInError } from "./sign-in-error.ts";
import { currentStep, totpCode } from "./totp.ts";
import { emailOn3 } from "./user-names.ts";

export interface SignInOptions {
  readonly url: string;
  readonly credentials: Extract<Credentials, { readonly type: "password" }>;
  readonly variables: CredentialVariables;
  readonly now: () => number;
}

/** Afterwards the jar of `post` has the session. Rejects with KumaError. */
export async function signInForCookie(post: AuthPost, options: SignInOptions): Promise<void> {
  const { credentials, variables } = options;
  const reply = await sendPassword(post, options);
  if (reply.status !== 200) throw signInError(reply, { ...options, username: credentials.username });
  const answer = replyJson(reply);
  if (!isJsonObject(answer)) throw signInError(reply, { ...options, username: credentials.username });
  if (answer["twoFactorRedirect"] !== true) return;
  if (credentials.totpSecret === undefined) {
    throw new KumaError("two-factor-needed", "the account has two-factor login", {
      hint: `set ${variables.totpSecret} to its secret`,
    });
  }
  // 3.x takes a code more than once, so there is no need to wait for the next.
  const { code } = await totpCode(credentials.totpSecret, currentStep(options.now()));
  const verified = await post("/two-factor/verify-totp", { code });
  if (verified.status !== 200) throw signInError(verified, { ...options, username: credentials.username });
}

/**
 * By user name, and by e-mail address if the name has a form that 3.x does not look up. The body then has the name too: the
 * server moves a user of 2.x at the first sign-in, and looks for it there (docs/upstream/uptime-kuma.md#upgrade-to-3x).
 */
async function sendPassword(post: AuthPost, { credentials }: SignInOptions): Promise<HttpReply> {
  const { password } = credentials;
  const username = credentials.username.trim();
  // A session that is not remembered ends after a day, if the sign-out should not arrive.
  const rest: Readonly<Record<string, Json>> = { username, password, rememberMe: false };
  const reply = await post("/sign-in/username", rest);
  if (!refusedNameCodes.has(authCode(reply))) return reply;
  return post("/sign-in/email", { email: emailOn3(username), ...rest });
}
