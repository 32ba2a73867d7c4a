/**
 * One TCP connection, as the server's tcp-ping makes it (uptime-kuma server/monitor-types/tcp.js; before 2.1
 * monitor.js).
 */
import { connect, type LookupFunction } from "node:net";
import type { JsonObject } from "../model/json.ts";
import { isAtLeast, type Release } from "../model/release.ts";
import { causeBehind, messageOf, type CheckResult } from "./check-result.ts";
import { numberIn, textIn } from "./monitor-row.ts";

/** Milliseconds. The server does not pass the monitor's timeout to tcp-ping. */
const timeout = 5000;

export interface PortOptions {
  readonly release: Release;
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

/** Why a port monitor cannot be probed; undefined if it can. */
export function portSkipReason(row: JsonObject): string | undefined {
  if ((textIn(row, "expectedTlsAlert") ?? "none") !== "none") return "TLS alerts are not probed";
  const isCertificateChecked = ["secure", "starttls"].includes(textIn(row, "smtpSecurity") ?? "");
  return isCertificateChecked && row["expiryNotification"] === true
    ? "the certificate check of port monitors is not probed"
    : undefined;
}

/** Rejects only when `signal` is aborted, with its reason. */
export async function checkPort(row: JsonObject, options: PortOptions): Promise<CheckResult> {
  // From 2.1 on, the message shows the time, and no reason for a failure.
  const isTerse = isAtLeast(options.release, [2, 1, 0]);
  const start = performance.now();
  try {
    await open(row, options);
    const ms = performance.now() - start;
    return { isPassed: true, message: isTerse ? `${Math.round(ms)} ms` : "", ms };
  } catch (error) {
    options.signal?.throwIfAborted();
    const ms = performance.now() - start;
    const told = causeBehind(error);
    if (isTerse) return { isPassed: false, message: "Connection failed", ms, hiddenCause: told ?? messageOf(error) };
    return { isPassed: false, message: messageOf(error), ms, ...(told !== undefined && { hiddenCause: told }) };
  }
}

function open(row: JsonObject, { lookup, signal }: PortOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      // Empty fields get tcp-ping's own defaults.
      host: textIn(row, "hostname") ?? "localhost",
      port: numberIn(row, "port") || 80,
      ...(lookup === undefined ? {} : { lookup }),
      ...(signal === undefined ? {} : { signal }),
    });
    const settle = (then: () => void): void => {
      socket.destroy();
      then();
    };
    socket.once("connect", () => settle(resolve));
    socket.on("error", (error) => settle(() => reject(error)));
    socket.setTimeout(timeout, () => settle(() => reject(new Error("Request timeout"))));
  });
}
