/**
 * Requests to the login of 3.x, over HTTP below `/api/auth/` (docs/upstream/uptime-kuma.md#sign-in-of-3x). Each carries
 * `Origin`: without it the server refuses every request that has a cookie, and a proxy may add one.
 */
import { writtenDuration } from "../../model/duration.ts";
import { KumaError } from "../../model/errors.ts";
import type { Json } from "../../model/json.ts";
import type { TlsOptions } from "../connect-options.ts";
import type { ServerAddress } from "../server-address.ts";
import { httpRequest, type HttpReply } from "../socket/http-request.ts";
import { networkError } from "../socket/network-error.ts";
import { pause } from "../socket/time-limit.ts";
import type { CookieJar } from "./cookie-jar.ts";
import { loginStalled } from "./login-stalled.ts";

export interface AuthOptions {
  readonly address: ServerAddress;
  readonly tls?: TlsOptions | undefined;
  /** Milliseconds of one request, and of all waiting for the server's limit. */
  readonly ms: { readonly login: number; readonly loginLimit: number };
  readonly onNotice?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sends JSON below `/api/auth`. Rejects with KumaError, or with the reason of the signal. */
export type AuthPost = (path: `/${string}`, json: Json) => Promise<HttpReply>;

/**
 * Cookies of the replies go into the jar. Waits while the server says "too often": a refused request does not lengthen the
 * wait (docs/upstream/uptime-kuma.md#limits-of-3x).
 */
export function authPost(options: AuthOptions, jar: CookieJar): AuthPost {
  const { ms, onNotice, signal } = options;
  let deadline: number | undefined;
  return async (path, json) => {
    for (;;) {
      const reply = await post(options, jar, { path, json });
      jar.take(reply.headers["set-cookie"]);
      if (reply.status !== 429) return reply;
      const waitMs = retryAfter(reply);
      if (deadline === undefined) {
        deadline = performance.now() + ms.loginLimit;
        onNotice?.(
          `the server takes few sign-ins at once from one address and has had them: trying again in ${writtenDuration(Math.ceil(waitMs / 1000))}, for up to ${writtenDuration(Math.ceil(ms.loginLimit / 1000))}`,
        );
      }
      if (performance.now() + waitMs > deadline) throw tooFrequent(waitMs);
      await pause(waitMs, signal);
    }
  };
}

async function post(
  { address, tls, ms, signal }: AuthOptions,
  jar: CookieJar,
  { path, json }: { readonly path: string; readonly json: Json },
): Promise<HttpReply> {
  const cookie = jar.header;
  const headers = { origin: address.origin, ...(cookie === undefined ? {} : { cookie }) };
  try {
    return await httpRequest(address, `/api/auth${path}`, { tls, timeoutMs: ms.login, json, headers, signal });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    if ((error as { readonly code?: unknown }).code === "ETIMEDOUT") throw loginStalled(address.url, ms.login);
    throw (
      networkError(error, address.url) ??
      new KumaError("unreachable", `${address.url} did not answer the login to the end`, { cause: error })
    );
  }
}

/** Milliseconds. The header is in seconds; a server that does not say is asked again after a few. */
function retryAfter({ headers }: HttpReply): number {
  const written = headers["x-retry-after"] ?? headers["retry-after"];
  const seconds = Number(written);
  return typeof written === "string" && Number.isFinite(seconds) && seconds >= 0 ? Math.max(seconds * 1000, 50) : 3000;
}

function tooFrequent(waitMs: number): KumaError {
  return new KumaError(
    "too-frequent",
    `the server takes no more sign-ins from this address for ${writtenDuration(Math.ceil(waitMs / 1000))}`,
    { hint: "a longer --timeout waits longer; all clients behind one proxy may share the limit" },
  );
}
