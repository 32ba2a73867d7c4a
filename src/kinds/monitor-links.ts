/**
 * The notifications of a monitor after an edit that failed. The server saves the fields, then takes all links off and
 * puts the new ones on, one by one: at the first that it refuses it stops, and the monitor is left with none or a few
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

/**
 * Puts the links back that `observed` had, as far as their notifications are there. Throws KumaError when it cannot
 * read.
 */
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
      // The npm package's 2.0.0-dev.0 resumes whatever is edited.
      if (!isActive(now) && isActive(await rowOf(client, id))) await client.write("pauseMonitor", id);
    } catch (error) {
      // What came of it is read below; without a connection there is nothing to read.
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

/** The ids of the notifications that are on. */
function linksOf(row: Json | undefined): readonly number[] {
  const links: Json | undefined = isJsonObject(row) ? row["notificationIDList"] : undefined;
  const on: JsonObject = isJsonObject(links) ? links : {};
  return Object.keys(on)
    .filter((id) => on[id] === true)
    .map(Number);
}
