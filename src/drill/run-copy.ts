/** The life of one copy: healthy, broken, healthy again. */
import { randomBytes } from "node:crypto";
import { drillName, drillText } from "../kinds/drill-marker.ts";
import { localKey } from "../model/entity.ts";
import type { DrilledAlarm, DrilledBeat, DrilledVariant } from "../model/drilled-monitor.ts";
import type { JsonObject } from "../model/json.ts";
import type { Heartbeat } from "../model/kuma-client.ts";
import { copySpec } from "./copy-spec.ts";
import type { DrillServer } from "./drill-server.ts";
import type { DrillListener, Notice, Slot } from "./listener.ts";
import { isPush, type PlannedDrill, type PlannedVariant, type Way } from "./planned-drill.ts";
import { waitFor } from "./wait-for.ts";

/** What all copies of a drill share. */
export interface DrillStage {
  readonly server: DrillServer;
  readonly listener: DrillListener;
  readonly project: string;
  readonly run: string;
  /** Of the copies of a monitor, by its key; the webhook among them. */
  readonly notificationsOf: (drill: PlannedDrill, variant: PlannedVariant | undefined) => readonly number[];
  /** Whether notifications arrive while nobody listens at the port of the copies. */
  readonly hearsWhileClosed: boolean;
  readonly now: () => number;
  /** Ends the drill. */
  readonly signal: AbortSignal;
}

/** Milliseconds: a check takes up to its timeout of 16 s; a job that goes silent is noticed after two intervals. */
const beatLimit = 45_000;
/** Milliseconds. The server sends a notification before it reports the heartbeat, so it is there or never comes. */
const alarmLimit = 5000;

export interface DrillCopy {
  readonly id: number;
  readonly slot: Slot | undefined;
  readonly token: string;
  readonly drill: PlannedDrill;
  readonly variant: PlannedVariant | undefined;
}

/** Makes the copy; resolves with its first heartbeat, of the healthy answer. Throws KumaError. */
export async function startCopy(
  stage: DrillStage,
  drill: PlannedDrill,
  variant: PlannedVariant | undefined,
): Promise<{ readonly copy: DrillCopy; readonly beat: DrilledBeat }> {
  const { server, listener, now } = stage;
  const slot = drill.healthy === undefined ? undefined : listener.slot(drill.healthy);
  const token = randomBytes(10).toString("hex");
  const asked = now();
  const id = await server.add(specOf(stage, { drill, variant, slot, token }));
  const copy: DrillCopy = { id, slot, token, drill, variant };
  const known = server.newest(id);
  const [beat] =
    known !== undefined && isVerdict(known)
      ? [known]
      : await Promise.all([
          nextBeat(stage, id, () => true),
          drill.healthy === undefined ? server.push(token, "up") : undefined,
        ]);
  return { copy, beat: described(beat, now() - (slot !== undefined && slot.served > 0 ? slot.servedAt : asked)) };
}

/** The copy meets its variant. */
export async function breakCopy(
  stage: DrillStage,
  copy: DrillCopy,
  { expect, way }: PlannedVariant,
): Promise<DrilledBeat & Pick<DrilledVariant, "alarm" | "isAlarmUnseen">> {
  const isHeard = way.type !== "closed" || stage.hearsWhileClosed;
  const beat = await meetUntil(stage, copy, { way, expect, alarmAt: isHeard ? "down" : undefined });
  return isHeard || beat.status !== "down" ? beat : { ...beat, isAlarmUnseen: true };
}

/** The copy meets the healthy answer again. */
export async function healCopy(stage: DrillStage, copy: DrillCopy): Promise<NonNullable<DrilledVariant["recovered"]>> {
  return meetUntil(stage, copy, { way: copy.drill.healthy, expect: "up", alarmAt: "up" });
}

/**
 * A check that was under way belongs to the answer before, so a verdict that surprises is asked for once more. Waits for the
 * notification of a copy that is `alarmAt`, if it has one.
 */
