/** A clock that runs like any other until a test moves it forward. */
import type { Context } from "../../src/run/context.ts";

export interface TestClock extends Pick<Context, "now" | "wait"> {
  /** Moves the clock forward by `ms`; whoever waited for a time that is then past goes on. */
  readonly skip: (ms: number) => void;
}

export function createTestClock(): TestClock {
  let skipped = 0;
  const waiting = new Set<() => void>();
  const now = (): number => performance.now() + skipped;
  const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const until = now() + ms;
      let timer: NodeJS.Timeout | undefined;
      const stop = (finish: () => void): void => {
        clearTimeout(timer);
        waiting.delete(look);
        signal?.removeEventListener("abort", onAbort);
        finish();
      };
      const onAbort = (): void => stop(() => reject(signal?.reason as Error));
      const look = (): void => {
        clearTimeout(timer);
        const left = until - now();
        if (left <= 0) stop(resolve);
        else timer = setTimeout(look, left);
      };
      waiting.add(look);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (signal?.aborted === true) onAbort();
      else look();
    });
  const skip = (ms: number): void => {
    skipped += ms;
    for (const look of waiting) look();
  };
  return { now, wait, skip };
}
