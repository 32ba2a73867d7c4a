/** The copies and notifications of drills that are on a server, found by their marks. */
import { drillMarkOf, type DrillMark } from "../kinds/drill-marker.ts";
import type { Row } from "../kinds/kind.ts";
import { monitor } from "../kinds/monitor.ts";
import { notification } from "../kinds/notification.ts";
import type { KumaClient } from "../model/kuma-client.ts";

/**
 * Deletes those that `isWanted` takes, and returns how many monitors there were. Copies go first: a notification that is
 * deleted before would leave them silent for a moment. Throws KumaError.
 */
export async function removeCopies(client: KumaClient, isWanted: (mark: DrillMark) => boolean): Promise<number> {
  const isCopy = ({ row }: Row): boolean => {
    const mark = drillMarkOf(row);
    return mark !== undefined && isWanted(mark);
  };
  const copies = (await monitor.rows(client, { freshness: "current" })).filter(isCopy);
  for (const { id } of copies) await client.write("deleteMonitor", id);
  const notifications = (await notification.rows(client, { freshness: "current" })).filter(isCopy);
  for (const { id } of notifications) await client.write("deleteNotification", id);
  return copies.length;
}
