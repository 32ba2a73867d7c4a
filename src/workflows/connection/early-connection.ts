/**
 * A connection that is opened while the configuration is read. The server takes longer over its lists than we take over
 * the files, and both are waited for anyway. Read-only: a configuration that turns out to be wrong has cost a login.
 */
import type { ConnectOptions } from "../../kuma/connect-options.ts";
import { connectReadOnly } from "../../kuma/connect.ts";
import type { KumaReader } from "../../model/kuma-client.ts";

export interface EarlyConnection {
  /**
   * Resolves when the server has all it needs from us and is busy with its lists, when connecting failed, or after the
   * head start: reading files blocks this process, and a question that is not sent yet would wait for that.
   */
  readonly isAsked: Promise<void>;
  /** Rejects as `connectReadOnly` does. Nothing reports a failure that no caller waits for. */
  readonly reader: Promise<KumaReader>;
  /** Whether these options lead to the same place, as the same user. */
  leadsTo(options: ConnectOptions): boolean;
  /** For when it turns out not to be needed. */
  abandon(): Promise<void>;
}

/** Milliseconds; a server that does not answer must not hold back what is wrong with the files. */
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
