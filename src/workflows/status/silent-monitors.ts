/** Finds running monitors of a project that notify nobody, and reports them in one finding. */
import { isWritten } from "../../config/entity-finding.ts";
import type { DeclaredEntity } from "../../config/config.ts";
import type { Row } from "../../kinds/kind.ts";
import { monitor as monitorKind } from "../../kinds/monitor.ts";
import { entityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { isJsonObject } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";

/** Maximum number of named monitors; the others are counted. */
const mostNames = 5;

/**
 * Uses what is on the server, whoever set it. Monitors that are declared with an empty list of notifications are left
 * out, because that is intended.
 */
export async function silentMonitors(
  reader: KumaReader,
  project: string,
  declared: ReadonlyMap<string, DeclaredEntity>,
): Promise<readonly Finding[]> {
  const rows = await monitorKind.rows(reader, { freshness: "pushed" });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const silent = rows.flatMap((row) => {
    const key = row.owner?.key;
    if (row.owner?.project !== project || key === undefined || !isWatching(row)) return [];
    return isMeant(declared.get(entityKey("monitor", key))) || isHeard(row, byId) ? [] : [`"${key}"`];
  });
  if (silent.length === 0) return [];
  const names = silent.slice(0, mostNames);
  const others = silent.length - names.length;
  const list = others === 0 ? names.join(", ") : `${names.join(", ")} and ${others} more`;
  return [
    {
      code: "KS1616",
      severity: "warning",
      message: `${silent.length === 1 ? `${list} notifies` : `${silent.length} monitors notify`} nobody${silent.length === 1 ? "" : `: ${list}`}`,
      hint: "name a notification for them and apply; notifications: [] says that it is meant",
    },
  ];
}

function isWatching({ row, type }: Row): boolean {
  return isRunning(row) && type !== "group" && type !== "manual";
}

/** 1.23 sends a number, 2.x a boolean. */
function isRunning(row: Row["row"]): boolean {
  return row["active"] !== false && row["active"] !== 0;
}

function isMeant(entity: DeclaredEntity | undefined): boolean {
  if (entity === undefined || !isWritten(entity, "notifications")) return false;
  const named = entity.canonical["notifications"];
  return Array.isArray(named) && named.length === 0;
}

/** A group with notifications goes down with its monitors, unless it is paused. */
function isHeard(start: Row, byId: ReadonlyMap<number, Row>): boolean {
  const seen = new Set<number>();
  for (let row: Row | undefined = start; row !== undefined && !seen.has(row.id); row = parentOf(row, byId)) {
    seen.add(row.id);
    if (isRunning(row.row) && hasNotification(row)) return true;
  }
  return false;
}

function parentOf({ row }: Row, byId: ReadonlyMap<number, Row>): Row | undefined {
  return typeof row["parent"] === "number" ? byId.get(row["parent"]) : undefined;
}

function hasNotification({ row }: Row): boolean {
  const list = row["notificationIDList"] ?? null;
  return isJsonObject(list) && Object.values(list).some((isOn) => isOn === true);
}
