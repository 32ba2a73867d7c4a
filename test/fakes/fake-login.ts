/**
 * Accounts and logins (docs/upstream/uptime-kuma.md#first-user, docs/upstream/uptime-kuma.md#login,
 * docs/upstream/uptime-kuma.md#login-limit).
 */
import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { isJsonObject } from "../../src/model/json.ts";
import type { Json } from "../../src/model/json.ts";
import { textOf } from "./fake-state.ts";
import type { Traits } from "./fake-version.ts";

export interface FakeUser {
  readonly username: string;
  password: string;
  /** Base32; two-factor login is on when it is there. */
  readonly totpSecret?: string | undefined;
}

export interface LoginOptions {
  readonly traits: Traits;
  /** Logins that the limiter still grants. The real server grants 20 a minute. */
  readonly limit: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export class FakeLogin {
  readonly #options: LoginOptions;
  user: FakeUser | undefined;
  /** How many more logins are let through. */
  budget: number;
  #lastCode = "";
  /** Of 3.x: the values of the cookies that log in. */
  readonly sessions = new Set<string>();

  constructor(options: LoginOptions, user: FakeUser | undefined) {
    this.#options = options;
    this.user = user;
    this.budget = options.limit;
  }

  /** The answer, or undefined for none. */
  login(data: Json): Json | undefined {
    if (!isJsonObject(data)) return undefined;
    if (this.budget <= 0) return { ok: false, msg: "Too frequently, try again later." };
    this.budget -= 1;
    const { username, password, token } = data;
    const { user } = this;
    const given = this.#options.traits.trimsUsername && typeof username === "string" ? username.trim() : username;
    if (user === undefined || given !== user.username || password !== user.password) {
      return this.#refusal("authIncorrectCreds", "Incorrect username or password.");
    }
    if (user.totpSecret === undefined) return { ok: true, token: this.token() };
    if (typeof token !== "string" || token === "") return { tokenRequired: true };
    if (token === this.#lastCode || !this.isCode(token)) {
      return this.#refusal("authInvalidToken", "Invalid Token!");
    }
    this.#lastCode = token;
    return { ok: true, token: this.token() };
  }

  loginByToken(token: Json): Json {
    return this.user !== undefined && token === this.token()
      ? { ok: true }
      : this.#refusal("authInvalidToken", "Invalid token.");
  }

  setup(username: Json, password: Json): Json {
    const text = typeof password === "string" ? password : "";
    const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
    if (text.length < 6 || kinds < 2) {
      return this.#refusal(
        "passwordTooWeak",
        "Password is too weak. It should contain alphabetic and numeric characters.",
      );
    }
    if (this.user !== undefined) {
      return {
        ok: false,
        msg: "Uptime Kuma has been initialized. If you want to run setup again, please delete the database.",
      };
    }
    this.user = { username: textOf(username), password: text };
    return this.#options.traits.isOld
      ? { ok: true, msg: "Added Successfully." }
      : { ok: true, msg: "successAdded", msgi18n: true };
  }

  /** Of 3.x: a new session, as its cookie has it. */
  openSession(): string {
    const value = `${randomBytes(16).toString("hex")}.${randomBytes(32).toString("base64")}`;
    this.sessions.add(value);
    return value;
  }

  /** Bound to the password, like the real one; on 3.x a new session. */
  token(): string {
    if (this.#options.traits.hasCookieLogin) return this.openSession();
    const { username = "", password = "" } = this.user ?? {};
    return `fake.${createHash("sha256").update(`${username} ${password}`).digest("base64url")}`;
  }

  /** Of now, whether it was used or not. */
  isCode(token: Json | undefined): boolean {
    const secret = this.user?.totpSecret;
    if (secret === undefined || typeof token !== "string") return false;
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    return totp.validate({ token, window: 1, timestamp: this.#options.now() }) !== null;
  }

  #refusal(key: string, english: string): Json {
    return this.#options.traits.isOld ? { ok: false, msg: english } : { ok: false, msg: key, msgi18n: true };
  }
}