async function meetUntil(
  stage: DrillStage,
  copy: DrillCopy,
  {
    way,
    expect,
    alarmAt,
  }: { readonly way: Way | undefined; readonly expect: "up" | "down"; readonly alarmAt: "up" | "down" | undefined },
): Promise<DrilledBeat & { readonly alarm?: DrilledAlarm }> {
  const since = stage.now();
  const first = await meet(stage, copy, way);
  const { beat, from } = first.beat.status === expect ? first : await meet(stage, copy, way);
  const { drill, variant } = copy;
  if (beat.status !== alarmAt || stage.notificationsOf(drill, variant).length === 0) return beat;
  const notice = await noticeOf(stage, copy, { status: alarmAt === "up" ? 1 : 0, since });
  if (notice === undefined) return beat;
  return { ...beat, alarm: { text: notice.text, ms: Math.max(0, Math.round(notice.at - Math.min(from, notice.at))) } };
}

export async function removeCopy(stage: DrillStage, { id, slot }: DrillCopy): Promise<void> {
  slot?.end();
  await stage.server.remove(id);
}

/** One check that meets `way`; without one, a push that says up. `from` is when the copy got to know. */
async function meet(
  stage: DrillStage,
  { id, slot, token, drill }: DrillCopy,
  way: Way | undefined,
): Promise<{ readonly beat: DrilledBeat; readonly from: number }> {
  const { server, now } = stage;
  const asked = now();
  const since = (): number => (slot !== undefined && slot.served > 0 ? slot.servedAt : asked);
  if (way === undefined || isPush(way)) {
    const push = way?.type === "push-silence" ? undefined : server.push(token, way === undefined ? "up" : "down");
    const [beat] = await Promise.all([nextBeat(stage, id, () => true), push]);
    return { beat: described(beat, now() - asked), from: asked };
  }
  slot?.answer(way);
  const isAnswered = drill.contact === "request" && way.type !== "closed";
  const isOfThis = (): boolean => !isAnswered || (slot?.served ?? 0) > 0;
  const [beat] = await Promise.all([nextBeat(stage, id, isOfThis), server.check(id)]);
  return { beat: described(beat, now() - since()), from: since() };
}

function nextBeat({ server, signal }: DrillStage, id: number, isOfThis: () => boolean): Promise<Heartbeat | undefined> {
  return waitFor(server.beats, (beat) => beat.monitorId === id && isVerdict(beat) && isOfThis(), {
    ms: beatLimit,
    signal,
  });
}

/** Neither pending nor maintenance. */
function isVerdict({ status }: Heartbeat): boolean {
  return status === 0 || status === 1;
}

function described(beat: Heartbeat | undefined, ms: number): DrilledBeat {
  if (beat === undefined) return { status: "none", message: "no heartbeat came", ms: Math.round(ms) };
  return { status: beat.status === 1 ? "up" : "down", message: beat.message, ms: Math.round(ms) };
}

/** The notification since then, which may have come already. */
async function noticeOf(
  { server, signal }: DrillStage,
  { id }: DrillCopy,
  { status, since }: { readonly status: number; readonly since: number },
): Promise<Notice | undefined> {
  const isIt = (notice: Notice): boolean => notice.monitorId === id && notice.status === status && notice.at >= since;
  return server.noticed.find(isIt) ?? waitFor(server.notices, isIt, { ms: alarmLimit, signal });
}

interface CopyParts extends Pick<DrillCopy, "drill" | "variant" | "slot" | "token"> {}

function specOf({ project, run, notificationsOf }: DrillStage, { drill, variant, slot, token }: CopyParts): JsonObject {
  const { name, key, spec, contact } = drill;
  const copy = copySpec(spec, {
    // 150 characters fit into the column on MariaDB.
    name: `${drillName} ${name}${variant === undefined ? "" : `: ${variant.name}`}`.slice(0, 150),
    description: drillText({ project, key: localKey(key), run }),
    notifications: notificationsOf(drill, variant),
    place: slot?.place ?? { base: "", secret: "", host: "", address: "", port: 0 },
  });
  return contact === "push" ? { ...copy, pushToken: token } : copy;
}
