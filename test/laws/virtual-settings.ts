/** The general settings of a server in a world whose time passes only when nothing else is left to do. */
import type { LeaseClock } from "../../src/ledger/lease/lease-times.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";

export interface VirtualWorld {
  readonly settings: JsonObject;
  now(): number;
  /** Resolves `ms` later. */
  sleep(ms: number): Promise<void>;
  clock(random: () => number): LeaseClock;
  /** A client whose messages take as long as `delay` says, each way. */
  client(delay: () => number): KumaClient;
  /** Runs until `all` is settled; throws when nothing can happen any more. */
  run(all: Promise<unknown>): Promise<void>;
}

export function createWorld(): VirtualWorld {
  const settings: Record<string, JsonObject[string]> = {};
  let time = 0;
  let timers: { readonly at: number; readonly fire: () => void }[] = [];
  const after = (ms: number, fire: () => void): (() => void) => {
    const timer = { at: time + Math.max(0, ms), fire };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      after(ms, resolve);
    });
  return {
    settings,
    now: () => time,
    sleep,
    clock: (random) => ({
      now: () => time,
      random,
      wait: (ms, signal) =>
        new Promise((resolve, reject) => {
          const stop = (): void => {
            cancel();
            reject(signal?.reason as Error);
          };
          const cancel = after(ms, () => {
            signal?.removeEventListener("abort", stop);
            resolve();
          });
          if (signal?.aborted === true) stop();
          signal?.addEventListener("abort", stop, { once: true });
        }),
    }),
    client: (delay) => {
      const call = async <Answer>(serve: () => Answer): Promise<Answer> => {
        await sleep(delay());
        const answer = serve();
        await sleep(delay());
        return answer;
      };
      return {
        read: () => call(() => ({ ok: true, data: structuredClone(settings) })),
        write: (_event: string, data: JsonObject) => call(() => Object.assign(settings, structuredClone(data))),
      } as unknown as KumaClient;
    },
    run: async (all) => {
      let isOver = false;
      const end = all.finally(() => {
        isOver = true;
      });
      end.catch(() => undefined);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (isOver) break;
        const [next] = timers.toSorted((left, right) => left.at - right.at);
        if (next === undefined) throw new Error("nothing can happen any more");
        timers = timers.filter((timer) => timer !== next);
        time = Math.max(time, next.at);
        next.fire();
      }
      await end;
    },
  };
}
