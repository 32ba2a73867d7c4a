/**
 * The outcome of a run and its exit code. Only this file computes the code, from the same object as the summary, so
 * that a run cannot print "no changes" and exit with 2.
 */
import { InvalidConfigError, KumaError, RefusedError, UsageError, type KumaErrorCode } from "./errors.ts";

export type Signal = "SIGINT" | "SIGTERM";

export type Outcome =
  | { readonly type: "done" }
  /** A plan with changes, with `--detailed-exitcode`. */
  | { readonly type: "changes" }
  /** The configuration has errors. */
  | { readonly type: "invalid" }
  /** Some writes failed or were skipped, or the server still differs afterwards. */
  | { readonly type: "partial" }
  /** Something needs consent that was not given. Nothing was written. */
  | { readonly type: "refused" }
  /** The server changed since the plan was approved. */
  | { readonly type: "stale" }
  /** A monitor is not up, or a sample or test failed. */
  | { readonly type: "not-up" }
  | { readonly type: "interrupted"; readonly signal: Signal }
  | { readonly type: "failed"; readonly error: unknown };

const exitCodes = {
  done: 0,
  failure: 1,
  changes: 2,
  invalid: 3,
  partial: 4,
  refused: 5,
  stale: 6,
  connection: 7,
  incompatible: 8,
  "not-up": 9,
  /** As in sysexits.h; 2 already means changes. */
  usage: 64,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const kumaErrorExits = {
  unreachable: exitCodes.connection,
  "not-uptime-kuma": exitCodes.connection,
  "not-set-up": exitCodes.connection,
  tls: exitCodes.connection,
  "wrong-password": exitCodes.connection,
  "two-factor-needed": exitCodes.connection,
  "two-factor-wrong": exitCodes.connection,
  "token-invalid": exitCodes.connection,
  "too-frequent": exitCodes.connection,
  "api-key": exitCodes.connection,
  "no-credentials": exitCodes.connection,
  "host-not-allowed": exitCodes.connection,
  stalled: exitCodes.connection,
  disconnected: exitCodes.connection,
  incomplete: exitCodes.connection,
  rejected: exitCodes.failure,
  ownerless: exitCodes.failure,
  incompatible: exitCodes.incompatible,
} as const satisfies Record<KumaErrorCode, ExitCode>;

export function exitCodeOf(outcome: Outcome): ExitCode {
  switch (outcome.type) {
    case "failed":
      return exitCodeOfError(outcome.error);
    case "interrupted":
      return exitCodes[outcome.signal];
    case "done":
    case "changes":
    case "invalid":
    case "partial":
    case "refused":
    case "stale":
    case "not-up":
      return exitCodes[outcome.type];
    default:
      return outcome satisfies never;
  }
}

function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof KumaError) return kumaErrorExits[error.code];
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof RefusedError) return exitCodes.refused;
  if (error instanceof InvalidConfigError) return exitCodes.invalid;
  return exitCodes.failure;
}

/** The value of `ok` in JSON documents. Changes reported for `--detailed-exitcode` are not a failure. */
export function isOk(outcome: Outcome): boolean {
  return outcome.type === "done" || outcome.type === "changes";
}

/** From the least to the most severe. Codes that are not listed are more severe than all of these. */
const severity: readonly ExitCode[] = [
  exitCodes.done,
  exitCodes.changes,
  exitCodes["not-up"],
  exitCodes.refused,
  exitCodes.stale,
  exitCodes.partial,
  exitCodes.invalid,
  exitCodes.incompatible,
  exitCodes.connection,
];

/** The outcome of several runs: the one whose exit code counts. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  const rank = (outcome: Outcome): number => {
    const index = severity.indexOf(exitCodeOf(outcome));
    return index < 0 ? severity.length : index;
  };
  return outcomes.reduce<Outcome>((worst, one) => (rank(one) > rank(worst) ? one : worst), { type: "done" });
}
