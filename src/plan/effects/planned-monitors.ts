/** The project's monitors before and after the plan. Impact and cost are counted over them. */
import type { EntityKey } from "../../model/entity.ts";
import type { JsonObject, JsonPointer } from "../../model/json.ts";
import type { Step } from "../../model/plan.ts";
import type { Binding } from "../bind/bind.ts";
import type { PausedGroups } from "./paused-groups.ts";

export interface PlannedMonitor {
  readonly key: EntityKey;
  readonly step: Step | undefined;
  /** In canonical form; undefined if there is none, or its type is not known. */
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  readonly sensitive: readonly JsonPointer[];
  /** Whether a group above the monitor is paused. */
  readonly isBelowPaused: { readonly before: boolean; readonly after: boolean };
}

/**
 * Adopted and taken-over monitors count as existing before the plan, and released ones as existing after it, because
 * they keep checking. An entity without a step stays as it is, selected or not.
 */
export function plannedMonitors(
  { pairs, missing, orphans }: Binding,
  steps: readonly Step[],
  paused: PausedGroups,
): readonly PlannedMonitor[] {
  const byKey = new Map(steps.filter(({ kind }) => kind === "monitor").map((step) => [step.key, step]));
  const monitors: PlannedMonitor[] = [];
  for (const { desired, wanted, observed } of pairs.values()) {
    if (desired.kind !== "monitor") continue;
    const step = byKey.get(desired.key);
    const { spec } = wanted;
    // A field that the server does not send counts as desired, because no step changes it.
    const told = observed.spec === undefined ? undefined : withUnsentFields(observed.spec, spec);
    const sensitive = [...desired.sensitive, ...observed.sensitive];
    const isBelowPaused = {
      before: paused.isBelowNow(observed),
      after: paused.willBeBelow(desired.key, observed),
    };
    monitors.push({
      key: desired.key,
      step,
      before: told,
      after: step === undefined ? told : spec,
      sensitive,
      isBelowPaused,
    });
  }
  for (const [key, { spec, sensitive }] of missing) {
    const step = byKey.get(key);
    if (step === undefined) continue;
    const isBelowPaused = { before: false, after: paused.willBeBelow(key, undefined) };
    monitors.push({ key, step, before: undefined, after: spec, sensitive, isBelowPaused });
  }
  for (const [key, observed] of orphans) {
    if (observed.kind !== "monitor") continue;
    const { spec, sensitive } = observed;
    const step = byKey.get(key);
    const isStopped = step?.action === "delete" || step?.action === "retire";
    const isBelowPaused = { before: paused.isBelowNow(observed), after: paused.willBeBelow(key, observed) };
    monitors.push({ key, step, before: spec, after: isStopped ? undefined : spec, sensitive, isBelowPaused });
  }
  return monitors;
}

function withUnsentFields(before: JsonObject, wanted: JsonObject): JsonObject {
  return Object.keys(wanted).every((name) => Object.hasOwn(before, name)) ? before : { ...wanted, ...before };
}

/**
 * A monitor whose own state is unknown, because it is below a paused group, counts as active: it keeps checking
 * (docs/upstream/uptime-kuma.md#groups).
 */
export function isActive(spec: JsonObject | undefined): spec is JsonObject {
  return spec !== undefined && spec["active"] !== false;
}

export function secondsBetweenChecks(spec: JsonObject): number | undefined {
  const interval = spec["interval"];
  return typeof interval === "number" && interval > 0 ? interval : undefined;
}
