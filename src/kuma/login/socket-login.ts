/**
 * The login of 1.23 and 2.x, over the socket. Notices success as early as the server allows. 3.x does not have it
 * (docs/upstream/uptime-kuma.md#sockets-of-3x).
 */
import { writtenDuration } from "../../model/duration.ts";
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Json } from "../../model/json.ts";
import { pause, withTimeLimit } from "../socket/time-limit.ts";
import type { Wire } from "../socket/wire.ts";
import { hasSocketLogin } from "./login-line.ts";
import { isTooFrequent, untilLimitLifts, type LoginLimitOptions } from "./login-limit.ts";
import type { PasswordOrToken } from "./login-port.ts";
import { loginError } from "./login-reply.ts";
import { isStalled, loginStalled } from "./login-stalled.ts";
import { claimStep, giveBackStep, msUntilStep, totpCode } from "./totp.ts";

/** `no-such-login`: the server never answers one, because it is a 3.x. */
export type SocketLogin = "logged-in" | "no-such-login";

/** Resolves when the socket is logged in; the lists may arrive later. Rejects with KumaError. */
export async function socketLogin(options: PasswordOrToken): Promise<SocketLogin> {
  const { credentials } = options;
  if (credentials.type === "token") return await attempt(options, "loginByToken", credentials.token);
  const { username, password, totpSecret } = credentials;
  if (totpSecret !== undefined) return await logInWithCode(options, { username, password, totpSecret });
  const logInOnce = (): Promise<SocketLogin> => attempt(options, "login", { username, password, token: "" });
  return await untilLimitLifts(logInOnce, limitOf(options));
}

function limitOf({ wire, ms, onNotice, signal }: PasswordOrToken): LoginLimitOptions {
  return { wire, limitMs: ms.loginLimit, onNotice, signal };
}

interface CodeLogin {
  readonly username: string;
  readonly password: string;
  readonly totpSecret: string;
}

/**
 * The server's message is the same for a used code and a wrong one. So after a refusal kuma-sync tries once more with
 * the next code, which cannot have been used; a second refusal means that the secret or the clock is wrong.
 */
async function logInWithCode(
  options: PasswordOrToken,
  { username, password, totpSecret }: CodeLogin,
): Promise<SocketLogin> {
  const account = `${options.address.url} ${username}`;
  const logInOnce = async (): Promise<SocketLogin> => {
    const now = options.now();
    const { code, step } = await totpCode(totpSecret, claimStep(account, now));
    const waitMs = msUntilStep(step, now);
    if (waitMs > 0) {
      options.onNotice?.(
        `waiting ${writtenDuration(Math.ceil(waitMs / 1000))} for the next two-factor code: each works only once`,
      );
      await options.wire.whileOpen(pause(waitMs, options.signal));
    }
    try {
      return await attempt(options, "login", { username, password, token: code });
    } catch (error) {
      // The server did not check the code, so it can be used again.
      if (isTooFrequent(error)) giveBackStep(account, step);
      throw error;
    }
  };
  try {
    return await untilLimitLifts(logInOnce, limitOf(options));
  } catch (error) {
    if (!(error instanceof KumaError) || error.code !== "two-factor-wrong") throw error;
    return await untilLimitLifts(logInOnce, limitOf(options));
  }
}

/**
 * 2.x answers a login only after it has sent all lists and statistics, which takes many seconds for thousands of
 * monitors (docs/upstream/uptime-kuma.md#lists-after-login). The first push that only a logged-in socket gets shows the
 * success earlier.
 */
async function attempt(
  options: PasswordOrToken,
  event: "login" | "loginByToken",
  argument: Json,
): Promise<SocketLogin> {
  const { wire, pushes, address, ms, signal } = options;
  const stalled = loginStalled(address.url, ms.login);
  const asked = wire.call(event, [argument], { ms: ms.login + ms.lists, signal }).catch((error: unknown) => {
    // A busy process may reach both limits at once; they are reported as one.
    throw isStalled(error) ? stalled : error;
  });
  const answered = asked.then(async (reply) => {
    const error = loginError(reply, options);
    if (error === undefined) return pushes.markComplete();
    // With login switched off the server still checks a password that it does not need
    // (docs/upstream/uptime-kuma.md#switched-off-login).
    if (!pushes.isLoggedIn() && !(await isLoggedInByNow(wire, ms.login))) throw error;
  });
  // After a push has shown the login, this answer only means that the lists are complete.
  answered.catch(() => {});
  const loggedIn = Promise.race([answered, wire.whileOpen(pushes.loggedIn)]);
  const slowMs = Math.min(5000, ms.login / 2);
  try {
    await withTimeLimit(loggedIn, { ms: slowMs, signal, onLimit: () => stalled });
  } catch (error) {
    if (error !== stalled) throw error;
    if (await isLoggedInByNow(wire, slowMs)) return "logged-in";
    if (!(await hasSocketLogin(wire, slowMs, signal))) return "no-such-login";
    await withTimeLimit(loggedIn, { ms: ms.login - slowMs, signal, onLimit: () => stalled });
  }
  return "logged-in";
}

/** Handlers run in parallel: calls work as soon as the password was checked, before the lists have arrived. */
async function isLoggedInByNow(wire: Wire, ms: number): Promise<boolean> {
  try {
    const answer = await wire.call("getTags", [], { ms });
    return isJsonObject(answer) && answer["ok"] === true;
  } catch {
    return false;
  }
}
