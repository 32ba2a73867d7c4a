/** The input of an experiment and its report. */
import type { Judgement, QueryRule } from "../check.ts";
import type { ExperimentCase, Sample } from "./experiment-case.ts";

/** What any experiment takes, whatever judges its cases. */
export interface ExperimentSetup {
  readonly sample: Sample;
  /** At least one. The first is the one that is reported on, the others are only compared with it. */
  readonly servers: readonly string[];
  readonly isUpsideDown?: boolean;
  /** Responses that are known to be bad. */
  readonly badSamples?: readonly (Sample & { readonly name: string })[];
  /** Milliseconds since 1970: when the sample was healthy. */
  readonly clock: number;
  /** Whether the monitor accepts a status code; absent: it does not look at one. */
  readonly acceptsStatus?: (status: number) => boolean;
}

export interface ExperimentInput extends QueryRule, ExperimentSetup {}

/** A setup with the constants that decide: those of `query`, and `expected`, which may be a keyword. */
export interface ExperimentRun extends ExperimentSetup, Pick<QueryRule, "query" | "expected" | "askedBy"> {
  readonly about: "query" | "keyword" | "inverted keyword";
}

/** Case names, with how many there were. */
export interface Tally {
  readonly total: number;
  readonly names: readonly string[];
}

/** What happened, on the first server unless it says otherwise. */
export interface ExperimentReport {
  readonly servers: readonly string[];
  readonly evaluations: number;
  /** False when queries had to be stopped, and the rest was not tried. */
  readonly isComplete: boolean;
  /** The sample's own judgement on each server, in the order of `servers`. */
  readonly healthy: readonly Judgement[];
  readonly passes: boolean;
  /** Dead bodies and bad samples shown as up. */
  readonly missed: Tally;
  /** Faults shown as down. */
  readonly seen: Tally;
  /** Places where at least one fault is seen, and the others; empty when the sample itself does not pass. */
  readonly watched: readonly string[];
  readonly blind: readonly string[];
  /** Harmless variants shown as down. */
  readonly falseAlarms: Tally;
  /** Whether the sample is down a day or a year later. */
  readonly isClockSensitive: boolean;
  /** Cases whose status differs between the servers. */
  readonly splits: Tally;
  /** Whether it can be down because of a value, not only because there was none. */
  readonly canFailByValue: boolean;
  readonly findings: readonly ExperimentFinding[];
}

/** A case with its judgement on each server. */
export interface JudgedCase extends ExperimentCase {
  readonly judgements: readonly Judgement[];
  /** Down because of its status code: nothing has looked at the body. */
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
  /** One sentence: lower case, no full stop. */
  readonly message: string;
  readonly hint?: string;
  readonly why?: string;
}
