/** Removals that need consent, because they cannot be undone. */
import { keyOfDuplicate, type EntityKey } from "../../model/entity.ts";
import type { BlockerFacts } from "../../model/plan-facts.ts";
import type { Step } from "../../model/plan.ts";
import { isRemoval } from "../order/order-steps.ts";
import type { Guard } from "./guard.ts";

export const checkEmpty: Guard = ({ desired, steps }, { allowEmpty }) => {
  const removals = steps.filter(isRemoval);
  if (allowEmpty || removals.length === 0) return [];
  const { project, entities, loops = [] } = desired;
  if (entities.size === 0) return [{ code: "KS4004", project, ...about(removals) }];
  return loops.flatMap(({ key, pattern, made }): readonly BlockerFacts[] => {
    if (made.length > 0) return [];
    const keys = new RegExp(pattern, "u");
    const own = removals.filter((step) => keys.test(step.key));
    return own.length === 0 ? [] : [{ code: "KS4004", project, loop: key, ...about(own) }];
  });
};

function about(removals: readonly Step[]): { readonly keys: readonly EntityKey[]; readonly areDeletes: boolean } {
  return {
    keys: removals.map(({ key }) => key),
    areDeletes: removals.every(({ action }) => action === "delete"),
  };
}

export const checkDeletes: Guard = ({ steps }, { allowDeletes, asksDeletes = false }) => {
  const deletes = steps.filter(({ action, key }) => action === "delete" && keyOfDuplicate(key) === undefined);
  if (asksDeletes || deletes.length <= allowDeletes) return [];
  const hasMonitor = deletes.some(({ kind }) => kind === "monitor");
  return [{ code: "KS4001", keys: deletes.map(({ key }) => key), hasMonitor }];
};

/** The marker on the server records `protect`, so the object stays protected after its block is gone. */
export const checkProtected: Guard = ({ binding: { orphans }, keepsRemoved }, { destroys = false }) => {
  if (keepsRemoved) return [];
  return orphans
    .filter(([, { owner }]) => owner?.isProtected === true && owner.isRetired !== true)
    .map(([key]) => ({ code: "KS4002", keys: [key], destroys }));
};
