/** What others on the network could read of a login. */
import { isLoopback } from "../origin.ts";
import type { TlsOptions } from "../connect-options.ts";
import type { ServerAddress } from "../server-address.ts";

/** One sentence, and what to do; undefined for a login that TLS protects, or over plain http within the machine. */
export function exposureOf({ url, origin }: ServerAddress, tls: TlsOptions | undefined): string | undefined {
  if (origin.startsWith("http:")) {
    if (isLoopback(origin)) return undefined;
    return `the login goes to ${url} over plain http, where others on the network can read it; use https`;
  }
  if (tls?.insecure !== true) return undefined;
  return `--insecure accepts any certificate for ${url}, so that others on the network can read the login; give its certificate with --ca`;
}
