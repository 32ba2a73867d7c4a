/**
 * Compares an approved saved plan with a new plan of the same configuration. `apply` makes a new plan and continues if
 * it does what was approved, or what is left of it after an interrupted run. Everything that the reader of the saved
 * plan saw must be the same, except explanations: causes, places and impact.
 */
import type { Desired, EntityKey } from "../model/entity.ts";
import { canonicalText, isEqualJson, isWithin, valueAt } from "../model/json.ts";
import type { StaleReason, StepKind } from "../model/stale-reason.ts";
import type { ChangingStep, FieldChange, Plan, SideEffect, Step } from "../model/plan.ts";

export interface Approval {
  readonly state: "same" | "rest" | "stale";
  /**
   * What differs from the approved plan; empty unless the plan is stale. An entry without a key is about the whole
   * plan.
   */
  readonly moved: readonly { readonly key?: EntityKey; readonly why: StaleReason }[];
}

/**
 * `now` is the new plan, made from `desired`. An approved step that is missing from it counts as done, unless the
 * configuration no longer declares its object.
 */
export function compareWithApproved(approved: Plan, now: Plan, desired: Pick<Desired, "entities">): Approval {
  const elsewhere = [
    ...(approved.project === now.project ? [] : [{ why: { type: "project", project: approved.project } as const }]),
    ...(approved.server.url === now.server.url ? [] : [{ why: { type: "server", url: approved.server.url } as const }]),
  ];
  if (elsewhere.length > 0) return { state: "stale", moved: elsewhere };
  const byKey = new Map(approved.steps.map((step) => [step.key, step]));
  const others = now.steps.flatMap((step) => {
    const why = whyNotApproved(byKey.get(step.key), step);
    return why === undefined ? [] : [{ key: step.key, why }];
  });
  const unwanted = approved.steps
    .filter((step) => "changes" in step && !desired.entities.has(step.key))
    .map(({ key }) => ({ key, why: { type: "not-declared" } as const }));
  const moved = [...others, ...unwanted];
  if (moved.length > 0) return { state: "stale", moved };
  const isSame =
    approved.steps.length === now.steps.length &&
    now.steps.every((step) => stepText(step) === stepText(byKey.get(step.key) as Step));
  return { state: isSame ? "same" : "rest", moved: [] };
}

/** Undefined when `now` is the approved step, or a part of it. */
function whyNotApproved(approved: Step | undefined, now: Step): StaleReason | undefined {
  if (approved === undefined) return { type: "no-step", now: kindOfStep(now) };
  const reached = now.sideEffects?.find(
    (effect) => !approved.sideEffects?.some((other) => isSameEffect(effect, other)),
  );
  if (reached !== undefined) {
    const { kind, id, name } = reached;
    return { type: "side-effect", kind, id, name };
  }
  if (!("changes" in approved) || !("changes" in now)) {
    return approved.action === now.action && idOf(approved) === idOf(now) ? undefined : otherwise(approved, now);
  }
  const isFinishing = isCutShort(approved, now);
  const isSameStep =
    approved.action === now.action && idOf(approved) === idOf(now) && originOf(approved) === originOf(now);
  if (!isFinishing && !isSameStep) return otherwise(approved, now);
  const isApproved = approved.action === "create" && now.action !== "create" ? wouldBeSet : isListed;
  const other = now.changes.find((change) => !isApproved(change, approved.changes));
  if (other === undefined) return undefined;
  const isThere = approved.changes.some(({ path }) => path === other.path);
  return { type: isThere ? "other-value" : "other-field", path: other.path };
}

function isSameEffect(left: SideEffect, right: SideEffect): boolean {
  return left.type === right.type && left.kind === right.kind && left.id === right.id;
}

/** The interrupted run created or marked the object, and some of its fields still differ. */
function isCutShort(approved: ChangingStep, now: ChangingStep): boolean {
  if (approved.action === "create") return now.action === "adopt" || now.action === "update";
  return approved.action !== "update" && now.action === "update" && idOf(approved) === idOf(now);
}

function isListed(change: FieldChange, approved: readonly FieldChange[]): boolean {
  const text = changeText(change);
  return approved.some((other) => changeText(other) === text);
}

/** Whether the approved create would have set the field to this value. Creates do not list defaults that are empty. */
function wouldBeSet(change: FieldChange, approved: readonly FieldChange[]): boolean {
  const listed = approved.find(({ path }) => isWithin(change.path, [path]));
  if (change.sensitive || listed?.sensitive === true) return listed?.sensitive === true;
  const after = change.after ?? null;
  if (listed === undefined) return after === null || after === false || (Array.isArray(after) && after.length === 0);
  return isEqualJson(valueAt(listed.after ?? null, change.path.slice(listed.path.length)) ?? null, after);
}

function otherwise(approved: Step, now: Step): StaleReason {
  const [before, after] = [idOf(approved), idOf(now)];
  return before === undefined || after === undefined || before === after
    ? { type: "other-step", now: kindOfStep(now), approved: kindOfStep(approved) }
    : { type: "other-object", now: after, approved: before };
}

function kindOfStep(step: Step): StepKind {
  const from = originOf(step);
  return { action: step.action, ...(from === undefined ? {} : { from }) };
}

function idOf(step: Step): number | undefined {
  return "id" in step ? step.id : undefined;
}

function originOf(step: Step): string | undefined {
  return "from" in step ? step.from : undefined;
}

function stepText(step: Step): string {
  const changes = "changes" in step ? step.changes.map(changeText).toSorted() : [];
  return canonicalText([step.action, idOf(step) ?? null, originOf(step) ?? null, changes]);
}

function changeText(change: FieldChange): string {
  if (change.sensitive) return canonicalText([change.path]);
  const { path, before, after } = change;
  return canonicalText([path, before === undefined ? [] : [before], after === undefined ? [] : [after]]);
}
