/**
 * Waits for the login limit. Uptime Kuma accepts 20 logins a minute from all clients together, and a refused one does
 * not count (docs/upstream/uptime-kuma.md#login-limit), so trying again costs nothing.
 */
import { writtenDuration } from "../../model/duration.ts";
import { KumaError } from "../../model/errors.ts";
import { pause } from "../socket/time-limit.ts";
import type { Wire } from "../socket/wire.ts";

export interface LoginLimitOptions {
  readonly wire: Wire;
  /** How long to wait for the limit to lift; milliseconds. */
  readonly limitMs: number;
  readonly onNotice?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Maximum milliseconds between two tries; a short limit is divided into shorter pauses. */
const usualPauseMs = 5000;

/** The outcome of `attempt`, made again while the server says "too frequently". Rejects with the signal's reason. */
export async function untilLimitLifts<Result>(
  attempt: () => Promise<Result>,
  options: LoginLimitOptions,
): Promise<Result> {
  const { wire, limitMs, onNotice, signal } = options;
  const deadline = performance.now() + limitMs;
  const pauseMs = Math.min(usualPauseMs, Math.max(20, limitMs / 20));
  let hasTold = false;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const left = deadline - performance.now();
      if (!isTooFrequent(error)) throw error;
      if (left <= 0) throw error;
      if (!hasTold) {
        onNotice?.(
          `the server takes 20 logins a minute from all clients together and has had them: trying again for up to ${writtenDuration(Math.ceil(limitMs / 1000))}`,
        );
      }
      hasTold = true;
      await wire.whileOpen(pause(Math.min(pauseMs, left), signal));
    }
  }
}

export function isTooFrequent(error: unknown): error is KumaError {
  return error instanceof KumaError && error.code === "too-frequent";
}
