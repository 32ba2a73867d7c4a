/**
 * Refuses changes that would affect other objects: unmanaged ones, those of other projects, and ours that are no longer
 * declared.
 */
import { keyOfDuplicate } from "../../model/entity.ts";
import type { SideEffect, Step } from "../../model/plan.ts";
import type { BlockerFacts, KeepAdvice } from "../../model/plan-facts.ts";
import type { Guard, GuardInput } from "./guard.ts";

/** Declared objects that use a deleted one are refused because of their reference, in references.ts. */
export const checkSharedDeletes: Guard = (input, { allowSharedChanges, destroys = false }) => {
  if (allowSharedChanges === true) return [];
  return input.steps.flatMap((step): BlockerFacts[] => {
    const users = (step.sideEffects ?? []).filter((effect) => effect.type === "link" && !isDeclared(effect, input));
    if (users.length === 0) return [];
    return [{ code: "KS4025", keys: [step.key], users, keep: keepAdvice(step, destroys) }];
  });
};

/**
 * The server silently unlinks the children of a group that is deleted or changes its type, and children of a paused
 * group cannot be changed until it runs again (docs/upstream/uptime-kuma.md#groups). Children that this plan moves or
 * deletes do not count.
 */
export const checkGroups: Guard = (input, { allowSharedChanges, destroys = false }) => {
  if (allowSharedChanges === true) return [];
  return input.steps.flatMap((step): BlockerFacts[] => {
    const children = (step.sideEffects ?? []).filter(
      (effect) => effect.type !== "link" && isGuarded(step, effect, input),
    );
    if (children.length === 0) return [];
    return [{ code: "KS4008", keys: [step.key], action: step.action, children, keep: keepAdvice(step, destroys) }];
  });
};

function keepAdvice({ key, action }: Step, destroys: boolean): KeepAdvice {
  if (keyOfDuplicate(key) !== undefined) return "clone";
  if (destroys) return "release-first";
  return action === "delete" || action === "retire" ? "put-back" : "stay-active";
}

/** Who writes `active: false` on a group also means the group's monitors of the same project. */
function isGuarded(step: Step, { type, owner }: SideEffect, { desired }: GuardInput): boolean {
  return type === "top-level" || step.action === "retire" || owner?.startsWith(`${desired.project}/`) !== true;
}

function isDeclared({ kind, id }: SideEffect, { after }: GuardInput): boolean {
  return after.pairOf({ kind, id }) !== undefined;
}
