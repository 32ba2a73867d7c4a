/** `--wait`: waits until the monitors that this run created are up. */
import { waitForHeartbeats, type FirstHeartbeat } from "../../apply/wait.ts";
import type { Desired, EntityKey, KumaId } from "../../model/entity.ts";
import { secondsOf } from "../../model/duration.ts";
import { isComputedFromSecret } from "../../secrets/computed-message.ts";
import { statusPlaces } from "../../secrets/data-places.ts";
import { shownForSecret } from "../../secrets/secret.ts";
import { isWithin } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { ApplyReport } from "../../model/progress.ts";
import { firstHeartbeatText, newGroupText, waitStatusText } from "../../output/human/first-heartbeats.ts";
import { renderStatus, renderWait } from "../../output/human/status.ts";
import type { Run } from "../../run/run.ts";

const usualWaitMs = 60_000;

export interface FirstHeartbeatsInput {
  readonly client: KumaReader;
  readonly desired: Desired;
  readonly report: ApplyReport;
  /** Milliseconds; true for the default. */
  readonly wait: number | true;
}

export async function awaitFirstHeartbeats(
  { context, terminal }: Run,
  { client, desired, report, wait }: FirstHeartbeatsInput,
): Promise<readonly FirstHeartbeat[]> {
  const monitors = newMonitors(desired, report);
  const timeoutMs = wait === true ? usualWaitMs : wait;
  const started = context.now();
  let up = 0;
  const showCount = (): void => terminal.status(waitStatusText({ up, total: monitors.length, limitMs: timeoutMs }));
  showCount();
  const received = await waitForHeartbeats({
    client,
    monitors,
    timeoutMs,
    signal: context.signal,
    emit: (beat) => {
      up += 1;
      terminal.note(firstHeartbeatText(beat.key, beat.state, terminal.err.style));
      showCount();
    },
  });
  const beats = received.map((beat) => withoutComputed(beat, desired));
  for (const text of newGroupTexts(client, desired, report)) terminal.note(text);
  const missing = beats.filter((beat) => !isUp(beat));
  if (missing.length > 0) {
    const rows = missing.map((beat) => ({ ...beat, name: desired.entities.get(beat.key)?.name ?? "" }));
    terminal.print(
      `\n${renderStatus(terminal.withoutSecrets(rows, statusPlaces), terminal.out, { now: Date.now(), isScreen: context.stdout.isTty })}`,
    );
  }
  const total = monitors.length;
  terminal.print(renderWait({ up: total - missing.length, total, ms: context.now() - started }, terminal.out.style));
  return beats;
}

function withoutComputed(beat: FirstHeartbeat, { entities }: Desired): FirstHeartbeat {
  const sensitive = entities.get(beat.key)?.sensitive ?? [];
  const isHidden = beat.state !== "none" && isComputedFromSecret((pointer) => isWithin(pointer, sensitive));
  return isHidden ? { ...beat, message: shownForSecret } : beat;
}

export function isUp({ state }: FirstHeartbeat): boolean {
  return state === "up" || state === "maintenance";
}

/** A group shows what its monitors reported at its last check, so its state is printed but not waited for. */
function newGroupTexts(
  { heartbeats }: KumaReader,
  { entities }: Desired,
  { outcomes }: ApplyReport,
): readonly string[] {
  return outcomes.flatMap((outcome) => {
    const spec = entities.get(outcome.key)?.spec ?? {};
    const isNew = outcome.result === "done" && outcome.action === "create";
    if (!isNew || spec["type"] !== "group" || spec["active"] === false) return [];
    const beat = heartbeats.get(outcome.id);
    const interval = secondsOf(spec["interval"] ?? null) ?? 60;
    return [newGroupText({ key: outcome.key, isUp: beat?.status === 1, message: beat?.message, interval })];
  });
}

/**
 * New monitors that check by themselves: no paused monitors, no groups, and no push monitors, which wait for a push.
 */
function newMonitors(desired: Desired, report: ApplyReport): { readonly key: EntityKey; readonly id: KumaId }[] {
  return report.outcomes.flatMap((outcome) => {
    if (outcome.result !== "done" || outcome.action !== "create") return [];
    const entity = desired.entities.get(outcome.key);
    if (entity?.kind !== "monitor" || entity.spec["active"] === false) return [];
    const isOwnCheck = entity.spec["type"] !== "group" && entity.spec["type"] !== "push";
    return isOwnCheck ? [{ key: outcome.key, id: outcome.id }] : [];
  });
}
