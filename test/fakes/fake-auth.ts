/**
 * The login of 3.x over HTTP (docs/upstream/uptime-kuma.md#sign-in-of-3x, docs/upstream/uptime-kuma.md#first-user-of-3x).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { isJsonObject, parseJson, type Json, type JsonObject } from "../../src/model/json.ts";
import type { FakeLogin } from "./fake-login.ts";
import { textOf } from "./fake-state.ts";

/** What goes wrong with the next requests, by the path below `/api/auth`. */
export type AuthFault =
  /** 429 for this many requests, with that many seconds in `X-Retry-After`; without seconds there is no header. */
  | { readonly type: "too-often"; readonly times: number; readonly seconds?: number }
  /** Never answered. */
  | { readonly type: "hang" }
  /** The connection is cut. */
  | { readonly type: "cut" }
  /** As something in front of the server answers. */
  | { readonly type: "wall"; readonly status: number; readonly contentType: string; readonly body: string }
  /** The session comes, and is taken back in the same reply. */
  | { readonly type: "cookie-deleted" }
  /** The session comes twice, and only the second is good. */
  | { readonly type: "cookie-twice" };

export interface AuthRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Json;
}

interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly cookies?: readonly string[];
}

const sessionName = "better-auth.session_token";
const usualSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const pendingName = "better-auth.two_factor";

export class FakeAuth {
  readonly #login: FakeLogin;
  /** Every request below `/api/auth/` and to `/api/setup`, oldest first. */
  readonly requests: AuthRequest[] = [];
  readonly faults = new Map<string, AuthFault>();
  /** Sign-ins by the client address that a proxy names, in the order of their time. */
  readonly #signIns = new Map<string, readonly number[]>();
  /** Two-factor login is being switched on. */
  #pendingSecret: string | undefined;
  /** As ten minutes after the start. */
  isSetupExpired = false;

  constructor(login: FakeLogin) {
    this.#login = login;
  }

  /** False for a path that is not one of the login. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const path = request.url ?? "/";
    if (path !== "/api/setup" && !path.startsWith("/api/auth/")) return false;
    void this.#answer(path.replace("/api/auth", ""), request, response);
    return true;
  }

  /** Whether the `Cookie` header of a handshake has an open session. */
  hasSession(cookie: string | undefined): boolean {
    return this.#login.sessions.has(decodeURIComponent(cookieIn(cookie, sessionName) ?? ""));
  }

  async #answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { headers } = request;
    const body = parseJson(text) ?? null;
    this.requests.push({ path, headers, body });
    const isLimited = path.startsWith("/sign-in/") && (this.#login.budget <= 0 || this.#isTooOften(path, headers));
    const fault = isLimited ? ({ type: "too-often", times: 1, seconds: 1 } as const) : this.faults.get(path);
    if (fault?.type === "hang") return;
    if (fault?.type === "cut") return void request.socket.destroy();
    if (fault?.type === "wall") {
      response.writeHead(fault.status, { "content-type": fault.contentType, location: "https://elsewhere.test/" });
      return void response.end(fault.body);
    }
    if (fault?.type === "too-often" && fault.times > 0) {
      if (!isLimited) this.faults.set(path, { ...fault, times: fault.times - 1 });
      const { seconds } = fault;
      response.writeHead(429, {
        "content-type": "text/plain;charset=UTF-8",
        ...(seconds === undefined ? {} : { "x-retry-after": String(seconds) }),
      });
      return void response.end('{"message":"Too many requests. Please try again later."}');
    }
    const { status, body: reply, cookies = [] } = this.#reply(path, headers, isJsonObject(body) ? body : {});
    response.writeHead(status, {
      "content-type": "application/json",
      "set-cookie": cookies.flatMap((cookie) => spoilt(cookie, fault)),
    });
    response.end(JSON.stringify(reply));
  }

  /** As behind a proxy: without its header there is no limit. The window of the real server is 10 seconds. */
  #isTooOften(path: string, headers: IncomingMessage["headers"]): boolean {
    const client = headers["x-forwarded-for"];
    if (client === undefined) return false;
    const key = `${path} ${String(client)}`;
    const recent = (this.#signIns.get(key) ?? []).filter((time) => performance.now() - time < 1000);
    if (recent.length >= 3) return true;
    this.#signIns.set(key, [...recent, performance.now()]);
    return false;
  }

