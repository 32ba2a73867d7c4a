/**
 * Restores the notifications of a monitor after a failed edit. The server saves the fields, then removes all links and
 * adds the new ones one by one. If it refuses one, it stops and leaves the monitor with none or a few
 * (docs/upstream/uptime-kuma.md#editing-a-monitor).
 */
import type { ObservedEntity } from "../model/entity.ts";
import { KumaError } from "../model/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { listOf } from "./codecs/list-of.ts";
import { toNumber } from "./codecs/number.ts";
import { toText } from "./codecs/text.ts";
import type { Restored, WriteContext } from "./kind.ts";
import { relinkedMonitor } from "./monitor-payload.ts";

/** Restores the links of `observed` whose notifications still exist. Throws KumaError if it cannot read. */
export async function restoreLinks(
  { client }: Pick<WriteContext, "client">,
  { id, row }: ObservedEntity,
): Promise<Restored> {
  const now = (await client.refreshMonitors())[String(id)];
  if (!isJsonObject(now)) return { back: [], missing: [] };
  const lost = linksOf(row).filter((link) => !linksOf(now).includes(link));
  if (lost.length === 0) return { back: [], missing: [] };
  const names = new Map(
    listOf(await client.list("notificationList"))
      .filter(isJsonObject)
      .map((item) => [toNumber(item["id"]), toText(item["name"]) ?? ""]),
  );
  const links = [...linksOf(now), ...lost].filter((link) => names.has(link));
  if (lost.some((link) => names.has(link))) {
    try {
      await client.write("editMonitor", relinkedMonitor({ id, row: now }, links));
      // The npm package's 2.0.0-dev.0 resumes every monitor that is edited.
      if (!isActive(now) && isActive(await rowOf(client, id))) await client.write("pauseMonitor", id);
    } catch (error) {
      // The result is read below; without a connection nothing can be read.
      if (!(error instanceof KumaError) || error.code === "disconnected") throw error;
    }
  }
  const after = linksOf((await client.refreshMonitors())[String(id)]);
  const label = (link: number): string => `"${names.get(link) ?? "deleted on the server"}" (id ${link})`;
  return {
    back: lost.filter((link) => after.includes(link)).map(label),
    missing: lost.filter((link) => !after.includes(link)).map(label),
  };
}

async function rowOf(client: WriteContext["client"], id: number): Promise<Json | undefined> {
  return (await client.refreshMonitors())[String(id)];
}

function isActive(row: Json | undefined): boolean {
  return isJsonObject(row) && Boolean(row["active"]);
}

/** The ids of the linked notifications. */
function linksOf(row: Json | undefined): readonly number[] {
  const links: Json | undefined = isJsonObject(row) ? row["notificationIDList"] : undefined;
  const on: JsonObject = isJsonObject(links) ? links : {};
  return Object.keys(on)
    .filter((id) => on[id] === true)
    .map(Number);
}
