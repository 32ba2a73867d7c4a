/**
 * The database step of 2.x, over HTTP, before the server has a socket (docs/upstream/uptime-kuma.md#database-wizard).
 * 1.23 has no such step and answers these requests with its page.
 */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { JsonObject } from "../../model/json.ts";
import type { TlsOptions } from "../connect-options.ts";
import { explainReply, isUptimeKuma } from "../socket/explain-no-socket.ts";
import { httpRequest, replyJson } from "../socket/http-request.ts";
import type { HttpReply } from "../socket/http-request.ts";
import { networkError } from "../socket/network-error.ts";
import type { ServerAddress } from "../server-address.ts";
import { serverMessage } from "../socket/server-message.ts";
import { pause } from "../socket/time-limit.ts";

export type DatabaseChoice =
  | { readonly type: "sqlite" }
  | {
      readonly type: "mariadb";
      readonly hostname: string;
      readonly port: number;
      readonly dbName: string;
      readonly username: string;
      readonly password: string;
    };

export interface DatabaseOptions {
  readonly address: ServerAddress;
  readonly database: DatabaseChoice;
  readonly tls?: TlsOptions | undefined;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

type ServerState =
  | { readonly state: "ready" }
  | { readonly state: "needs-database" }
  | { readonly state: "not-yet"; readonly why: string; readonly cause?: unknown };

/** Milliseconds between two tries while the server does not answer. */
const askAgainMs = 250;

/**
 * Waits for the server and completes its database step if it is open. Resolves when the server is ready for a socket.
 */
export async function setUpDatabase(options: DatabaseOptions): Promise<"set-up" | "already"> {
  const { address, database, tls, deadline, onProgress, signal } = options;
  if ((await waitFor(options, ["ready", "needs-database"])) === "ready") return "already";
  onProgress?.(`choosing the database: ${database.type === "sqlite" ? "SQLite" : "MariaDB"}`);
  const timeoutMs = Math.max(1, deadline - performance.now());
  const json = { dbConfig: database as JsonObject };
  // A lost answer proves nothing, because the server may have restarted already. Only the state afterwards counts.
  const reply = await httpRequest(address, "/setup-database", { tls, timeoutMs, signal, json }).catch(() => undefined);
  if (reply !== undefined && reply.status >= 400) checkRefusal(reply, database);
  onProgress?.("waiting for the server to restart with its database");
  await waitFor(options, ["ready"]);
  return "set-up";
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
    { hint: "check the host, the port, the name of the database and the account" },
  );
}

async function waitFor(
  options: DatabaseOptions,
  wanted: readonly ServerState["state"][],
): Promise<ServerState["state"]> {
  const { address, deadline, onProgress, signal } = options;
  let said = "";
  for (;;) {
    const seen = await look(options);
    if (wanted.includes(seen.state)) return seen.state;
    const why = seen.state === "not-yet" ? seen.why : "its database step is still open";
    if (performance.now() > deadline) {
      throw new KumaError("unreachable", `Uptime Kuma at ${address.url} did not get ready in time: ${why}`, {
        hint: "check the address and the server's log; --timeout waits longer",
        ...(seen.state === "not-yet" ? { cause: seen.cause } : {}),
      });
    }
    if (why !== said) onProgress?.(`waiting for ${address.url}: ${why}`);
    said = why;
    await pause(Math.max(0, Math.min(askAgainMs, deadline - performance.now())), signal);
  }
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
    return { state: "not-yet", why: known?.message.split(": ").at(-1) ?? "it does not answer", cause: error };
  }
  const info = replyJson(reply);
  if (isJsonObject(info) && typeof info["needSetup"] === "boolean") {
    if (info["runningSetup"] === true) return { state: "not-yet", why: "its database is being set up" };
    return { state: info["needSetup"] ? "needs-database" : "ready" };
  }
  // While 2.x migrates, a small server on the same port answers almost every address with 404.
  if (reply.status === 404) return { state: "not-yet", why: "its database is being migrated" };
  if (reply.status >= 500) return { state: "not-yet", why: `a proxy answers ${reply.status}` };
  if (reply.status === 200 && (await isUptimeKuma({ address, tls, ms, signal }))) return { state: "ready" };
  throw explainReply(reply, address.url);
}