  #reply(path: string, headers: IncomingMessage["headers"], body: JsonObject): Reply {
    if (path === "/ok") return { status: 200, body: { ok: true } };
    if (path === "/api/setup") return this.#setUp(body);
    if (path === "/get-session") return { status: 200, body: this.#sessionOf(headers.cookie) };
    if (headers.cookie !== undefined && headers.origin === undefined) return refusal(403, "MISSING_OR_NULL_ORIGIN");
    switch (path) {
      case "/sign-in/username":
        return this.#byName(body);
      case "/sign-in/email":
        return this.#byEmail(body);
      case "/two-factor/verify-totp":
        return this.#verify(headers.cookie, body);
      case "/two-factor/enable":
        this.#pendingSecret = usualSecret;
        return { status: 200, body: { totpURI: `otpauth://totp/Better%20Auth:admin?secret=${usualSecret}` } };
      case "/two-factor/disable":
        this.#changeSecret(undefined);
        return { status: 200, body: { status: true } };
      case "/sign-out":
        this.#login.sessions.delete(decodeURIComponent(cookieIn(headers.cookie, sessionName) ?? ""));
        return { status: 200, body: { success: true }, cookies: [`${sessionName}=; Max-Age=0; Path=/`] };
      default:
        return { status: 404, body: null };
    }
  }

  #setUp({ username, password }: JsonObject): Reply {
    if (this.isSetupExpired) return setupRefusal("Setup has expired. Please restart the server to try again.");
    if (this.#login.user !== undefined) {
      return setupRefusal(
        "Uptime Kuma has been initialized. If you want to run setup again, please delete the database.",
      );
    }
    if (typeof username !== "string" || !/^[\w.+'-]*[\w+-]$/u.test(username)) return setupRefusal("Invalid email");
    this.#login.user = { username, password: textOf(password) };
    return { status: 200, body: { ok: true } };
  }

  #byName({ username, password }: JsonObject): Reply {
    const name = typeof username === "string" ? username : "";
    if (name.length < 3 && name !== "") return refusal(422, "USERNAME_TOO_SHORT");
    if (name.length > 30) return refusal(422, "USERNAME_TOO_LONG");
    if (!/^[\w.]*$/u.test(name)) return refusal(422, "INVALID_USERNAME");
    return this.#enter(name, password, "INVALID_USERNAME_OR_PASSWORD");
  }

  #byEmail({ email, password }: JsonObject): Reply {
    const address = typeof email === "string" ? email : "";
    if (!/^[\w.+'-]*[\w+-]@noreply\.uptime-kuma\.internal$/u.test(address)) return refusal(400, "INVALID_EMAIL");
    return this.#enter(address.split("@")[0] ?? "", password, "INVALID_EMAIL_OR_PASSWORD");
  }

  #enter(name: string, password: Json | undefined, wrong: string): Reply {
    const { user } = this.#login;
    if (user === undefined || name.toLowerCase() !== user.username.toLowerCase() || password !== user.password) {
      return refusal(401, wrong);
    }
    this.#login.budget -= 1;
    if (user.totpSecret !== undefined) {
      return {
        status: 200,
        body: { twoFactorRedirect: true, twoFactorMethods: ["totp"] },
        cookies: [
          `${sessionName}=gone.sig; Path=/`,
          `${sessionName}=; Max-Age=0; Path=/`,
          `${pendingName}=p.sig; Max-Age=600`,
        ],
      };
    }
    return this.#entered();
  }

  /** Sessions that are not remembered end after a day. */
  #sessionOf(cookie: string | undefined): Json {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    return this.hasSession(cookie) ? { session: { expiresAt }, user: { role: "admin" } } : null;
  }

  #changeSecret(totpSecret: string | undefined): void {
    const { user } = this.#login;
    if (user !== undefined) this.#login.user = { ...user, totpSecret };
  }

  #verify(cookie: string | undefined, { code }: JsonObject): Reply {
    if (this.#pendingSecret !== undefined && this.hasSession(cookie)) {
      this.#changeSecret(this.#pendingSecret);
      this.#pendingSecret = undefined;
      return this.#login.isCode(code) ? this.#entered() : refusal(401, "INVALID_CODE");
    }
    if (cookieIn(cookie, pendingName) === undefined) return refusal(401, "INVALID_TWO_FACTOR_COOKIE");
    return this.#login.isCode(code) ? this.#entered() : refusal(401, "INVALID_CODE");
  }

  #entered(): Reply {
    const value = encodeURIComponent(this.#login.openSession());
    return {
      status: 200,
      body: { redirect: false, token: "no-bearer-token", user: { role: "admin" } },
      cookies: [
        `${sessionName}=${value}; Path=/; HttpOnly; SameSite=Lax`,
        "better-auth.dont_remember=true.sig; Path=/; HttpOnly; SameSite=Lax",
      ],
    };
  }
}

function refusal(status: number, code: string): Reply {
  return { status, body: { message: code.toLowerCase().replaceAll("_", " "), code } };
}

function setupRefusal(msg: string): Reply {
  return { status: 400, body: { ok: false, msg } };
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs
    .find(([found]) => found === name)
    ?.slice(1)
    .join("=");
}

function spoilt(cookie: string, fault: AuthFault | undefined): readonly string[] {
  if (!cookie.startsWith(`${sessionName}=`)) return [cookie];
  if (fault?.type === "cookie-deleted") return [cookie, `${sessionName}=; Max-Age=0; Path=/`];
  return fault?.type === "cookie-twice" ? [`${sessionName}=stale.sig; Path=/`, cookie] : [cookie];
}
