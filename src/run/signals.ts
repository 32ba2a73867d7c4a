/**
 * SIGINT and SIGTERM. The first signal aborts: waits end, writes in flight are finished, and anything else gets at most
 * `graceMs`. A second signal ends the process at once, if it is not the first one again: a Ctrl-C reaches a program that npx
 * started twice, from the terminal and from npx, and `timeout` signals the process and then its group.
 */
import { setMaxListeners } from "node:events";
import type { Signal } from "../model/exit-code.ts";
import { InterruptedError } from "../model/errors.ts";
import type { Context } from "./context.ts";

const signals = ["SIGINT", "SIGTERM"] as const satisfies readonly Signal[];

/** Milliseconds. A run ends within a second after the signal, or after the last write that was in flight. */
const graceMs = 700;

/** Milliseconds in which another signal counts as the same one; a person takes longer to press the keys again. */
const repeatMs = 250;

export interface Signals extends Pick<Context, "signal" | "interruptedBy" | "whileWriting" | "whileBusy"> {
  readonly interrupt: (by: Signal) => void;
  /** The run is over. What is still running, such as a slow reader, may hold the process for the rest of `graceMs`. */
  readonly letGo: () => void;
}

/** `onOverdue` is called when the time is up, and ends the process. */
export function watchSignals(owner: NodeJS.Process, onOverdue: () => void): Signals {
  const controller = new AbortController();
  const { signal } = controller;
  // Each request under way listens, and a plan of many status pages sends many at once; Node warns from the eleventh on.
  setMaxListeners(0, signal);
  let first: Signal = "SIGINT";
  let writing = 0;
  let busy = 0;
  let overdue: NodeJS.Timeout | undefined;
  let isOver = false;

  const interrupt = (by: Signal): void => {
    if (signal.aborted) return;
    // Without a listener a signal ends the process.
    setTimeout(stopHearing, repeatMs).unref();
    first = by;
    controller.abort(new InterruptedError("interrupted"));
    startClock();
  };
  const startClock = (): void => {
    if (writing > 0) return;
    overdue ??= setTimeout(onOverdue, graceMs);
    if (isOver) overdue.unref();
  };
  const hear = (): void => {
    for (const name of signals) owner.on(name, interrupt);
  };
  const stopHearing = (): void => {
    for (const name of signals) owner.removeListener(name, interrupt);
  };
  hear();
  return {
    signal,
    interrupt,
    interruptedBy: () => first,
    letGo: () => {
      isOver = true;
      overdue?.unref();
    },
    async whileWriting(work) {
      writing += 1;
      clearTimeout(overdue);
      overdue = undefined;
      try {
        return await work();
      } finally {
        writing -= 1;
        if (signal.aborted) startClock();
      }
    },
    async whileBusy(work) {
      // A signal that has already arrived is handled first.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      // For process 1 of a container, the kernel ignores a signal without a listener.
      if (owner.pid === 1 || writing > 0) return work();
      busy += 1;
      if (busy === 1) stopHearing();
      try {
        return await work();
      } finally {
        busy -= 1;
        if (busy === 0 && !signal.aborted) hear();
      }
    },
  };
}
