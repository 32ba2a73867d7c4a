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
  const report = (): readonly FirstHeartbeat[] =>
    monitors.map((monitor) => describe(monitor, client.heartbeats.get(monitor.id)));

  await new Promise<void>((resolve) => {
    const finish = (): void => {
      stop();
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const hear = (beat: Heartbeat): void => {
      const monitor = waiting.get(beat.monitorId);
      if (monitor === undefined || !isSettled(beat)) return;
      waiting.delete(beat.monitorId);
      emit?.(describe(monitor, beat));
      if (waiting.size === 0) finish();
    };
    const stop = client.onHeartbeat(hear);
    const timer = setTimeout(finish, timeoutMs);
    signal?.addEventListener("abort", finish, { once: true });
    if (waiting.size === 0 || signal?.aborted === true) finish();
    // Heartbeats that arrived before the listener was added.
    else
      for (const { id } of monitors) {
        const beat = client.heartbeats.get(id);
        if (beat !== undefined) hear(beat);
      }
  });
  return report();
}

/** Resolves when each monitor has a heartbeat, whatever its state, at the latest after `timeoutMs`. */
export async function waitForBeats(
  client: WaitInput["client"],
  ids: readonly KumaId[],
  { timeoutMs, signal }: Pick<WaitInput, "timeoutMs" | "signal">,
): Promise<void> {
  const waiting = new Set(ids.filter((id) => !client.heartbeats.has(id)));
  if (waiting.size === 0 || signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      stop();
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const stop = client.onHeartbeat(({ monitorId }) => {
      if (waiting.delete(monitorId) && waiting.size === 0) finish();
    });
    const timer = setTimeout(finish, timeoutMs);
    signal?.addEventListener("abort", finish, { once: true });
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
