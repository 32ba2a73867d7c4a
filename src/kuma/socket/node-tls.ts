/** TLS options in the form that node:https, `ws` and socket.io's polling all take. */
import { rootCertificates } from "node:tls";
import type { TlsOptions } from "../connect-options.ts";

export interface NodeTls {
  readonly ca?: string[];
  readonly rejectUnauthorized?: boolean;
}

export function nodeTls(tls: TlsOptions | undefined): NodeTls {
  return {
    // Node's `ca` replaces the built-in roots; ours come on top, so that one file serves public and private servers.
    ...(tls?.caPem === undefined ? {} : { ca: [...rootCertificates, tls.caPem] }),
    ...(tls?.insecure === true ? { rejectUnauthorized: false } : {}),
  };
}
