/**
 * Which login a server has. 3.x answers an address of its login library, where older servers send their page
 * (docs/upstream/uptime-kuma.md#telling-releases-apart). Something in front of the server may answer in its place, so the
 * socket has the last word: 3.x removed the events of the login, and never answers them.
 */
import { isJsonObject } from "../../model/json.ts";
import type { TlsOptions } from "../connect-options.ts";
import type { ServerAddress } from "../server-address.ts";
import { httpRequest, replyJson } from "../socket/http-request.ts";
import type { Wire } from "../socket/wire.ts";

/** What the HTTP side looks like. */
export interface Detection {
  /** Whether it looks like 3.x; false after a failure. Never rejects. */
  readonly looksLike3: Promise<boolean>;
  /** The same, once it is known. */
  known(): boolean | undefined;
  /** Ends a request that is still under way. */
  stop(): void;
}

export interface DetectionOptions {
  readonly address: ServerAddress;
  readonly tls?: TlsOptions | undefined;
  readonly ms: number;
}

/** Sends nothing secret, and runs beside opening the socket. */
export function detectLine({ address, tls, ms }: DetectionOptions): Detection {
  const unwanted = new AbortController();
  let known: boolean | undefined;
  const ask = async (): Promise<boolean> => {
    try {
      const reply = await httpRequest(address, "/api/auth/ok", { tls, timeoutMs: ms, signal: unwanted.signal });
      // Behind a proxy this address has a limit too, and only its library has that header.
      if (reply.status === 429) return reply.headers["x-retry-after"] !== undefined;
      const body = replyJson(reply);
      return reply.status === 200 && isJsonObject(body) && body["ok"] === true;
    } catch {
      return false;
    }
  };
  const looksLike3 = ask().then((answer) => (known = answer));
  return { looksLike3, known: () => known, stop: () => unwanted.abort() };
}

/**
 * Whether the server has a login over its socket. It answers in the order of the questions: one that only older servers
 * know, and one that all know. True if neither is answered within `ms`.
 */
export async function hasSocketLogin(wire: Wire, ms: number, signal?: AbortSignal): Promise<boolean> {
  const answered = new AbortController();
  const limits = { ms, signal: signal === undefined ? answered.signal : AbortSignal.any([signal, answered.signal]) };
  const removed = wire.call("twoFAStatus", [], limits).then(() => true);
  // A socket that has just logged in answers both after a look into its database, in any order.
  const kept = wire.call("getTags", [], limits).then((answer) => isJsonObject(answer) && answer["ok"] === true);
  try {
    return await Promise.race([removed, kept]);
  } catch {
    return true;
  } finally {
    answered.abort();
    await Promise.allSettled([removed, kept]);
  }
}
