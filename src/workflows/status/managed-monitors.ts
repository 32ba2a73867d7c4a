import { monitor as monitorKind } from "../../kinds/monitor.ts";
import type { Row } from "../../kinds/kind.ts";
import type { KumaReader } from "../../model/kuma-client.ts";

/** The monitors of the server that carry the project's marker. Throws KumaError if the connection is lost. */
export async function managedMonitors(reader: KumaReader, project: string): Promise<readonly Row[]> {
  const rows = await monitorKind.rows(reader, { freshness: "pushed" });
  return rows.filter(({ owner }) => owner?.project === project);
}
