/** Opens a socket and waits until the server is ready for a login. */
import { KumaError } from "../../model/errors.ts";
import type { TlsOptions } from "../connect-options.ts";
import type { ServerAddress } from "../server-address.ts";
import { isUptimeKuma } from "./explain-no-socket.ts";
import { connectStalled, openSocket } from "./open-socket.ts";
import { watchReadiness, type Readiness } from "./readiness.ts";
import { withTimeLimit } from "./time-limit.ts";
import type { Wire } from "./wire.ts";

export interface ReachOptions {
  readonly address: ServerAddress;
  readonly tls?: TlsOptions | undefined;
  /** Milliseconds for all of it. */
  readonly ms: number;
  /** The `Cookie` header of the handshake, which logs in on 3.x. */
  readonly cookie?: string | undefined;
  /** Resolves with true if the server looks like 3.x; only such a server is ever "silent". */
  readonly looksLike3?: Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
}

/** How long a 3.x server may say nothing more after its first `info`; milliseconds. */
const silenceMs = 3000;

/** Rejects with KumaError, or with the reason of the signal. */
export async function reachServer(wire: Wire, options: ReachOptions): Promise<Readiness> {
  const { address, ms, signal } = options;
  const start = performance.now();
  const readiness = watchReadiness(wire, ms);
  const silence = watchSilence(wire, options);
  try {
    await openSocket(wire, options);
    const stalled = connectStalled(address, ms);
    const left = Math.max(1, ms - (performance.now() - start));
    const ready = Promise.race([readiness, silence.begins]);
    return await withTimeLimit(wire.whileOpen(ready), { ms: left, signal, onLimit: () => stalled }).catch(
      async (error: unknown) => {
        if (error !== stalled || (await isUptimeKuma(options))) throw error;
        throw new KumaError("not-uptime-kuma", `${address.url} speaks socket.io, but not as Uptime Kuma does`, {
          hint: "check the address, its port and its path",
        });
      },
    );
  } finally {
    silence.stop();
  }
}

/**
 * After an upgrade to 3.x with the login switched off, the server sends `info` and then nothing, until somebody has signed
 * in over HTTP (docs/upstream/uptime-kuma.md#upgrade-to-3x).
 */
function watchSilence(
  wire: Wire,
  { ms, looksLike3 = Promise.resolve(false) }: ReachOptions,
): { readonly begins: Promise<"silent">; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const stops: (() => void)[] = [() => clearTimeout(timer)];
  const begins = new Promise<"silent">((resolve) => {
    const settle = (): void => void looksLike3.then((is3) => (is3 ? resolve("silent") : undefined));
    stops.push(wire.on("info", () => (timer ??= setTimeout(settle, Math.min(silenceMs, ms / 3)))));
  });
  return { begins, stop: () => stops.forEach((stop) => stop()) };
}
