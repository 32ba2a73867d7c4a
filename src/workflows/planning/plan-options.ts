/** Reads from the flags what a plan may contain. */
import type { Desired } from "../../model/entity.ts";
import { UsageError } from "../../model/errors.ts";
import type { PlanOptions } from "../../plan/make-plan.ts";
import { selectorOf, selectsNothing, unmatchedSelectors } from "../../plan/order/selection.ts";
import type { ScopeFlags } from "../../run/flags.ts";

/**
 * The flags that decide which steps and blockers a plan has. A saved plan stores all of them, so that it is made again
 * with the same flags and consents.
 */
export type PlanShape = Required<ScopeFlags>;

export function planOptions(flags: ScopeFlags): PlanOptions {
  const { deletes, test: _test, select, exclude, ...same } = planShape(flags);
  const isPart = select.length > 0 || exclude.length > 0;
  return {
    ...same,
    keepsRemoved: !deletes,
    ...(isPart ? { isSelected: selectorOf({ select, exclude }) } : {}),
  };
}

/** Throws UsageError if a selection matches nothing that is declared; it would otherwise show "no changes". */
export function refuseEmptySelection({ select = [], exclude = [] }: ScopeFlags, desired: Desired): void {
  const selectors = { select, exclude };
  const [unmatched] = unmatchedSelectors(selectors, desired);
  if (unmatched !== undefined) {
    throw new UsageError(
      `no declared entity matches "${unmatched}"`,
      "write a key as plan shows it, monitor/api, or a pattern such as monitor/web-*",
    );
  }
  if (exclude.length > 0 && selectsNothing(selectorOf(selectors), desired)) {
    throw new UsageError("--select and --exclude leave nothing to look at");
  }
}

/** Whether any of these flags was given. */
export function isPlanShaped(flags: ScopeFlags): boolean {
  const { deletes, test, allowDeletes, select, exclude, ...switches } = planShape(flags);
  return (
    !deletes ||
    !test ||
    allowDeletes > 0 ||
    select.length + exclude.length > 0 ||
    Object.values(switches).includes(true)
  );
}

export function planShape({
  allowDeletes,
  allowBulk = false,
  adopt = false,
  takeover = false,
  resolveDuplicates = false,
  notRenamed = false,
  allowEmpty = false,
  allowSharedChanges = false,
  deletes,
  test = true,
  select = [],
  exclude = [],
}: ScopeFlags): PlanShape {
  return {
    allowDeletes,
    allowBulk,
    allowEmpty,
    allowSharedChanges,
    adopt,
    takeover,
    resolveDuplicates,
    notRenamed,
    deletes,
    test,
    select,
    exclude,
  };
}
