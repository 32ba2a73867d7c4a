/**
 * A connection that is opened while the configuration is read. The server needs longer for its lists than kuma-sync for
 * the files, and both are needed anyway. It is read-only, so a wrong configuration only costs a login.
 */
import type { ConnectOptions } from "../../kuma/connect-options.ts";
import { connectReadOnly } from "../../kuma/connect.ts";
import type { KumaReader } from "../../model/kuma-client.ts";

export interface EarlyConnection {
  /**
   * Resolves when all requests are sent, when connecting failed, or after the head start. Reading files blocks this
   * process, so unsent requests would have to wait for it.
   */
  readonly isAsked: Promise<void>;
  /** Rejects as `connectReadOnly` does. If no caller waits for it, a failure is not reported. */
  readonly reader: Promise<KumaReader>;
  /** Whether these options connect to the same server as the same user. */
  leadsTo(options: ConnectOptions): boolean;
  /** Closes a connection that is not needed after all. */
  abandon(): Promise<void>;
}

/** Milliseconds. A server that does not answer must not delay findings about the files. */
const headStart = 1000;

export function connectEarly(options: ConnectOptions): EarlyConnection {
  const unwanted = new AbortController();
  const signal = options.signal === undefined ? unwanted.signal : AbortSignal.any([options.signal, unwanted.signal]);
  const phases = new EventTarget();
  const onPhase: ConnectOptions["onPhase"] = (phase) => {
    options.onPhase?.(phase);
    phases.dispatchEvent(new Event(phase));
  };
  const reader = connectReadOnly({ ...options, signal, onPhase });
  const isAsked = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, headStart);
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    phases.addEventListener("lists", finish);
    reader.then(finish, finish);
  });
  const abandon = async (): Promise<void> => {
    unwanted.abort(new Error("not needed"));
    await reader.then(
      (open) => open.close(),
      () => undefined,
    );
  };
  const leadsTo = (other: ConnectOptions): boolean => placeOf(other) === placeOf(options);
  return { isAsked, reader, leadsTo, abandon };
}

function placeOf({ url, credentials, tls, timeouts }: ConnectOptions): string {
  return JSON.stringify([url, credentials, tls, timeouts]);
}
