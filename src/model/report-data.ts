/**
 * The result of a run as plain data. All its reports, and stdout in every format but human, are rendered from this one
 * value, so that they cannot contradict each other. It is redacted before any of them is rendered.
 */
import type { Outcome } from "./exit-code.ts";
import type { Finding } from "./finding.ts";
import type { Plan } from "./plan.ts";
import type { ApplyReport } from "./progress.ts";
import type { DrilledMonitor } from "./drilled-monitor.ts";
import type { ErrorFacts } from "./errors.ts";
import type { ShownSources } from "./shown-line.ts";
import type { FixedFiles } from "./fixed-files.ts";
import type { FirstHeartbeatBody, ReportResult } from "./document-bodies.ts";
import type { ProbedMonitor, TestedMonitor } from "./tested-monitor.ts";

interface RunData {
  /** Decides the exit code, and `ok` in JSON. */
  readonly outcome: Outcome;
}

interface ConfiguredData extends RunData {
  readonly findings: readonly Finding[];
  readonly sources: ShownSources;
}

/** A configuration that was checked, or one that has errors and went no further. */
export interface FindingsData extends ConfiguredData {
  readonly type: "findings";
  readonly project: string;
  /** With `--fix`; `findings` are then those that are left. */
  readonly fixed?: FixedFiles | undefined;
}

interface PlannedData extends ConfiguredData {
  readonly plan: Plan;
  /** The name of the server in the configuration; default: its host. */
  readonly target?: string | undefined;
  /** How long the run took, milliseconds. */
  readonly ms: number;
}

export interface PlanData extends PlannedData {
  readonly type: "plan";
}

export interface ApplyData extends PlannedData {
  readonly type: "apply";
  readonly result: ReportResult;
  /** Why nothing was written. */
  readonly refusal?: string | undefined;
  /** Absent when nothing was written. */
  readonly report?: ApplyReport | undefined;
  /** With `--wait`. */
  readonly firstHeartbeats?: readonly FirstHeartbeatBody[] | undefined;
}

export interface TestData extends RunData {
  readonly type: "test";
  readonly project: string;
  /** The Uptime Kuma versions that judged. */
  readonly servers: readonly string[];
  readonly monitors: readonly TestedMonitor[];
  /** With `--probe`. */
  readonly probes?: readonly ProbedMonitor[] | undefined;
  /** With `--probe`: the releases that the services say they are, and what is wrong with these. */
  readonly released?:
    | {
        readonly services: readonly {
          readonly type: string;
          readonly url: string;
          readonly version?: string | undefined;
        }[];
        readonly findings: readonly Finding[];
      }
    | undefined;
  readonly notes: readonly string[];
}

export interface DrillData extends RunData {
  readonly type: "drill";
  readonly project: string;
  /** A throwaway server, or the real one. */
  readonly on: "sandbox" | "server";
  /** `url` only of the real one. */
  readonly server: { readonly version: string; readonly url?: string };
  readonly monitors: readonly DrilledMonitor[];
  /** How long the run took, milliseconds. */
  readonly ms: number;
}

/** A run that ended before it had anything else to say. */
export interface ErrorData extends RunData {
  readonly type: "error";
  readonly error: ErrorFacts;
}

export type ReportData = FindingsData | PlanData | ApplyData | TestData | DrillData | ErrorData;
