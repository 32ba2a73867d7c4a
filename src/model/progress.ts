/** The events of an apply, and its final report, which is computed from the events. */
import type { EntityKey, KumaId } from "./entity.ts";
import type { Blocker, StepAction } from "./plan.ts";
import type { BlockerFacts } from "./plan-facts.ts";

export type StepOutcome =
  | {
      readonly key: EntityKey;
      readonly action: StepAction;
      readonly result: "done";
      readonly id: KumaId;
      readonly ms: number;
    }
  | { readonly key: EntityKey; readonly action: StepAction; readonly result: "failed"; readonly error: StepError }
  /**
   * Not attempted: a step it needs failed, the run was interrupted, or an earlier step failed and the run stops at the
   * first failure; or this run could no longer be sure that no other run writes (`lease`).
   */
  | {
      readonly key: EntityKey;
      readonly action: StepAction;
      readonly result: "skipped";
      readonly because: EntityKey | "interrupted" | "disconnected" | "stopped" | "lease";
    };

export interface StepError {
  readonly message: string;
  readonly hint?: string;
  /** It is not known whether the server did the write. */
  readonly isMaybeApplied: boolean;
  /** This run cannot write any more. */
  readonly isConnectionLost: boolean;
}

export type ApplyEvent =
  | {
      readonly type: "started";
      readonly key: EntityKey;
      readonly action: StepAction;
      readonly index: number;
      readonly total: number;
    }
  | { readonly type: "finished"; readonly outcome: StepOutcome; readonly index: number; readonly total: number }
  | { readonly type: "verifying" };

/** The differences that the second plan, made after the last write, still finds. */
export type Verification<Found = Blocker> =
  | { readonly state: "converged" }
  | {
      readonly state: "remaining";
      readonly steps: readonly {
        readonly key: EntityKey;
        readonly action: StepAction;
        readonly paths: readonly string[];
      }[];
      /** Other problems, such as objects that another run created twice and texts that the database could not store. */
      readonly blockers: readonly Found[];
    }
  | { readonly state: "unknown"; readonly reason: string };

/** Whether the ledger was written. Without it, kuma-sync still uses the markers, but cannot tell why fields differ. */
export type LedgerOutcome = { readonly state: "written" } | { readonly state: "unwritten"; readonly reason: string };

export interface ApplyReport<Found = Blocker> {
  readonly outcomes: readonly StepOutcome[];
  /** Absent if there was nothing to write into it. */
  readonly ledger?: LedgerOutcome;
  readonly verification: Verification<Found>;
  readonly interrupted: boolean;
  /** Whether every step was done and no difference remains. */
  readonly ok: boolean;
}

/** The report of `apply`, without words. */
export type ReportFacts = ApplyReport<BlockerFacts>;
