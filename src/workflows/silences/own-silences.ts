/** The silences of a project that a server has. */
import type { Row } from "../../kinds/kind.ts";
import { maintenance } from "../../kinds/maintenance.ts";
import { silenceMarkOf } from "../../kinds/silence-marker.ts";
import { toText } from "../../kinds/codecs/text.ts";
import { entityKey, type KumaId } from "../../model/entity.ts";
import { isJsonObject } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { Silence } from "../../model/silence.ts";
import { managedMonitors } from "../status/managed-monitors.ts";
import { withDescendants } from "./with-descendants.ts";

export interface OwnSilence extends Silence {
  /** Of the maintenance. */
  readonly maintenance: KumaId;
}

/** The newest first. Throws KumaError. */
export async function ownSilences(reader: KumaReader, project: string): Promise<readonly OwnSilence[]> {
  const [rows, monitors] = await Promise.all([
    maintenance.rows(reader, { freshness: "current" }),
    managedMonitors(reader, project),
  ]);
  return rows.flatMap((row) => toSilence(row, project, monitors)).toReversed();
}

function toSilence({ id, name, row }: Row, project: string, monitors: readonly Row[]): readonly OwnSilence[] {
  const mark = silenceMarkOf(row);
  if (mark?.project !== project) return [];
  const covered = new Set(Object.keys(isJsonObject(row["monitors"]) ? row["monitors"] : {}).map(Number));
  const silent = withDescendants(monitors, (monitor) => covered.has(monitor.id));
  return [
    {
      id: mark.id,
      maintenance: id,
      reason: name,
      until: `${(toText(row["endDate"]) ?? "").replace(" ", "T")}Z`,
      state: row["status"] === "under-maintenance" ? "running" : "ended",
      monitors: silent.map(({ owner }) => entityKey("monitor", owner?.key ?? "")),
    },
  ];
}
