/**
 * Uptime Kuma shows every monitor in a paused group as paused. Later changes of such a monitor take effect only when
 * the group runs again; until then a monitor that was running keeps checking (docs/upstream/uptime-kuma.md#groups).
 */
import { isEntityKey, type EntityKey, type KumaId, type ObservedEntity, type Reference } from "../../model/entity.ts";
import type { JsonObject } from "../../model/json.ts";
import type { AfterPlan } from "./after-plan.ts";
import type { Binding } from "../bind/bind.ts";
import type { GroupsAbove } from "../order/groups-above.ts";
import { referencedId } from "../canonical/references.ts";

export interface PausedGroups {
  /** Whether a group above the monitor is paused on the server now. */
  readonly isBelowNow: (monitor: ObservedEntity) => boolean;
  /**
   * Whether a group above the monitor will be paused: of a declared monitor by its key, of any other as it is on the
   * server.
   */
  readonly willBeBelow: (key: EntityKey, monitor: ObservedEntity | undefined) => boolean;
}

export function pausedGroupsOf(
  { pairs, missing, index }: Pick<Binding, "pairs" | "missing" | "index">,
  after: AfterPlan,
  groupsAbove: GroupsAbove,
): PausedGroups {
  const specAfter = (group: ObservedEntity): JsonObject | undefined =>
    after.stepOn(group)?.action === "retire" ? { type: "group", active: false } : after.specOf(group);
  const isPausedAfter = (group: Reference): boolean => {
    if (isEntityKey(group) && missing.has(group)) return isPaused(missing.get(group)?.spec);
    const id = index.idOf("monitor", group);
    const found = id === undefined ? undefined : index.find("monitor", id);
    return found !== undefined && isPaused(specAfter(found));
  };
  const above = (monitor: ObservedEntity): readonly ObservedEntity[] => {
    const groups = new Set<ObservedEntity>();
    for (let group = parentOf(monitor); group !== undefined && !groups.has(group); group = parentOf(group)) {
      groups.add(group);
    }
    return [...groups];
  };
  const parentOf = (monitor: ObservedEntity): ObservedEntity | undefined => {
    const to = monitor.references.find(({ at }) => at === "/parent")?.to;
    const id: KumaId | undefined = to === undefined ? undefined : referencedId(to);
    return id === undefined ? undefined : index.find("monitor", id);
  };
  return {
    isBelowNow: (monitor) => above(monitor).some(({ spec }) => isPaused(spec)),
    willBeBelow: (key, monitor) =>
      pairs.has(key) || missing.has(key)
        ? groupsAbove(key).some(isPausedAfter)
        : monitor !== undefined && above(monitor).some((group) => isPaused(specAfter(group))),
  };
}

function isPaused(spec: JsonObject | undefined): boolean {
  return spec?.["type"] === "group" && spec["active"] === false;
}
