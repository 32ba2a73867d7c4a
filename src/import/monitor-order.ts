/** The order in which an import lists monitors: as on the server's page, each group followed by its members. */
import type { KumaId, ObservedEntity } from "../model/entity.ts";

const names = new Intl.Collator("en", { numeric: true });

export interface Placed {
  readonly entity: ObservedEntity;
  /** Its outermost group; the monitor itself if it is that group. */
  readonly root: ObservedEntity | undefined;
}

/** A monitor is at the top level if its group does not exist or is in a cycle of groups. */
export function orderMonitors(monitors: readonly ObservedEntity[]): readonly Placed[] {
  const byId = new Map(monitors.map((monitor) => [monitor.id, monitor]));
  const children = new Map<KumaId | undefined, ObservedEntity[]>();
  for (const monitor of monitors) {
    const parent = parentId(monitor);
    const home = parent !== undefined && byId.has(parent) ? parent : undefined;
    children.set(home, [...(children.get(home) ?? []), monitor]);
  }
  const placed: Placed[] = [];
  const seen = new Set<ObservedEntity>();
  const place = (monitor: ObservedEntity, root: ObservedEntity | undefined): void => {
    if (seen.has(monitor)) return;
    seen.add(monitor);
    const below = (children.get(monitor.id) ?? []).toSorted(compareShown);
    const outermost = root ?? (below.length > 0 || isGroup(monitor) ? monitor : undefined);
    placed.push({ entity: monitor, root: outermost });
    for (const child of below) place(child, outermost);
  };
  for (const monitor of (children.get(undefined) ?? []).toSorted(compareShown)) place(monitor, undefined);
  for (const monitor of monitors) place(monitor, undefined);
  return placed;
}

function parentId({ references, row }: ObservedEntity): KumaId | undefined {
  const reference = references.find(({ at }) => at === "/parent")?.to;
  if (typeof reference === "object" && "id" in reference) return reference.id;
  const { parent } = row;
  return typeof parent === "number" ? parent : undefined;
}

/**
 * Single monitors come before groups, so that all that follows a group is in it; then by weight and name, as in
 * MonitorList.vue of Uptime Kuma.
 */
function compareShown(left: ObservedEntity, right: ObservedEntity): number {
  return (
    Number(isGroup(left)) - Number(isGroup(right)) ||
    weight(right) - weight(left) ||
    names.compare(left.name, right.name) ||
    left.id - right.id
  );
}

function isGroup({ spec, row }: ObservedEntity): boolean {
  return (spec?.["type"] ?? row["type"]) === "group";
}

function weight({ row }: ObservedEntity): number {
  return typeof row["weight"] === "number" ? row["weight"] : 0;
}
