/** A lease in the hands of this run: kept alive, asked before every write, given back. */
import { storeSettings } from "../../kinds/settings/store-settings.ts";
import { KumaError } from "../../model/errors.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import type { LeaseHolder } from "../../model/lease.ts";
import { leaseSetting, readLease, type LeaseRecord, type LeaseValue } from "./lease-record.ts";
import { leaseTimes, type LeaseClock } from "./lease-times.ts";

export interface HeldLease {
  /**
   * Whether a write may start now. Renews the lease first when the last renewal is too old to rely on, as after a stall
   * or a suspended laptop. False once another run has the lease, and from then on.
   */
  mayWrite(): Promise<boolean>;
  /** Undefined while the lease is ours. */
  readonly lost: LeaseLoss | undefined;
  /**
   * Gives the lease back, if it is still ours; once. Never throws for the server: a lease that stays is taken over once
   * it is stale.
   */
  release(): Promise<void>;
}

export interface LeaseLoss {
  /** Who has it now; undefined where that is not known. */
  readonly to: LeaseHolder | undefined;
}

export interface HoldLeaseInput {
  readonly client: KumaClient;
  readonly project: string;
  readonly clock: LeaseClock;
  /** As it was claimed. */
  readonly value: LeaseValue;
  /** When the claim was sent, by the clock. */
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
   * Over ours may lie: a claim of a run that found the same record free and was late, which has not won and gives way;
   * or an older record, which the settings page wrote back as it had loaded it. Both are written over. A later turn is
   * another run's that saw this one as dead, also if it has ended by now: what this run knows of the server is out of
   * date.
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
  // An error here is reported when the lease is released; it must not end the process earlier.
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
        // The write itself will say that the connection is gone.
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
