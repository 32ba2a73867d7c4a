/**
 * How long the runs of a project wait for each other, milliseconds. All of them go by the same numbers;
 * docs/decisions/0012-lease.md says what follows from each.
 */
export const leaseTimes = {
  /** The holder changes the record this often. */
  renew: 3000,
  /** The holder starts no write later than this after it sent its newest acknowledged change of the record. */
  valid: 6000,
  /** A claim that a run has watched for this long without a change counts as given up. */
  claimStale: 10_000,
  /** The same for a lease that is held. */
  heldStale: 20_000,
  /** How often a waiting run looks. */
  look: 500,
} as const;

/** What the lease needs of the world, so that a test can be its clock. */
export interface LeaseClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** 0 to 1. */
  random(): number;
}
