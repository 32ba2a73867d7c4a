/** Logs in on a ready socket, and notices success as early as the server allows. */
import { writtenDuration } from "../../model/duration.ts";
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Json } from "../../model/json.ts";
import type { Credentials, CredentialVariables, Timeouts } from "../connect-options.ts";
import { notSetUpHint } from "../socket/explain-no-socket.ts";
import { isTooFrequent, untilLimitLifts, type LoginLimitOptions } from "./login-limit.ts";
import { loginError } from "./login-reply.ts";
import type { Pushes } from "../socket/pushes.ts";
import type { Readiness } from "../socket/readiness.ts";
import { pause, withTimeLimit } from "../socket/time-limit.ts";
import { claimStep, giveBackStep, msUntilStep, totpCode } from "./totp.ts";
import type { Wire } from "../socket/wire.ts";

export interface LogInOptions {
  readonly wire: Wire;
  readonly pushes: Pushes;
  readonly readiness: Readiness;
  readonly credentials: Credentials;
  /** For the hints. */
  readonly variables: CredentialVariables;
  /** Without credentials. */
  readonly url: string;
  /**
   * Milliseconds: limits of one attempt, of waiting for the login limiter, and of the lists that 2.x sends before it
   * answers.
   */
  readonly ms: Pick<Timeouts, "login" | "loginLimit" | "lists">;
  readonly now: () => number;
  /** Whether the server is a 3.x, which has no login over the socket (docs/upstream/uptime-kuma.md#uptime-kuma-3). */
  readonly isCookieServer: () => Promise<boolean>;
  readonly onNotice?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Milliseconds that 1.23 may take to report that no login is needed, after it accepts one. It only delays an error,
 * never a success.
 */
const autoLoginGraceMs = 2000;

/** Resolves when the socket is logged in; the lists may arrive later. */
export async function logIn(options: LogInOptions): Promise<void> {
  const { wire, pushes, readiness, credentials, url, ms, signal } = options;
  if (readiness === "no-user") {
    throw new KumaError("not-set-up", `Uptime Kuma at ${url} has no user yet`, { hint: notSetUpHint });
  }
  if (readiness === "logged-in" || pushes.isLoggedIn()) return;
  switch (credentials.type) {
    case "none": {
      if (readiness === "login-required") throw noCredentials(options);
      const limit = { ms: Math.min(autoLoginGraceMs, ms.login), signal, onLimit: () => noCredentials(options) };
      return await withTimeLimit(wire.whileOpen(pushes.loggedIn), limit);
    }
    case "token":
      return await attempt(options, "loginByToken", credentials.token);
    case "password": {
      const { username, password, totpSecret } = credentials;
      if (totpSecret === undefined) {
        const logInOnce = (): Promise<void> => attempt(options, "login", { username, password, token: "" });
        return await untilLimitLifts(logInOnce, limitOf(options));
      }
      return await logInWithCode(options, { username, password, totpSecret });
    }
  }
}

function limitOf({ wire, ms, onNotice, signal }: LogInOptions): LoginLimitOptions {
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
async function logInWithCode(options: LogInOptions, { username, password, totpSecret }: CodeLogin): Promise<void> {
  const account = `${options.url} ${username}`;
  const logInOnce = async (): Promise<void> => {
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
      await attempt(options, "login", { username, password, token: code });
    } catch (error) {
      // The server did not check the code, so it can be used again.
      if (isTooFrequent(error)) giveBackStep(account, step);
      throw error;
    }
  };
  try {
    await untilLimitLifts(logInOnce, limitOf(options));
  } catch (error) {
    if (!(error instanceof KumaError) || error.code !== "two-factor-wrong") throw error;
    await untilLimitLifts(logInOnce, limitOf(options));
  }
}

/**
 * 2.x answers a login only after it has sent all lists and statistics, which takes many seconds for thousands of
 * monitors (docs/upstream/uptime-kuma.md#lists-after-login). The first push that only a logged-in socket gets shows the
 * success earlier.
 */
async function attempt(options: LogInOptions, event: "login" | "loginByToken", argument: Json): Promise<void> {
  const { wire, pushes, url, ms, signal } = options;
  const stalled = new KumaError(
    "stalled",
    `the login at ${url} was not answered within ${writtenDuration(ms.login / 1000)}`,
    {
      hint: "the server takes connections but does not answer: look at its log and load, or restart it; --timeout waits longer",
    },
  );
  const asked = wire.call(event, [argument], { ms: ms.login + ms.lists, signal }).catch((error: unknown) => {
    // A busy process may reach both limits at once; they are reported as one.
    throw error instanceof KumaError && error.code === "stalled" ? stalled : error;
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
    if (await isLoggedInByNow(wire, slowMs)) return;
    if (await options.isCookieServer()) throw cookieServer(url);
    await withTimeLimit(loggedIn, { ms: ms.login - slowMs, signal, onLimit: () => stalled });
  }
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

function noCredentials({ url, variables }: LogInOptions): KumaError {
  return new KumaError("no-credentials", `Uptime Kuma at ${url} asks for a login, and none was given`, {
    hint: `set ${variables.username} and ${variables.password}, or ${variables.token}`,
  });
}

function cookieServer(url: string): KumaError {
  return new KumaError("incompatible", `Uptime Kuma at ${url} is of the 3.x line, which has no login over its socket`, {
    hint: "this version of kuma-sync works with Uptime Kuma 1.23 to 2.x",
  });
}
