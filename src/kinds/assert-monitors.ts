import { KumaError } from "../model/errors.ts";
import type { KumaId } from "../model/entity.ts";
import { isJsonObject } from "../model/json.ts";
import type { KumaClient } from "../model/kuma-client.ts";

/**
 * Throws KumaError "rejected" for a monitor that no longer exists, before anything is written. Status pages and
 * maintenances would empty their links first and then stop at the missing monitor
 * (docs/upstream/uptime-kuma.md#maintenance, docs/upstream/uptime-kuma.md#status-pages).
 */
export async function assertMonitors(client: KumaClient, ids: readonly KumaId[]): Promise<void> {
  const monitors = await client.list("monitorList");
  const missing = ids.find((id) => !isJsonObject(monitors) || monitors[String(id)] === undefined);
  if (missing === undefined) return;
  throw new KumaError("rejected", `monitor ${missing} is not on the server any more`, { hint: "plan again" });
}
