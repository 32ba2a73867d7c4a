/** Explains network errors, which Node reports as codes, in plain words. */
import { KumaError } from "../../model/errors.ts";

const unreachableReasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ECONNREFUSED: ["nothing listens there", "check the port, and that Uptime Kuma is running"],
  ENOTFOUND: ["the host name is not known", "check the host name"],
  EAI_AGAIN: ["the host name cannot be looked up now", "check the network and its DNS"],
  EHOSTUNREACH: ["there is no way to that host", "check the address and the network"],
  ENETUNREACH: ["there is no way to that network", "check the address and the network"],
  ETIMEDOUT: ["nothing answered in time", "check the address, and that no firewall drops the connection"],
  ECONNRESET: ["the connection was cut", "check that the address is Uptime Kuma's, with http or https as it serves"],
  EPIPE: ["the connection was cut", "check that the address is Uptime Kuma's, with http or https as it serves"],
};

const tlsCode = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$)/;

/** Undefined when the cause is not one of the network's. */
export function networkError(cause: unknown, url: string): KumaError | undefined {
  const code = networkCode(cause);
  if (code === undefined) return undefined;
  if (tlsCode.test(code)) return tlsError(code, url, cause);
  const known = unreachableReasons[code];
  if (known === undefined) return undefined;
  return new KumaError("unreachable", `cannot reach ${url}: ${known[0]}`, { hint: known[1], cause });
}

function tlsError(code: string, url: string, cause: unknown): KumaError {
  // EPROTO and the "wrong version number" of OpenSSL: the other side does not speak TLS at all.
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    return new KumaError("tls", `${url} does not speak TLS as expected (${code})`, {
      hint: "if the server has no certificate, write http:// in place of https://",
      cause,
    });
  }
  return new KumaError("tls", `the certificate of ${url} was not accepted (${code})`, {
    hint: "give the certificate authority as a PEM file, or --insecure to accept any certificate",
    cause,
  });
}

/**
 * The code of the first error in a chain that has one. socket.io wraps the error of `ws` in an event in `description`,
 * and Node wraps the errors of several addresses of one name in an AggregateError.
 */
function networkCode(cause: unknown, depth = 0): string | undefined {
  if (typeof cause !== "object" || cause === null || depth > 4) return undefined;
  const { code, description, error, cause: inner, errors } = cause as Readonly<Record<string, unknown>>;
  if (typeof code === "string") return code;
  const next = [description, error, inner, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return next.map((item) => networkCode(item, depth + 1)).find((found) => found !== undefined);
}
