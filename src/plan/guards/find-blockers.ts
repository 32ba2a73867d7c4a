/** Collects everything that stops a plan before its first write. Guards do not remove steps. */
import type { BlockerFacts } from "../../model/plan-facts.ts";
import { checkBulk, checkCompletions, checkIncomplete } from "./bulk.ts";
import { checkDuplicates } from "./duplicates.ts";
import { checkNesting } from "./groups.ts";
import type { Guard, GuardInput, GuardOptions } from "./guard.ts";
import { checkReferences } from "./references.ts";
import { checkPages, checkPushTokens } from "./taken.ts";
import { checkDeletes, checkEmpty, checkProtected } from "./removals.ts";
import { checkRenames } from "./renames.ts";
import { checkGroups, checkSharedDeletes } from "./shared.ts";

const guards: readonly Guard[] = [
  checkDuplicates,
  checkReferences,
  checkIncomplete,
  checkEmpty,
  checkProtected,
  checkRenames,
  checkDeletes,
  checkBulk,
  checkSharedDeletes,
  checkGroups,
  checkNesting,
  checkPages,
  checkPushTokens,
  checkCompletions,
];

export function findBlockers(input: GuardInput, options: GuardOptions): readonly BlockerFacts[] {
  return guards.flatMap((guard) => guard(input, options));
}
