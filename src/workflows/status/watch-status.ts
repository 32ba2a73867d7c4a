/** `status --watch`: the table redrawn on a terminal; in a log, one line for each monitor whose state changed. */
import type { KumaReader } from "../../model/kuma-client.ts";
import { renderStatus, renderStatusChange } from "../../output/human/status.ts";
import type { MonitorStatus } from "../../model/monitor-status.ts";
import { statusPlaces } from "../../secrets/data-places.ts";
import type { Run } from "../../run/run.ts";

export interface WatchStatusInput {
  readonly reader: KumaReader;
  readonly read: () => Promise<readonly MonitorStatus[]>;
}

/**
 * Milliseconds without heartbeats before the table is redrawn: ages grow, monitors come and go, and a lost connection
 * must be noticed.
 */
const idleMs = 5000;
/**
 * Milliseconds. The figures of a monitor follow its heartbeat, and monitors with the same interval often check
 * together.
 */
const settleMs = 100;

const home = "\u001B[H";
const clearScreen = `\u001B[2J${home}`;

/**
 * Runs until a signal. After SIGINT, which normally ends it, it returns the last state; after SIGTERM it throws the
 * signal's reason. Throws KumaError if the connection is lost.
 */
export async function watchStatus(
  { context, terminal }: Run,
  { reader, read }: WatchStatusInput,
): Promise<readonly MonitorStatus[]> {
  const { signal, stdout } = context;
  const heartbeats = watchHeartbeats(reader, signal);
  let shown = await read();
  const draw = (): void => {
    terminal.print(
      `${stdout.isTty ? clearScreen : ""}${renderStatus(terminal.withoutSecrets(shown, statusPlaces), terminal.out, { now: Date.now(), isScreen: stdout.isTty })}`,
    );
  };
  try {
    draw();
    while (!signal.aborted) {
      await heartbeats.next();
      if (signal.aborted) break;
      const before = new Map(shown.map((monitor) => [monitor.id, monitor]));
      shown = await read();
      if (stdout.isTty) draw();
      else terminal.print(changesText({ terminal }, before, terminal.withoutSecrets(shown, statusPlaces)));
    }
  } finally {
    heartbeats.stop();
  }
  if (context.interruptedBy() === "SIGTERM") throw signal.reason;
  return shown;
}

function changesText(
  { terminal }: Pick<Run, "terminal">,
  before: ReadonlyMap<number, MonitorStatus>,
  now: readonly MonitorStatus[],
): string {
  const { style } = terminal.out;
  const time = new Date().toISOString();
  return now
    .filter(({ id, state }) => before.get(id)?.state !== state)
    .map((monitor) => renderStatusChange(monitor, { style, time }))
    .join("");
}

interface HeartbeatWatch {
  /**
   * Resolves shortly after the next heartbeat, after a while without one, or at once when the signal is aborted. Misses
   * no heartbeat between two calls.
   */
  readonly next: () => Promise<void>;
  readonly stop: () => void;
}

function watchHeartbeats(reader: KumaReader, signal: AbortSignal): HeartbeatWatch {
  let hasBeat = false;
  let onBeat: (() => void) | undefined;
  const stop = reader.onHeartbeat(() => {
    hasBeat = true;
    onBeat?.();
  });
  return {
    stop,
    next: () =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", finish);
          onBeat = undefined;
          hasBeat = false;
          resolve();
        };
        let timer = setTimeout(finish, hasBeat ? settleMs : idleMs);
        onBeat = () => {
          clearTimeout(timer);
          timer = setTimeout(finish, settleMs);
          onBeat = undefined;
        };
        signal.addEventListener("abort", finish, { once: true });
      }),
  };
}
