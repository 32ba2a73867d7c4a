/** What `test` found out about a monitor. */
import type { EntityKey } from "./entity.ts";
import type { Finding } from "./finding.ts";

export interface TestedMonitor {
  readonly key: EntityKey;
  readonly name: string;
  readonly tests: readonly TestResult[];
  /** Absent without a sample that passes. */
  readonly experiment?: ExperimentCounts;
  /** If one of them is an error, the monitor has failed. */
  readonly findings: readonly Finding[];
}

export interface TestResult {
  readonly name: string;
  /** The Uptime Kuma version that judged. */
  readonly server: string;
  readonly expect: "up" | "down";
  /** `killed`: the query had to be stopped. */
  readonly status: "up" | "down" | "killed";
  /** The server's own words, of the check itself. */
  readonly message: string;
}

/** `count` of `total`. */
interface Count {
  readonly count: number;
  readonly total: number;
}

export interface ExperimentCounts {
  /** Dead responses that are shown as down, as they should. */
  readonly dead: Count;
  /** Single faults in the sample that are shown as down. */
  readonly faults: Count;
  /** Harmless changes that are shown as down, as they should not. */
  readonly falseAlarms: Count;
  readonly watched: readonly string[];
  readonly blind: readonly string[];
}

/** One request that `test --probe` sent, free of secrets. */
export interface ProbedMonitor {
  readonly key: EntityKey;
  readonly name: string;
  readonly status: "up" | "down" | "skipped";
  /** The server's own words, or why it was not probed. */
  readonly message: string;
  /** Milliseconds. */
  readonly ms?: number;
  readonly httpStatus?: number;
  /** The beginning of the response. */
  readonly body?: string;
  readonly notes: readonly string[];
}

export function isPassed({ expect, status }: TestResult): boolean {
  return expect === status;
}

export function hasFailed({ findings }: TestedMonitor): boolean {
  return findings.some(({ severity }) => severity === "error");
}
