/** What the two processes say to each other: one line of JSON a message. */
import type { RuledCheck, Verdict } from "../check.ts";
import type { EngineVersion } from "../engines.ts";
import type { ServerRules } from "../server-rules.ts";

/** The child's only argument, as JSON: the files that it may read besides its own. */
export interface ChildFiles {
  readonly ses: string;
  readonly engines: Readonly<Record<EngineVersion, string>>;
}

/**
 * To the child: checks in order. Bodies and rules repeat, so that a check has their place in the lists instead. The child
 * answers each check with one line, an Answer.
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

/** From the child, one for each check and in their order. */
export interface Answer {
  /** Counted from 0 in the pack. */
  readonly check: number;
  readonly verdict: Verdict;
}

/** The child's first line. */
export const readyLine = "ready";
