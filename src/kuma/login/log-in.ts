/** Logs in on a ready socket, in the way that the server has. */
import { KumaError } from "../../model/errors.ts";
import { notSetUpHint } from "../socket/explain-no-socket.ts";
import { withTimeLimit } from "../socket/time-limit.ts";
import { cookieLogin } from "./cookie-login.ts";
import { hasSocketLogin, type Detection } from "./login-line.ts";
import { nothingToEnd, type Login, type LogInOptions, type PasswordOrToken } from "./login-port.ts";
import { socketLogin } from "./socket-login.ts";

/**
 * Milliseconds that 1.23 may take to report that no login is needed, after it accepts one. It only delays an error,
 * never a success.
 */
const autoLoginGraceMs = 2000;

/** Resolves when the socket is logged in; the lists may arrive later. Rejects with KumaError. */
export async function logIn(options: LogInOptions, detection: Detection): Promise<Login> {
  const { wire, pushes, readiness, credentials, address, ms, signal } = options;
  if (readiness === "no-user") {
    throw new KumaError("not-set-up", `Uptime Kuma at ${address.url} has no user yet`, { hint: notSetUpHint });
  }
  if (readiness === "logged-in" || pushes.isLoggedIn()) return nothingToEnd;
  if (readiness === "silent") return await cookieLogin(options);
  if (credentials.type === "none") {
    if (readiness === "login-required") throw noCredentials(options);
    const limit = { ms: Math.min(autoLoginGraceMs, ms.login), signal, onLimit: () => noCredentials(options) };
    await withTimeLimit(wire.whileOpen(pushes.loggedIn), limit);
    return nothingToEnd;
  }
  return (await hasCookieLogin({ ...options, credentials }, detection)) ? await cookieLogin(options) : nothingToEnd;
}

/**
 * Logs in over the socket, unless the server has no such login. A login over the socket does not wait for the HTTP side; a
 * 3.x ignores it.
 */
async function hasCookieLogin(options: PasswordOrToken, detection: Detection): Promise<boolean> {
  const { wire, ms, signal } = options;
  const is3 = async (looksLike3: boolean): Promise<boolean> =>
    looksLike3 && !(await hasSocketLogin(wire, ms.login, signal));
  if (detection.known() === true && (await is3(true))) return true;
  const unwanted = new AbortController();
  const own = signal === undefined ? unwanted.signal : AbortSignal.any([signal, unwanted.signal]);
  const bySocket = socketLogin({ ...options, signal: own }).then((login) => login === "no-such-login");
  // Without an end if it is none: the login over the socket then decides.
  const byHttp = detection.looksLike3.then(is3).then((found) => (found ? true : new Promise<never>(() => {})));
  const isCookieServer = await Promise.race([bySocket, byHttp]);
  // Nobody answers that login. Otherwise its answer is still to come, after the lists.
  if (isCookieServer) unwanted.abort();
  bySocket.catch(() => {});
  return isCookieServer;
}

function noCredentials({ address, variables }: LogInOptions): KumaError {
  return new KumaError("no-credentials", `Uptime Kuma at ${address.url} asks for a login, and none was given`, {
    hint: `set ${variables.username} and ${variables.password}, or ${variables.token}`,
  });
}
