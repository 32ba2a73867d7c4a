/**
 * The database step of 2.x, over HTTP, before the server has a socket (docs/upstream/uptime-kuma.md#database-wizard).
 * 1.23 has no such step and answers these requests with its page.
 */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { JsonObject } from "../../model/json.ts";
import type { TlsOptions } from "../connect-options.ts";
import type { DatabaseChoice, MariaDbChoice } from "./database-choice.ts";
import { mariaDbFault, mariaDbWarning } from "./mariadb/mariadb-facts.ts";
import { mariaDbRefusalHint } from "./mariadb/mariadb-refusal.ts";
import { openMariaDb, type MariaDbView, type OpenMariaDb } from "./mariadb/open-mariadb.ts";
import { watchServerEnd } from "./mariadb/watch-server-end.ts";
import { explainReply, isUptimeKuma } from "../socket/explain-no-socket.ts";
import { httpRequest, replyJson } from "../socket/http-request.ts";
import type { HttpReply } from "../socket/http-request.ts";
import { networkError } from "../socket/network-error.ts";
import type { ServerAddress } from "../server-address.ts";
import { serverMessage } from "../socket/server-message.ts";
import { pause } from "../socket/time-limit.ts";

export interface DatabaseOptions {
  readonly address: ServerAddress;
  readonly database: DatabaseChoice;
  readonly tls?: TlsOptions | undefined;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Called with what the user should know, in one or two sentences. */
  readonly onNotice?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How a MariaDB database is looked at from here; for tests. */
  readonly openDatabase?: OpenMariaDb | undefined;
  /** Milliseconds without any answer after which a server that has its database may have ended; for tests. */
  readonly silenceMs?: number | undefined;
}

type ServerState = { readonly state: "ready" } | { readonly state: "needs-database" } | NotYet;

interface NotYet {
  readonly state: "not-yet";
  readonly why: string;
  /** Nothing of Uptime Kuma answers. */
  readonly isSilent: boolean;
  readonly cause?: unknown;
}

/** Milliseconds between two tries while the server does not answer. */
const askAgainMs = 250;

/** A server with MariaDB listens nowhere while it makes its tables: 10 s on a quick machine. */
const usualSilenceMs = 30_000;

/**
 * Waits for the server and completes its database step if it is open. Resolves when the server is ready for a socket.
 * Throws KumaError "rejected" if the server refuses the database or would not survive it, "unreachable" if it ended or
 * did not get ready in time.
 */
export async function setUpDatabase(options: DatabaseOptions): Promise<"set-up" | "already"> {
  const { database, onProgress } = options;
  if ((await waitFor(options, ["ready", "needs-database"])) === "ready") return "already";
  const view = database.type === "mariadb" ? await checkMariaDb(database, options) : undefined;
  try {
    onProgress?.(`choosing the database: ${database.type === "sqlite" ? "SQLite" : "MariaDB"}`);
    await chooseDatabase(options);
    onProgress?.("waiting for the server to restart with its database");
    await waitFor(options, ["ready"], await afterChoice(options, view));
  } finally {
    view?.close();
  }
  return "set-up";
}

/** Throws KumaError "rejected" for what would end Uptime Kuma after its wizard. Undefined if the database cannot be seen. */
async function checkMariaDb(
  choice: MariaDbChoice,
  { openDatabase = openMariaDb, onNotice, onProgress }: DatabaseOptions,
): Promise<MariaDbView | undefined> {
  const view = await openDatabase(choice);
  if (view === undefined) {
    onProgress?.("could not look at the database from here; Uptime Kuma tries the account itself");
    return undefined;
  }
  const fault = mariaDbFault(view.facts, choice);
  if (fault !== undefined) {
    view.close();
    throw new KumaError("rejected", fault.message, { hint: fault.hint });
  }
  const warning = mariaDbWarning(view.facts, choice);
  if (warning !== undefined) onNotice?.(`${warning.message}; ${warning.hint}`);
  return view;
}

async function chooseDatabase({ address, database, tls, deadline, signal }: DatabaseOptions): Promise<void> {
  const timeoutMs = Math.max(1, deadline - performance.now());
  const json = { dbConfig: database as JsonObject };
  // A lost answer proves nothing, because the server may have restarted already. Only the state afterwards counts.
  const reply = await httpRequest(address, "/setup-database", { tls, timeoutMs, signal, json }).catch(() => undefined);
  if (reply !== undefined && reply.status >= 400) checkRefusal(reply, database);
}

/**
 * Looks at a server that has its database and is not ready yet. Throws KumaError "unreachable" when it has ended; where that
 * cannot be seen, says once that it may have.
 */
