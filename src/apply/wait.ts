/** Waits for the first heartbeats of new monitors. */
import type { EntityKey, KumaId } from "../model/entity.ts";
import type { Heartbeat, KumaReader } from "../model/kuma-client.ts";

type HeartbeatState = "up" | "down" | "pending" | "maintenance" | "none";

export interface FirstHeartbeat {
  readonly key: EntityKey;
  readonly id: KumaId;
  readonly state: HeartbeatState;
  readonly message: string;
}

const states = ["down", "up", "pending", "maintenance"] as const satisfies readonly HeartbeatState[];

export interface WaitInput {
  readonly client: Pick<KumaReader, "heartbeats" | "onHeartbeat">;
  readonly monitors: readonly { readonly key: EntityKey; readonly id: KumaId }[];
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly emit?: (beat: FirstHeartbeat) => void;
}

/**
 * Resolves when every monitor is up or in maintenance, at the latest after `timeoutMs`. A monitor that is down or
 * pending may still come up in time, so it is waited for; its last state counts.
 */
export async function waitForHeartbeats({
  client,
  monitors,
  timeoutMs,
  signal,
  emit,
}: WaitInput): Promise<readonly FirstHeartbeat[]> {
  const waiting = new Map(monitors.map((monitor) => [monitor.id, monitor]));
  if (waiting.size === 0) return [];
  await waitUntilDone(client, { timeoutMs, signal }, (beat) => {
    const monitor = waiting.get(beat.monitorId);
    if (monitor !== undefined && isSettled(beat)) {
      waiting.delete(beat.monitorId);
      emit?.(describe(monitor, beat));
    }
    return waiting.size === 0;
  });
  return monitors.map((monitor) => describe(monitor, client.heartbeats.get(monitor.id)));
}

/** Resolves when each monitor has a heartbeat, whatever its state, at the latest after `timeoutMs`. */
export async function waitForBeats(
  client: WaitInput["client"],
  ids: readonly KumaId[],
  { timeoutMs, signal }: Pick<WaitInput, "timeoutMs" | "signal">,
): Promise<void> {
  const waiting = new Set(ids);
  if (waiting.size === 0) return;
  await waitUntilDone(client, { timeoutMs, signal }, ({ monitorId }) => {
    waiting.delete(monitorId);
    return waiting.size === 0;
  });
}

/**
 * Calls `isDone` for each heartbeat, starting with those that have already arrived. Resolves when it returns true, when
 * the time is up, or when the signal is aborted.
 */
async function waitUntilDone(
  client: WaitInput["client"],
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
  isDone: (beat: Heartbeat) => boolean,
): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      stop();
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const stop = client.onHeartbeat((beat) => {
      if (isDone(beat)) finish();
    });
    const timer = setTimeout(finish, timeoutMs);
    signal?.addEventListener("abort", finish, { once: true });
    if ([...client.heartbeats.values()].some(isDone)) finish();
  });
}

function isSettled({ status }: Heartbeat): boolean {
  return status === 1 || status === 3;
}

function describe(
  { key, id }: { readonly key: EntityKey; readonly id: KumaId },
  beat: Heartbeat | undefined,
): FirstHeartbeat {
  return beat === undefined
    ? { key, id, state: "none", message: "no heartbeat yet" }
    : { key, id, state: states[beat.status], message: beat.message };
}
