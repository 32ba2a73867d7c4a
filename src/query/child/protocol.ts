/** The messages between the two processes, one line of JSON each. */
import type { RuledCheck, Verdict } from "../check.ts";
import type { EngineVersion } from "../engines.ts";
import type { ServerRules } from "../server-rules.ts";

/** The child's only argument, as JSON: the paths of the files that it may read besides its own. */
export interface ChildFiles {
  readonly ses: string;
  readonly engines: Readonly<Record<EngineVersion, string>>;
}

/**
 * To the child: checks, in order. Bodies and rules repeat, so a check holds their index in the lists. The child answers
 * each check with one line, an Answer.
 */
export interface Pack {
  readonly bodies: readonly string[];
  readonly rules: readonly ServerRules[];
  readonly checks: readonly PackedCheck[];
}

export interface PackedCheck extends Omit<RuledCheck, "body"> {
  readonly body: number;
  readonly rules: number;
}

/** From the child: one for each check, in order. */
export interface Answer {
  /** Index of the check in the pack. */
  readonly check: number;
  readonly verdict: Verdict;
}

/** The child's first line. */
export const readyLine = "ready";