async function afterChoice(
  { address, database, onNotice, silenceMs = usualSilenceMs }: DatabaseOptions,
  view: MariaDbView | undefined,
): Promise<(seen: NotYet) => Promise<void>> {
  const hasEnded = view === undefined ? undefined : await watchServerEnd(view);
  let silentSince = performance.now();
  let isTold = false;
  return async ({ isSilent }) => {
    if (await hasEnded?.()) {
      throw new KumaError("unreachable", `Uptime Kuma at ${address.url} has ended while it made its tables`, {
        hint: logHint(database),
      });
    }
    if (!isSilent) silentSince = performance.now();
    if (isTold || performance.now() - silentSince < silenceMs) return;
    isTold = true;
    const seconds = Math.round(silenceMs / 1000);
    onNotice?.(
      `Uptime Kuma has taken the database, and nothing has answered at ${address.url} for ${seconds} s. If it has ended, ${logHint(database)}`,
    );
  };
}

function logHint({ type }: DatabaseChoice): string {
  const log = "its log says why (docker logs, journalctl)";
  if (type === "sqlite") return log;
  return `${log}; "Row size too large" there: the database must be utf8mb4 before Uptime Kuma makes its tables (docs/mariadb.md)`;
}

/**
 * A refusal is 400 with a JSON string. If another client is setting up the server, it is not a refusal, and kuma-sync
 * waits until that has ended.
 */
function checkRefusal(reply: HttpReply, database: DatabaseChoice): void {
  const text = replyJson(reply);
  if (text === "Setup is already running" || reply.status === 404) return;
  const reason = serverMessage(text);
  const secret = database.type === "mariadb" ? database.password : "";
  throw new KumaError(
    "rejected",
    `the server refused the database: ${secret === "" ? reason : reason.replaceAll(secret, "(password)")}`,
    database.type === "mariadb" ? { hint: mariaDbRefusalHint(reason, database) } : {},
  );
}

/** `onNotYet` is called after each look that did not find the wanted state. */
async function waitFor(
  options: DatabaseOptions,
  wanted: readonly ServerState["state"][],
  onNotYet?: (seen: NotYet) => Promise<void>,
): Promise<ServerState["state"]> {
  const { address, database, deadline, onProgress, signal } = options;
  let said = "";
  for (;;) {
    const seen = await look(options);
    if (wanted.includes(seen.state)) return seen.state;
    if (seen.state === "not-yet") await onNotYet?.(seen);
    const why = seen.state === "not-yet" ? seen.why : "its database step is still open";
    if (performance.now() > deadline) {
      const isTaken = onNotYet !== undefined && seen.state === "not-yet";
      const what = isTaken ? "took the database and did not come back" : "did not get ready";
      const hint = isTaken ? logHint(database) : await startHint(options);
      throw new KumaError("unreachable", `Uptime Kuma at ${address.url} ${what} in time: ${why}`, {
        hint: `${hint}; --timeout waits longer`,
        ...(seen.state === "not-yet" ? { cause: seen.cause } : {}),
      });
    }
    if (why !== said) onProgress?.(`waiting for ${address.url}: ${why}`);
    said = why;
    await pause(Math.max(0, Math.min(askAgainMs, deadline - performance.now())), signal);
  }
}

/** A server that was given its database before ends at each start if it cannot use that. */
async function startHint({ database, openDatabase = openMariaDb }: DatabaseOptions): Promise<string> {
  const view = database.type === "mariadb" ? await openDatabase(database) : undefined;
  view?.close();
  if (database.type === "sqlite" || view === undefined) return "check the address and the server's log";
  const problem = mariaDbFault(view.facts, database) ?? mariaDbWarning(view.facts, database);
  return problem === undefined ? "check the address and the server's log" : `${problem.message}; ${problem.hint}`;
}

/** Throws for problems that waiting does not solve: a certificate, or another program. */
async function look({ address, tls, deadline, signal }: DatabaseOptions): Promise<ServerState> {
  const ms = Math.min(5000, Math.max(1, deadline - performance.now()));
  let reply: HttpReply;
  try {
    reply = await httpRequest(address, "/setup-database-info", { tls, timeoutMs: ms, signal });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const known = networkError(error, address.url);
    if (known?.code === "tls") throw known;
    const why = known?.message.split(": ").at(-1) ?? "it does not answer";
    return { state: "not-yet", why, isSilent: true, cause: error };
  }
  const info = replyJson(reply);
  if (isJsonObject(info) && typeof info["needSetup"] === "boolean") {
    if (info["runningSetup"] === true) return notYet("its database is being set up");
    return { state: info["needSetup"] ? "needs-database" : "ready" };
  }
  // While 2.x migrates, a small server on the same port answers almost every address with 404.
  if (reply.status === 404) return notYet("its database is being migrated");
  if (reply.status >= 500) return { ...notYet(`a proxy answers ${reply.status}`), isSilent: true };
  if (reply.status === 200 && (await isUptimeKuma({ address, tls, ms, signal }))) return { state: "ready" };
  throw explainReply(reply, address.url);
}

function notYet(why: string): NotYet {
  return { state: "not-yet", why, isSilent: false };
}
