import type { QueryLab } from "../query/lab.ts";

/** Stopped queries. Each takes the time limit of one evaluation, 2 s. */
const mostStopped = 5;

/** Milliseconds for all monitors together, plus some for each: much more than working queries need on a busy machine. */
const sharedTime = 60_000;
const timeOfOne = 500;

interface JudgingLimitInput {
  readonly lab: Pick<QueryLab, "stopped">;
  /** How many monitors are to be judged. */
  readonly monitors: number;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * Limits the time that judging a whole configuration takes: queries that never end would otherwise cost their time limit for
 * each response of each monitor. To be asked before each monitor; returns why no further one is judged, or undefined.
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
