/** What stops a plan before its first write, each with the ways on. Nothing here filters steps. */
import type { Blocker } from "../model/plan.ts";
import { checkBulk, checkIncomplete } from "./guards/bulk.ts";
import { checkCompletions } from "./guards/completions.ts";
import { checkDuplicates } from "./guards/duplicates.ts";
import { checkNesting } from "./guards/groups.ts";
import type { Guard, GuardInput, GuardOptions } from "./guards/guard.ts";
import { checkReferences } from "./guards/references.ts";
import { checkPages, checkPushTokens } from "./guards/taken.ts";
import { checkDeletes, checkEmpty, checkProtected } from "./guards/removals.ts";
import { checkRenames } from "./guards/renames.ts";
import { checkGroups, checkSharedDeletes } from "./guards/shared.ts";

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

export function findBlockers(input: GuardInput, options: GuardOptions): readonly Blocker[] {
  return guards.flatMap((guard) => guard(input, options));
}
