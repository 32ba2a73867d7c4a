/** Gives a new server its database and its administrator. Safe to run again at any point. */
import { KumaError } from "../../model/errors.ts";
import { createAdmin } from "./create-admin.ts";
import { setUpDatabase } from "./bootstrap-database.ts";
import type { DatabaseChoice } from "./database-choice.ts";
import { defaultTimeouts, usualVariables } from "../connect-options.ts";
import type { TlsOptions } from "../connect-options.ts";
import { allowedEvents } from "../socket/events.ts";
import { exposureOf } from "../login/exposed-login.ts";
import { logIn } from "../login/log-in.ts";
import { detectLine, hasSocketLogin } from "../login/login-line.ts";
import { nothingToEnd } from "../login/login-port.ts";
import { watchPushes } from "../socket/pushes.ts";
import { parseServerAddress } from "../server-address.ts";
import type { ServerAddress } from "../server-address.ts";
import { reachServer } from "../socket/reach-server.ts";
import { pause } from "../socket/time-limit.ts";
import { Wire } from "../socket/wire.ts";

export interface BootstrapOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly database: DatabaseChoice;
  readonly tls?: TlsOptions;
  /** Milliseconds that the server may take to start and to set up its database. */
  readonly timeoutMs: number;
  /** Called with one sentence before the password is sent, if others could read it. */
  readonly onWarning?: (text: string) => void;
  /** Called with one line when a step starts and when it has to wait. */
  readonly onProgress?: (text: string) => void;
  /** Called with one sentence when a wait has a reason that the user should know. */
  readonly onNotice?: (text: string) => void;
  /** Called with what a login gives and nothing may print. */
  readonly onSecret?: (secrets: readonly string[]) => void;
  readonly signal?: AbortSignal;
}

export interface BootstrapResult {
  /** Also "already" for 1.23, which has no choice of databases. */
  readonly database: "set-up" | "already";
  readonly admin: "created" | "already";
  /** How users log in: by the socket up to 2.x, by a cookie from 3.x on. */
  readonly login: "socket" | "cookie";
}

/**
 * Waits until the server answers, chooses the database if it asks for one (2.x), creates the administrator if there is
 * none, and checks that the account can log in. Throws KumaError: "wrong-password" if the administrator has another
 * password, "rejected" if the server refuses the password or the database.
 */
export async function bootstrap(options: BootstrapOptions): Promise<BootstrapResult> {
  const { timeoutMs, database: choice, tls, onProgress, signal } = options;
  const address = parseServerAddress(options.url);
  const exposure = exposureOf(address, tls);
  if (exposure !== undefined) options.onWarning?.(exposure);
  const deadline = performance.now() + timeoutMs;
  const { onNotice } = options;
  const database = await setUpDatabase({ address, database: choice, tls, deadline, onProgress, onNotice, signal });
  for (;;) {
    try {
      return { database, ...(await setUpAdmin(address, options)) };
    } catch (error) {
      // A server may restart once more after it seemed ready.
      if (!isStarting(error) || performance.now() > deadline) throw error;
      await pause(250, signal);
    }
  }
}

function isStarting(error: unknown): boolean {
  return error instanceof KumaError && (error.code === "unreachable" || error.code === "disconnected");
}

type Admin = Pick<BootstrapResult, "admin" | "login">;

async function setUpAdmin(address: ServerAddress, options: BootstrapOptions): Promise<Admin> {
  const { username, password, tls, onProgress, onNotice, onSecret, signal } = options;
  const ms = { ...defaultTimeouts, loginLimit: options.timeoutMs };
  const wire = new Wire(allowedEvents.bootstrap);
  const pushes = watchPushes(wire);
  const detection = detectLine({ address, tls, ms: ms.connect });
  try {
    const { looksLike3 } = detection;
    const readiness = await reachServer(wire, { address, tls, ms: ms.connect, looksLike3, signal });
    const isKnown3 = readiness === "silent" || pushes.hasSession();
    const socketLogin = !isKnown3 && (await hasSocketLogin(wire, ms.call, signal));
    const isBare = readiness !== "silent" && (await wire.call("needSetup", [], { ms: ms.call, signal })) === true;
    if (isBare) {
      onProgress?.(`creating the administrator "${username}"`);
      await createAdmin(wire, { address, tls, username, password, timeoutMs: ms.call, signal }, { socketLogin });
    }
    onProgress?.(`logging in as "${username}"`);
    const login = await logIn(
      {
        wire,
        pushes,
        readiness: readiness === "no-user" ? "login-required" : readiness,
        credentials: { type: "password", username, password },
        variables: usualVariables,
        address,
        tls,
        ms,
        now: Date.now,
        onNotice,
        onSecret,
        signal,
      },
      detection,
    ).catch((error: unknown) => {
      if (!isTwoFactorNeeded(error)) throw socketLogin ? error : withoutUser(error);
      return nothingToEnd;
    });
    await login.end();
    return { admin: isBare ? "created" : "already", login: socketLogin ? "socket" : "cookie" };
  } finally {
    detection.stop();
    wire.close();
  }
}

/** After ten minutes a 3.x without a user says that it needs none (docs/upstream/uptime-kuma.md#first-user-of-3x). */
function withoutUser(error: unknown): unknown {
  if (!(error instanceof KumaError) || error.code !== "wrong-password") return error;
  return new KumaError(error.code, error.message, {
    hint: `${error.hint}; if nobody has set this server up, its ten minutes for that are over: restart it`,
    cause: error,
  });
}

/** If the server asks for the second factor, the password was right, which is all that is checked here. */
function isTwoFactorNeeded(error: unknown): boolean {
  return error instanceof KumaError && error.code === "two-factor-needed";
}
