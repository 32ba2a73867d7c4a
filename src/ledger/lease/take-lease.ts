/**
 * Takes a project's lease, so that only one of two runs writes. Settings have no compare-and-set; this is the fast path
 * of Lamport's mutual exclusion (A fast mutual exclusion algorithm, 1987): announce yourself, check that the lease is
 * free, claim it, and check that no other run claimed it since. Of all runs that found the same free record, at most
 * one is both the last to announce itself and the one in the lease, however slow the others are. A run that does not
 * win waits until the record is free, or has not changed for long enough while it watched, and starts again.
 */
import { readSettings, storeSettings } from "../../kinds/settings/store-settings.ts";
import { KumaError } from "../../model/errors.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import type { LeaseHeld, LeaseHolder } from "../../model/lease.ts";
import { arrivalSetting, isFree, leaseSetting, readLease, type LeaseRecord } from "./lease-record.ts";
import { holdLease, type HeldLease } from "./hold-lease.ts";
import { leaseTimes, type LeaseClock } from "./lease-times.ts";

export interface TakeLeaseInput {
  readonly client: KumaClient;
  readonly project: string;
  /** Random, unique to this run. */
  readonly id: string;
  readonly holder: LeaseHolder;
  /** Milliseconds to wait for another run. */
  readonly waitMs: number;
  readonly clock: LeaseClock;
  readonly signal?: AbortSignal;
  /** Called once when this run has to wait for another. */
  readonly onWait?: (holder: LeaseHolder | undefined) => void;
}

export type TakenLease =
  | {
      readonly state: "taken";
      readonly lease: HeldLease;
      /** The record that this run replaced. */
      readonly replaced: LeaseRecord;
      /** Whether another run had the lease in between; then the earlier observation is out of date. */
      readonly hasWaited: boolean;
    }
  | ({ readonly state: "held" } & LeaseHeld)
  /** The server refuses to store the lease; `reason` is its message. */
  | { readonly state: "unwritten"; readonly reason: string };

/**
 * After this many refusals in a row, the server counts as not storing the lease. Two first claims at the same time
 * cause one refusal.
 */
const maxRefusals = 3;

/** Throws KumaError if the server does not answer, and the signal's reason if it is aborted. */
export async function takeLease(input: TakeLeaseInput): Promise<TakenLease> {
  const { client, project, clock, signal, waitMs, onWait } = input;
  const started = clock.now();
  let watched: { readonly record: LeaseRecord; readonly since: number } | undefined;
  let hasWaited = false;
  let refusals = 0;
  for (let attempt = 1; ; attempt += 1) {
    const settings = await readSettings(client).catch(reasonOf);
    if (typeof settings === "string") return { state: "unwritten", reason: settings };
    const { record } = readLease(settings, project);
    if (watched?.record.text !== record.text) watched = { record, since: clock.now() };
    if (isFree(record) || clock.now() - watched.since >= patienceFor(record)) {
      const claimed = await claim(record, `${input.id}.${attempt}`, input);
      if (claimed.state === "won") return { state: "taken", lease: claimed.lease, replaced: record, hasWaited };
      refusals = claimed.state === "refused" ? refusals + 1 : 0;
      if (claimed.state === "refused" && refusals >= maxRefusals) return { state: "unwritten", reason: claimed.reason };
    } else if (!hasWaited) onWait?.(record.holder);
    hasWaited = true;
    const watchedMs = clock.now() - started;
    if (watchedMs >= waitMs) return { state: "held", holder: record.holder, watchedMs };
    await clock.wait(Math.min(waitMs - watchedMs, leaseTimes.look * (0.5 + clock.random())), signal);
  }
}

function patienceFor({ state }: LeaseRecord): number {
  return state === "claimed" ? leaseTimes.claimStale : leaseTimes.heldStale;
}

type Claimed =
  | { readonly state: "won"; readonly lease: HeldLease }
  | { readonly state: "lost" }
  | { readonly state: "refused"; readonly reason: string };

/** One attempt of the algorithm; `open` is the record that counts as free. */
async function claim(open: LeaseRecord, id: string, input: TakeLeaseInput): Promise<Claimed> {
  const { client, project, holder, clock } = input;
  const turn = open.turn + 1;
  const value = { state: "claimed", turn, id, beat: 0, holder } as const;
  try {
    if (!(await storeIfStill(open, arrivalSetting(project, id), input))) return { state: "lost" };
    const sent = clock.now();
    if (!(await storeIfStill(open, leaseSetting(project, value), input))) return { state: "lost" };
    const { record, arrival } = readLease(await readSettings(client), project);
    if (record.id !== id || arrival !== id) return { state: "lost" };
    return { state: "won", lease: holdLease({ client, project, clock, value, sent }) };
  } catch (error) {
    return { state: "refused", reason: reasonOf(error) };
  }
}

/** The server's reason. Throws errors that are not refusals. */
function reasonOf(error: unknown): string {
  if (error instanceof KumaError && error.code === "rejected") return error.message;
  throw error;
}

/** Returns false, without writing, when the record has changed. */
async function storeIfStill(
  open: LeaseRecord,
  setting: ReturnType<typeof arrivalSetting>,
  { client, project }: TakeLeaseInput,
): Promise<boolean> {
  let isStill = false;
  await storeSettings(client, (now) => {
    isStill = readLease(now, project).record.text === open.text;
    return isStill ? setting : undefined;
  });
  return isStill;
}
