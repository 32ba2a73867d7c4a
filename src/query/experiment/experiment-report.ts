/** The input of an experiment and its report. */
import type { Judgement, QueryRule } from "../check.ts";
import type { ExperimentCase, Sample } from "./experiment-case.ts";

/** The input that all experiments share, whatever judges their cases. */
export interface ExperimentSetup {
  readonly sample: Sample;
  /** At least one. The first one is reported on, and the others are compared with it. */
  readonly servers: readonly string[];
  readonly isUpsideDown?: boolean;
  /** Responses that are known to be bad. */
  readonly badSamples?: readonly (Sample & { readonly name: string })[];
  /** Milliseconds since 1970 at which the sample was healthy. */
  readonly clock: number;
  /** Whether the monitor accepts a status code. Absent: it does not check the status. */
  readonly acceptsStatus?: (status: number) => boolean;
}

export interface ExperimentInput extends QueryRule, ExperimentSetup {}

/** A setup with the texts that decide the verdict: `query` and `expected`, which may be a keyword. */
export interface ExperimentRun extends ExperimentSetup, Pick<QueryRule, "query" | "expected" | "askedBy"> {
  readonly about: "query" | "keyword" | "inverted keyword";
}

/** The names of the counted cases, and how many cases there were in total. */
export interface Tally {
  readonly total: number;
  readonly names: readonly string[];
}

/** The result, on the first server unless stated otherwise. */
export interface ExperimentReport {
  readonly servers: readonly string[];
  readonly evaluations: number;
  /** False if queries were stopped and the remaining cases were not tried. */
  readonly isComplete: boolean;
  /** The judgement on the sample for each server, in the order of `servers`. */
  readonly healthy: readonly Judgement[];
  readonly passes: boolean;
  /** Dead bodies and bad samples for which the monitor is up. */
  readonly missed: Tally;
  /** Faults for which the monitor is down. */
  readonly seen: Tally;
  /**
   * Places where at least one fault is detected; `blind` has the others. Both are empty if the sample itself does not
   * pass.
   */
  readonly watched: readonly string[];
  readonly blind: readonly string[];
  /** Harmless variants for which the monitor is down. */
  readonly falseAlarms: Tally;
  /** Whether the sample is down a day or a year later. */
  readonly isClockSensitive: boolean;
  /** Cases for which the servers differ. */
  readonly splits: Tally;
  /** Whether the monitor can be down because of a value, and not only because there is none. */
  readonly canFailByValue: boolean;
  readonly findings: readonly ExperimentFinding[];
}

/** A case with its judgement on each server. */
export interface JudgedCase extends ExperimentCase {
  readonly judgements: readonly Judgement[];
  /** Down because of its status code; the body was not judged. */
  readonly isRefused?: true;
}

export interface ExperimentFinding {
  readonly rule:
    | "sample-is-down" // the healthy sample is down
    | "not-json" // the same, because a query finds nothing in what is not JSON
    | "stays-up-when-dead" // dead bodies are up
    | "uncomparable-result" // the result cannot be compared
    | "constant-query" // no document found for one of the verdicts
    | "unbounded-query" // had to be stopped
    | "sample-differs-by-release" // the servers disagree on the sample
    | "fragile" // harmless variants are down
    | "fails-only-by-error" // fails only by error
    | "differs-by-release" // the servers disagree on other cases
    | "clock-or-chance" // depends on the clock
    | "watched-fields"; // watched and blind places
  readonly severity: "error" | "warning" | "info";
  /** One sentence in lower case, without a full stop. */
  readonly message: string;
  readonly hint?: string;
  readonly why?: string;
}
