/**
 * The order of steps. References decide it, never names or luck:
 *
 *        tag   notification          creates and updates: from the top down
 *          \      /
 *          monitor (group)           removals: after them, from the bottom up
 *             |
 *          monitor (child)
 *
 * Every step waits for the creates of what it refers to. A move into a group waits for the moves of all groups above it, the
 * farthest included: going from the top of the new tree down, no step can ever put a group below itself, not even for a
 * moment, which the server refuses. A delete waits for every step on an object that refers to it now, so that references
 * are switched, and children are gone, before their target goes.
 */
import {
  idText,
  isEntityKey,
  type EntityKey,
  type EntityRef,
  type KindName,
  type KumaId,
  type Reference,
} from "../../model/entity.ts";
import { InternalError } from "../../model/errors.ts";
import type { Step } from "../../model/plan.ts";
import type { GroupsAbove } from "./groups-above.ts";
import type { SlugOrder } from "./slug-order.ts";

/** A step before its dependencies are known. */
export interface Draft {
  readonly step: Step;
  /** In canonical form; empty for a delete. */
  readonly wants: readonly EntityRef[];
  /** The references that the object has on the server now, by id. */
  readonly holds: readonly { readonly kind: KindName; readonly id: KumaId }[];
}

/** The steps with `dependsOn` filled in, each after those that it depends on. Throws InternalError on a cycle. */
export function orderSteps(
  drafts: readonly Draft[],
  groupsAbove: GroupsAbove,
  { freedBy, parked }: SlugOrder = { freedBy: new Map(), parked: new Map() },
): Step[] {
  const byKey = new Map(drafts.map((draft) => [draft.step.key, draft]));
  const holders = new Map<string, EntityKey[]>();
  for (const { step, holds } of drafts) {
    for (const { kind, id } of holds) {
      const text = idText(kind, id);
      holders.set(text, [...(holders.get(text) ?? []), step.key]);
    }
  }
  const steps = new Map<EntityKey, Step>();
  for (const draft of drafts) {
    const { step } = draft;
    const needed = isRemoval(step)
      ? (holders.get(idText(step.kind, step.id)) ?? [])
      : neededBefore(draft, byKey, groupsAbove).map(({ step: { key } }) => key);
    const slug = freedBy.get(step.key);
    const all = new Set(slug === undefined ? needed : [...needed, slug]);
    const dependsOn = [...all].filter((key) => key !== step.key).toSorted();
    const parks = parked.get(step.key);
    steps.set(step.key, { ...step, dependsOn, ...(parks === undefined ? {} : { parks }) });
  }
  return sortTopologically(steps);
}

/** The steps that must come before a step that is not a removal: creates, which give the ids, and moves of groups. */
export function neededBefore(
  { step, wants }: Draft,
  drafts: ReadonlyMap<EntityKey, Draft>,
  groupsAbove: GroupsAbove,
): readonly Draft[] {
  const draftsOf = (keys: readonly Reference[]): readonly Draft[] =>
    keys.flatMap((key) => (isEntityKey(key) ? (drafts.get(key) ?? []) : []));
  const creates = draftsOf(wants.map(({ to }) => to)).filter((other) => other.step.action === "create");
  if (!isMove(step)) return creates;
  const above = groupsAbove(step.key);
  // A monitor below itself has no order; a guard refuses it.
  if (above.includes(step.key)) return creates;
  return [...creates, ...draftsOf(above).filter((other) => isMove(other.step))];
}

/** Whether the step moves an existing monitor into, out of, or between groups. */
export function isMove(step: Step): boolean {
  return step.action !== "create" && "changes" in step && step.changes.some(({ path }) => path === "/parent");
}

/** Whether the object's entity is no longer declared. */
export function isRemoval(step: Step): step is Extract<Step, { action: "delete" | "retire" | "release" }> {
  return step.action === "delete" || step.action === "retire" || step.action === "release";
}

function sortTopologically(steps: ReadonlyMap<EntityKey, Step>): Step[] {
  const sorted: Step[] = [];
  const state = new Map<EntityKey, "open" | "done">();
  const visit = (step: Step): void => {
    const seen = state.get(step.key);
    if (seen === "done") return;
    if (seen === "open") throw new InternalError(`steps depend on each other at ${step.key}`);
    state.set(step.key, "open");
    for (const key of step.dependsOn) visit(steps.get(key) as Step);
    state.set(step.key, "done");
    sorted.push(step);
  };
  const all = [...steps.values()];
  for (const step of all) if (!isRemoval(step)) visit(step);
  for (const step of all) visit(step);
  return sorted;
}
