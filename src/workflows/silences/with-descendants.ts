import type { Row } from "../../kinds/kind.ts";

/**
 * Those that `isChosen` takes, and all monitors in groups among them, which a maintenance of the group covers too
 * (docs/upstream/uptime-kuma.md#maintenance). In the order given.
 */
export function withDescendants(monitors: readonly Row[], isChosen: (monitor: Row) => boolean): readonly Row[] {
  const byId = new Map(monitors.map((monitor) => [monitor.id, monitor]));
  const isCovered = (monitor: Row, seen: ReadonlySet<Row>): boolean => {
    if (isChosen(monitor)) return true;
    const parent = byId.get(Number(monitor.row["parent"]));
    // Old servers can have groups that contain each other.
    return parent !== undefined && !seen.has(parent) && isCovered(parent, new Set([...seen, parent]));
  };
  return monitors.filter((monitor) => isCovered(monitor, new Set([monitor])));
}
