import { checkAgainstExpected } from "./against-expected.ts";
import { checkConstants } from "./constants.ts";
import { checkDangers } from "./dangers.ts";
import { checkEngineDependent } from "./engine-dependent.ts";
import { checkFields } from "./fields.ts";
import { checkFunctions } from "./functions.ts";
import { checkIsoTimes } from "./iso-times.ts";
import type { LintContext, LintFinding } from "./lint-context.ts";
import type { QueryNode } from "./query-tree.ts";
import { checkReaching } from "./reaching.ts";
import { withTree } from "./tree-context.ts";

const treeChecks = [
  checkFunctions,
  checkConstants,
  checkAgainstExpected,
  checkEngineDependent,
  checkDangers,
  checkIsoTimes,
  checkFields,
  checkReaching,
];

/** The findings of all checks of the syntax tree. The work grows linearly with the size of the query. */
export function lintTree(context: LintContext, tree: QueryNode): readonly LintFinding[] {
  const treeContext = withTree(context, tree);
  return treeChecks.flatMap((check) => check(treeContext));
}
