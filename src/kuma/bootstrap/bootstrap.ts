/** Gives a new server its database and its administrator. Safe to run again at any point. */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import { setUpDatabase } from "./bootstrap-database.ts";
import type { DatabaseChoice } from "./database-choice.ts";
import { defaultTimeouts, usualVariables } from "../connect-options.ts";
import type { TlsOptions } from "../connect-options.ts";
import { allowedEvents } from "../socket/events.ts";
import { exposureOf } from "../login/exposed-login.ts";
import { logIn } from "../login/log-in.ts";
import { watchPushes } from "../socket/pushes.ts";
import { parseServerAddress } from "../server-address.ts";
import type { ServerAddress } from "../server-address.ts";
import { serverMessage } from "../socket/server-message.ts";
import { reachServer } from "../session.ts";
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
  readonly signal?: AbortSignal;
}

export interface BootstrapResult {
  /** Also "already" for 1.23, which has no choice of databases. */
  readonly database: "set-up" | "already";
  readonly admin: "created" | "already";
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
      return { database, admin: await setUpAdmin(address, options) };
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

async function setUpAdmin(address: ServerAddress, options: BootstrapOptions): Promise<BootstrapResult["admin"]> {
  const { username, password, tls, onProgress, signal } = options;
  const ms = { ...defaultTimeouts, loginLimit: options.timeoutMs };
  const wire = new Wire(allowedEvents.bootstrap);
  const pushes = watchPushes(wire);
  try {
    const readiness = await reachServer(wire, { address, tls, ms: ms.connect, signal });
    const isBare = (await wire.call("needSetup", [], { ms: ms.call, signal })) === true;
    if (isBare) {
      onProgress?.(`creating the administrator "${username}"`);
      checkSetup(await wire.call("setup", [username, password], { ms: ms.call, signal }));
    }
    onProgress?.(`logging in as "${username}"`);
    await logIn({
      wire,
      pushes,
      readiness: readiness === "no-user" ? "login-required" : readiness,
      credentials: { type: "password", username, password },
      variables: usualVariables,
      url: address.url,
      ms,
      now: Date.now,
      isCookieServer: async () => false,
      onNotice: options.onNotice,
      signal,
    }).catch(acceptTwoFactor);
    return isBare ? "created" : "already";
  } finally {
    wire.close();
  }
}

/** The answer to `setup`. If somebody else created the administrator in the meantime, the login shows it. */
function checkSetup(answer: unknown): void {
  if (isJsonObject(answer) && answer["ok"] === true) return;
  const text = isJsonObject(answer) && typeof answer["msg"] === "string" ? answer["msg"] : "";
  if (/has been initialized/i.test(text)) return;
  if (text === "passwordTooWeak" || /too weak/i.test(text)) {
    throw new KumaError("rejected", "the server takes no password as weak as this one", {
      hint: "at least 6 characters, of at least two kinds: small letters, capitals, digits, others",
    });
  }
  throw new KumaError("rejected", `the server did not create the administrator: ${serverMessage(text)}`);
}

/** If the server asks for the second factor, the password was right, which is all that is checked here. */
function acceptTwoFactor(error: unknown): void {
  if (!(error instanceof KumaError) || error.code !== "two-factor-needed") throw error;
}
