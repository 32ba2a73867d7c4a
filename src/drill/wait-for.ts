/** One event of a stream, or the end of the wait. */

export interface Stream<Event> {
  /** Calls `listener` for each event from now on; returns the function that stops it. */
  on(listener: (event: Event) => void): () => void;
}

export interface WaitOptions {
  /** Milliseconds. */
  readonly ms: number;
  readonly signal: AbortSignal;
}

/** The first event that `accepts` takes; undefined after `ms`. Rejects with the signal's reason. */
export function waitFor<Event>(
  stream: Stream<Event>,
  accepts: (event: Event) => boolean,
  { ms, signal }: WaitOptions,
): Promise<Event | undefined> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      stop();
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      settle();
    };
    const onAbort = (): void => finish(() => reject(signal.reason as Error));
    const stop = stream.on((event) => {
      if (accepts(event)) finish(() => resolve(event));
    });
    const timer = setTimeout(() => finish(() => resolve(undefined)), ms);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
