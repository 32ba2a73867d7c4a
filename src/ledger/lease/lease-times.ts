/**
 * How long the runs of a project wait for each other, in milliseconds. All versions must use the same numbers;
 * docs/decisions/0012-lease.md explains each.
 */
export const leaseTimes = {
  /** How often the holder changes the record. */
  renew: 3000,
  /** The holder starts no write later than this after it sent its last acknowledged change of the record. */
  valid: 6000,
  /** A claim that has not changed for this long, while a run watched it, counts as given up. */
  claimStale: 10_000,
  /** The same for a held lease. */
  heldStale: 20_000,
  /** How often a waiting run reads the record. */
  look: 500,
} as const;

/** Time and chance as the lease uses them, so that tests can replace both. */
export interface LeaseClock {
  /** Milliseconds; never goes back. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0 and less than 1. */
  random(): number;
}
