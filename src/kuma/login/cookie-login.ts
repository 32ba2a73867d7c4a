/**
 * The login of 3.x: a cookie that is fetched over HTTP and sent with the handshake of a socket. Nothing can log a socket in
 * afterwards (docs/upstream/uptime-kuma.md#sockets-of-3x).
 */
import { KumaError } from "../../model/errors.ts";
import { reachServer } from "../socket/reach-server.ts";
import { authPost } from "./auth-requests.ts";
import { CookieJar } from "./cookie-jar.ts";
import { isStalled, loginStalled } from "./login-stalled.ts";
import { nothingToEnd, type Login, type LogInOptions } from "./login-port.ts";
import { sessionOf } from "./session-token.ts";
import { signInForCookie } from "./sign-in-for-cookie.ts";

/** Milliseconds for the sign-out. The server forgets the session by itself, so this is not worth a longer wait. */
const signOutMs = 2000;

/** Resolves when a second socket is in place of the first, and logged in. Rejects with KumaError. */
export async function cookieLogin(options: LogInOptions): Promise<Login> {
  const { wire, credentials, variables, address, tls, ms, readiness, onNotice, onSecret, signal } = options;
  const jar = new CookieJar();
  const session = credentials.type === "token" ? sessionOf(credentials.token, variables) : undefined;
  if (credentials.type === "none") throw needsPassword(options);
  if (session !== undefined && readiness === "silent") throw needsPassword(options);
  let login = nothingToEnd;
  if (session !== undefined) jar.takeSession(session);
  if (credentials.type === "password") {
    const post = authPost(options, jar);
    await wire.whileOpen(signInForCookie(post, { url: address.url, credentials, variables, now: options.now }));
    login = { end: () => signOut(options, jar) };
  }
  onSecret?.(jar.secrets);
  try {
    if (!jar.hasSession) throw lostCookie(address.url, "the login gave no cookie");
    if (readiness === "silent") {
      onNotice?.(
        "this server was upgraded from 2.x with its login switched off, and stays silent until somebody signs in once: signed in",
      );
    }
    wire.detach();
    const now = await reachServer(wire, { address, tls, ms: ms.login, cookie: jar.header, signal });
    if (now !== "logged-in") throw refusedCookie(options);
    return login;
  } catch (error) {
    await login.end();
    throw isStalled(error) ? loginStalled(address.url, ms.login) : error;
  }
}

/** Does not wait for a limit, and not for the signal of the run, which may be why it ends. */
async function signOut({ address, tls }: LogInOptions, jar: CookieJar): Promise<void> {
  const post = authPost({ address, tls, ms: { login: signOutMs, loginLimit: 0 } }, jar);
  await post("/sign-out", {}).catch(() => undefined);
}

function refusedCookie({ credentials, variables, address }: LogInOptions): KumaError {
  if (credentials.type === "token") {
    return new KumaError("token-invalid", "the server does not accept the session in the token", {
      hint: `it ends after a week without use, and with a sign-out: put a new one into ${variables.token}, or log in with a password`,
    });
  }
  return lostCookie(address.url, "the login worked, and the socket does not know it");
}

function lostCookie(url: string, what: string): KumaError {
  return new KumaError("not-uptime-kuma", `${url}: ${what}`, {
    hint: "Uptime Kuma 3.x logs in by a cookie: a proxy in front of it must pass the headers Cookie and Set-Cookie",
  });
}

/** See docs/upstream/uptime-kuma.md#upgrade-to-3x. */
function needsPassword({ readiness, variables, address }: LogInOptions): KumaError {
  if (readiness !== "silent") {
    return new KumaError("no-credentials", `Uptime Kuma at ${address.url} asks for a login, and none was given`, {
      hint: `set ${variables.username} and ${variables.password}`,
    });
  }
  return new KumaError("stalled", `Uptime Kuma at ${address.url} is of the 3.x line, and answers nothing`, {
    hint: `after an upgrade with the login switched off it stays silent until somebody signs in: set ${variables.username} and ${variables.password} once`,
  });
}
