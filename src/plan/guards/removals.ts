/** Removals that need consent, because they cannot be undone. */
import { keyOfDuplicate } from "../../model/entity.ts";
import { isRemoval } from "../order/order-steps.ts";
import type { Guard } from "./guard.ts";

export const checkEmpty: Guard = ({ desired, steps }, { allowEmpty }) => {
  const removals = steps.filter(isRemoval);
  if (allowEmpty || desired.entities.size > 0 || removals.length === 0) return [];
  const areDeletes = removals.every(({ action }) => action === "delete");
  return [{ code: "KS4004", keys: removals.map(({ key }) => key), project: desired.project, areDeletes }];
};

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
