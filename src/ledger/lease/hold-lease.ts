/** A lease that this run has: renews it, checks it before every write, and gives it back. */
import { storeSettings } from "../../kinds/settings/store-settings.ts";
import { KumaError } from "../../model/errors.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import type { LeaseHolder } from "../../model/lease.ts";
import { leaseSetting, readLease, type LeaseRecord, type LeaseValue } from "./lease-record.ts";
import { leaseTimes, type LeaseClock } from "./lease-times.ts";

export interface HeldLease {
  /**
   * Whether a write may start now. If the last renewal is too old to rely on, as after a stall or a suspended laptop,
   * the lease is renewed first. Once another run has the lease, always false.
   */
  mayWrite(): Promise<boolean>;
  /** Undefined as long as this run has the lease. */
  readonly lost: LeaseLoss | undefined;
  /**
   * Gives the lease back once, if this run still has it. Never throws because of the server: other runs take over a
   * lease that is stale.
   */
  release(): Promise<void>;
}

export interface LeaseLoss {
  /** The run that has the lease now; undefined if that is not known. */
  readonly to: LeaseHolder | undefined;
}

export interface HoldLeaseInput {
  readonly client: KumaClient;
  readonly project: string;
  readonly clock: LeaseClock;
  /** The record as this run claimed it. */
  readonly value: LeaseValue;
  /** When the claim was sent, in milliseconds of the clock. */
  readonly sent: number;
}

export function holdLease({ client, project, clock, value, sent }: HoldLeaseInput): HeldLease {
  const ended = new AbortController();
  let beat = value.beat;
  let confirmed = sent;
  let lost: LeaseLoss | undefined;
  let renewing: Promise<void> | undefined;
  let released: Promise<void> | undefined;

  /**
   * Two kinds of records may overwrite ours and are overwritten again: a late claim of a run that found the same free
   * record and did not win, and an older record that the settings page sent back as it had loaded it. A higher turn is
   * different: that run considered this one dead, so this run's view of the server is out of date, even if the other
   * run has ended.
   */
  const write = async (state: "held" | "free"): Promise<void> => {
    const began = clock.now();
    let other: LeaseLoss | undefined;
    await storeSettings(client, (now) => {
      const { record } = readLease(now, project);
      if (isLostTo(record)) other = { to: record.holder };
      else if (state === "held" || record.id === value.id) return next(state);
      return undefined;
    });
    lost ??= other;
    if (lost === undefined) confirmed = began;
  };
  const isLostTo = ({ id, turn, state }: LeaseRecord): boolean =>
    id !== value.id && (turn > value.turn || state === "unknown" || (turn === value.turn && state === "held"));
  const next = (state: "held" | "free"): ReturnType<typeof leaseSetting> => {
    beat += 1;
    return leaseSetting(project, { ...value, state, beat });
  };
  const renew = (): Promise<void> => {
    renewing ??= write("held").finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  const keepAlive = async (): Promise<void> => {
    for (;;) {
      await renew().catch(ignoreServer);
      if (lost !== undefined) return;
      await clock.wait(leaseTimes.renew, ended.signal);
    }
  };
  const alive = keepAlive().catch((error: unknown) => {
    if (!ended.signal.aborted) throw error;
  });
  // Errors are reported when the lease is released; they must not end the process earlier.
  alive.catch(() => undefined);

  const giveBack = async (): Promise<void> => {
    ended.abort(new Error("the lease is given back"));
    await alive;
    await renewing?.catch(ignoreServer);
    if (lost === undefined) await write("free").catch(ignoreServer);
  };

  return {
    get lost() {
      return lost;
    },
    mayWrite: async () => {
      if (lost !== undefined) return false;
      if (clock.now() - confirmed < leaseTimes.valid) return true;
      try {
        await renew();
      } catch (error) {
        ignoreServer(error);
        // The write itself will report the lost connection.
        return error.code === "disconnected";
      }
      return lost === undefined && clock.now() - confirmed < leaseTimes.heldStale - leaseTimes.valid;
    },
    release: () => (released ??= giveBack()),
  };
}

function ignoreServer(error: unknown): asserts error is KumaError {
  if (!(error instanceof KumaError)) throw error;
}
