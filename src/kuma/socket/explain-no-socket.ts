/**
 * Finds out what answers at an address where no Uptime Kuma socket does, by asking for the handshake over plain HTTP.
 */
import { KumaError } from "../../model/errors.ts";
import { isJsonObject } from "../../model/json.ts";
import type { TlsOptions } from "../connect-options.ts";
import { httpRequest, replyJson } from "./http-request.ts";
import type { HttpReply } from "./http-request.ts";
import { networkError } from "./network-error.ts";
import type { ServerAddress } from "../server-address.ts";

export interface ExplainOptions {
  readonly address: ServerAddress;
  readonly tls?: TlsOptions | undefined;
  readonly ms: number;
  readonly signal?: AbortSignal | undefined;
  /** What the socket's library said. */
  readonly cause?: unknown;
}

export const notSetUpHint = "set it up with `kuma-sync bootstrap`, or in the browser";

/** Never throws; gives KumaError "not-uptime-kuma", "not-set-up", "unreachable" or "tls". */
export async function explainNoSocket(options: ExplainOptions): Promise<KumaError> {
  const { address, tls, ms, signal, cause } = options;
  const http = { tls, timeoutMs: Math.min(ms, 5000), signal };
  try {
    if (await isDatabaseStepOpen(options)) {
      return new KumaError("not-set-up", `Uptime Kuma at ${address.url} has no database yet`, { hint: notSetUpHint });
    }
    return explainReply(await httpRequest(address, "/socket.io/?EIO=4&transport=polling", http), address.url);
  } catch (error) {
    const known = networkError(error, address.url) ?? networkError(cause, address.url);
    return known ?? new KumaError("unreachable", `cannot reach ${address.url}`, { cause: cause ?? error });
  }
}

/** 2.x serves no socket while it asks for its database (docs/upstream/uptime-kuma.md#database-wizard). */
async function isDatabaseStepOpen({ address, tls, ms, signal }: ExplainOptions): Promise<boolean> {
  const reply = await httpRequest(address, "/setup-database-info", { tls, timeoutMs: Math.min(ms, 5000), signal });
  const info = replyJson(reply);
  return isJsonObject(info) && info["needSetup"] === true;
}

/** Whether the HTTP side is Uptime Kuma's: `/api/entry-page` is in every release since 1.14. */
export async function isUptimeKuma({ address, tls, ms, signal }: ExplainOptions): Promise<boolean> {
  try {
    const reply = await httpRequest(address, "/api/entry-page", { tls, timeoutMs: Math.min(ms, 5000), signal });
    const page = replyJson(reply);
    return isJsonObject(page) && typeof page["type"] === "string";
  } catch {
    return false;
  }
}

/** What a reply other than the expected one says about the server behind it. */
export function explainReply(reply: HttpReply, url: string): KumaError {
  if (reply.status === 401 || reply.status === 403) {
    return notUptimeKuma(
      `${url} answers ${reply.status}: something in front of Uptime Kuma asks for a login of its own`,
      "let /socket.io/ pass at the proxy, or use an address behind it",
    );
  }
  if (reply.status >= 300 && reply.status < 400) {
    return notUptimeKuma(
      `${url} answers with a redirect (${reply.status})`,
      "use the address that it leads to, often https://",
    );
  }
  if (reply.status >= 500) {
    return notUptimeKuma(
      `${url} answers ${reply.status}`,
      "a proxy is there, but Uptime Kuma behind it may be down or starting",
    );
  }
  if (reply.body.startsWith("0{")) {
    return notUptimeKuma(
      `${url} speaks socket.io, but takes no connection`,
      "check the address, and the proxy in front of it",
    );
  }
  return notUptimeKuma(
    `${url} answers, but not with Uptime Kuma's socket (status ${reply.status}${reply.contentType === "" ? "" : `, ${reply.contentType.split(";")[0]}`})`,
    "check the address: the path must be the one where Uptime Kuma's dashboard starts, and the proxy must pass /socket.io/",
  );
}

function notUptimeKuma(message: string, hint: string): KumaError {
  return new KumaError("not-uptime-kuma", message, { hint });
}
