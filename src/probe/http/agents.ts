import { constants } from "node:crypto";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { LookupFunction } from "node:net";
import type { HttpMonitor } from "./http-monitor.ts";
import { isAtLeast, type Release } from "../../model/release.ts";

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Closes all open connections. */
  destroy(): void;
}

/**
 * Agents for one check. TLS sessions are not reused, so that every check makes a full handshake. From 2.0 on, cookies
 * are kept during one check, across its redirects, and only over https: the server gives its cookie jar to no other
 * agent.
 */
export async function openAgents(
  monitor: Pick<HttpMonitor, "ignoreTls" | "ipFamily" | "auth">,
  { release, lookup }: { readonly release: Release; readonly lookup?: LookupFunction },
): Promise<Agents> {
  const shared = {
    maxCachedSessions: 0,
    ...(monitor.ipFamily === undefined ? {} : { family: monitor.ipFamily }),
    ...(lookup === undefined ? {} : { lookup }),
  };
  const secure = {
    ...shared,
    rejectUnauthorized: !monitor.ignoreTls,
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
    ...clientCertificate(monitor.auth),
  };
  const httpAgent = new HttpAgent(shared);
  const httpsAgent = isAtLeast(release, [2, 0, 0]) ? await cookieAgent(secure) : new HttpsAgent(secure);
  return {
    httpAgent,
    httpsAgent,
    destroy() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

type SecureOptions = ConstructorParameters<typeof HttpsAgent>[0];

async function cookieAgent(options: SecureOptions): Promise<HttpsAgent> {
  const [{ HttpsCookieAgent }, { CookieJar }] = await Promise.all([
    import("http-cookie-agent/http"),
    import("tough-cookie"),
  ]);
  return new HttpsCookieAgent({ ...options, cookies: { jar: new CookieJar() } });
}

function clientCertificate(auth: HttpMonitor["auth"]): SecureOptions {
  if (auth.type !== "mtls") return {};
  const { cert, key, ca } = auth;
  return {
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
    ...(ca === null ? {} : { ca }),
  };
}
