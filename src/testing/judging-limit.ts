import type { QueryLab } from "../query/lab.ts";

/** Stopped evaluations. Each takes the time limit of one evaluation, 2 s. */
const mostStopped = 5;

/**
 * Milliseconds for all monitors together, plus some for each. This is much more than working queries need on a busy
 * machine.
 */
const sharedTime = 60_000;
const timeOfOne = 500;

interface JudgingLimitInput {
  readonly lab: Pick<QueryLab, "stopped">;
  /** How many monitors are to be judged. */
  readonly monitors: number;
  /** The time in milliseconds. */
  readonly now: () => number;
}

/**
 * Limits the time for judging a whole configuration: queries that never end would otherwise take their time limit for
 * each response of each monitor. Call the result before each monitor. It returns why no further monitor should be
 * judged, or undefined.
 */
export function startJudgingLimit({ lab, monitors, now }: JudgingLimitInput): () => string | undefined {
  const end = now() + sharedTime + monitors * timeOfOne;
  const stoppedBefore = lab.stopped();
  return () => {
    const stopped = lab.stopped() - stoppedBefore;
    if (stopped >= mostStopped) return `${stopped} evaluations of queries had to be stopped`;
    return now() > end ? `judging has taken ${Math.round((sharedTime + monitors * timeOfOne) / 1000)} s` : undefined;
  };
}
