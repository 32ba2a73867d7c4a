import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchSignals } from "../../src/run/signals.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A process without a listener for a signal is ended by it. */
function watched(): { readonly owner: NodeJS.Process; readonly signals: ReturnType<typeof watchSignals> } {
  const owner = Object.assign(new EventEmitter(), { pid: 2 }) as unknown as NodeJS.Process;
  return { owner, signals: watchSignals(owner, () => undefined) };
}

test.each(["SIGINT", "SIGTERM"] as const)("a Ctrl-C that arrives twice, as under npx, is one signal: %s", (again) => {
  const { owner, signals } = watched();
  owner.emit("SIGINT", "SIGINT");
  expect([signals.signal.aborted, signals.interruptedBy()]).toEqual([true, "SIGINT"]);
  vi.advanceTimersByTime(100);
  expect(owner.emit(again, again)).toBe(true);
  expect(signals.interruptedBy()).toBe("SIGINT");
});

test("a second signal after that ends the process", () => {
  const { owner } = watched();
  owner.emit("SIGINT", "SIGINT");
  vi.advanceTimersByTime(1000);
  expect([owner.emit("SIGINT", "SIGINT"), owner.emit("SIGTERM", "SIGTERM")]).toEqual([false, false]);
});

test("many requests may listen at once, without a warning of Node's", () => {
  const { signals } = watched();
  const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  for (let count = 0; count < 20; count += 1) signals.signal.addEventListener("abort", () => undefined);
  expect(warned).not.toHaveBeenCalled();
});
