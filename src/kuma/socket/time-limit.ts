/** Waiting with a limit: every wait in this folder has its own limit and its own error. */

export interface LimitOptions {
  readonly ms: number;
  readonly onLimit: () => Error;
  readonly signal?: AbortSignal | undefined;
}

/** The promise's outcome, or a rejection with `onLimit()` after `ms`, or with the signal's reason when it is aborted. */
export function withTimeLimit<T>(promise: Promise<T>, { ms, onLimit, signal }: LimitOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(onLimit())), ms);
    const onAbort = (): void => settle(() => reject(abortReason(signal)));
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      finish();
    };
    // Always handled, because a promise that fails after the abort must not end the process.
    promise.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(abortReason(signal));
    };
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error("interrupted", { cause: reason });
}
