/**
 * What steps do to other objects. The server does not report any of it: a delete removes the object's links from
 * everything that uses it (docs/upstream/uptime-kuma.md#what-deletes-history), the children of a group that is deleted
 * or changes its type move to the top level, and everything in a paused group is shown as paused
 * (docs/upstream/uptime-kuma.md#groups).
 */
import { idText, type KumaId, type ObservedEntity } from "../../model/entity.ts";
import type { Observed } from "../../model/observed.ts";
import type { SideEffect, Step } from "../../model/plan.ts";
import type { AfterPlan } from "./after-plan.ts";
import type { Binding } from "../bind/bind.ts";
import { entryPageOf } from "../../model/entry-page.ts";

interface SideEffectInput {
  readonly observed: Observed;
  readonly binding: Pick<Binding, "index">;
  readonly after: AfterPlan;
}

/** The steps, each with its side effects. */
export function withSideEffects(steps: readonly Step[], input: SideEffectInput): readonly Step[] {
  const removed = new Set(steps.flatMap((step) => (step.action === "delete" ? [idText(step.kind, step.id)] : [])));
  const users = removed.size === 0 ? new Map<string, readonly ObservedEntity[]>() : usersOf(removed, input);
  const children = steps.some(isOnMonitor) ? childrenAfter(input) : new Map<KumaId, readonly ObservedEntity[]>();
  return steps.map((step) => {
    const effects = [...linksLost(step, users), ...groupEffects(step, children, input)];
    return effects.length === 0 ? step : { ...step, sideEffects: effects };
  });
}

/** By the object that is deleted: the remaining objects that use it now, except as a parent. */
function usersOf(
  removed: ReadonlySet<string>,
  { observed, binding: { index }, after }: SideEffectInput,
): ReadonlyMap<string, readonly ObservedEntity[]> {
  const users = new Map<string, ObservedEntity[]>();
  const note = (target: string, user: ObservedEntity): void => {
    if (!removed.has(target)) return;
    const known = users.get(target);
    if (known === undefined) users.set(target, [user]);
    else if (!known.includes(user)) known.push(user);
  };
  for (const user of observed.entities) {
    if (after.isDeleted(user)) continue;
    for (const { at, kind, to } of after.referencesOf(user)) {
      const id = at === "/parent" ? undefined : index.idOf(kind, to);
      if (id !== undefined) note(idText(kind, id), user);
    }
    const entryPage = entryPageOf({ kind: user.kind, spec: after.specOf(user) });
    for (const page of entryPage === undefined ? [] : index.named("status-page", entryPage)) {
      note(idText("status-page", page.id), user);
    }
  }
  return users;
}

function linksLost(step: Step, users: ReadonlyMap<string, readonly ObservedEntity[]>): readonly SideEffect[] {
  if (step.action !== "delete") return [];
  return (users.get(idText(step.kind, step.id)) ?? []).map((user) => effect("link", user));
}

function isOnMonitor(step: Step): boolean {
  return step.kind === "monitor" && step.action !== "create";
}

/** By group id: the monitors that will be in the group, if nothing happens to it. */
function childrenAfter({
  observed,
  binding: { index },
  after,
}: SideEffectInput): ReadonlyMap<KumaId, readonly ObservedEntity[]> {
  const children = new Map<KumaId, ObservedEntity[]>();
  for (const entity of observed.entities) {
    if (entity.kind !== "monitor" || after.isDeleted(entity)) continue;
    const parent = after.referencesOf(entity).find(({ at }) => at === "/parent");
    const id = parent === undefined ? parentInRow(entity) : index.idOf("monitor", parent.to);
    if (id === undefined) continue;
    const siblings = children.get(id);
    if (siblings === undefined) children.set(id, [entity]);
    else siblings.push(entity);
  }
  return children;
}

/** For monitors of an unknown type, as in a snapshot. */
function parentInRow({ spec, row }: ObservedEntity): KumaId | undefined {
  const parent = row["parent"];
  return spec === undefined && typeof parent === "number" ? parent : undefined;
}

function groupEffects(
  step: Step,
  children: ReadonlyMap<KumaId, readonly ObservedEntity[]>,
  { binding: { index }, after }: SideEffectInput,
): readonly SideEffect[] {
  if (step.kind !== "monitor" || step.action === "create") return [];
  const inGroup = children.get(step.id) ?? [];
  if (inGroup.length === 0) return [];
  const group = index.find("monitor", step.id);
  if (step.action === "delete" || losesType(step, group)) return inGroup.map((child) => effect("top-level", child));
  if (!isPaused(step)) return [];
  const retired = (child: ObservedEntity): boolean => after.stepOn(child)?.action === "retire";
  return below(step.id, children)
    .filter((child) => !retired(child) && child.spec?.["active"] !== false && after.specOf(child)?.["active"] !== false)
    .map((child) => effect("paused", child));
}

function losesType(step: Step, group: ObservedEntity | undefined): boolean {
  return group?.spec?.["type"] === "group" && "changes" in step && step.changes.some(({ path }) => path === "/type");
}

function isPaused(step: Step): boolean {
  if (step.action === "retire") return true;
  return (
    "changes" in step &&
    step.changes.some((change) => change.path === "/active" && !change.sensitive && change.after === false)
  );
}

/** All monitors below the group. A circle ends where it began. */
function below(id: KumaId, children: ReadonlyMap<KumaId, readonly ObservedEntity[]>): readonly ObservedEntity[] {
  const found = new Set<ObservedEntity>();
  const visit = (group: KumaId): void => {
    for (const child of children.get(group) ?? []) {
      if (found.has(child)) continue;
      found.add(child);
      visit(child.id);
    }
  };
  visit(id);
  return [...found];
}

function effect(type: SideEffect["type"], { kind, id, name, owner }: ObservedEntity): SideEffect {
  return { type, kind, id, name, ...(owner === undefined ? {} : { owner: `${owner.project}/${owner.key}` }) };
}
