import type { Owner } from "../model/entity.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Freshness, KumaReader } from "../model/kuma-client.ts";
import { listOf } from "./codecs/list-of.ts";
import { toText } from "./codecs/text.ts";
import type { Row } from "./kind.ts";
import { markerTagName, parseMarker } from "./marker.ts";
import { serverObjects } from "./server-objects.ts";

/** All monitors, by id. */
export async function monitorRows(
  reader: KumaReader,
  { freshness }: { readonly freshness: Freshness },
): Promise<readonly Row[]> {
  const list = await listOfMonitors(reader, freshness);
  return serverObjects(Object.values(list ?? {}), "monitor")
    .map(({ id, row }): Row => {
      return { id, name: toText(row["name"]) ?? "", type: toText(row["type"]) ?? undefined, owner: ownerOf(row), row };
    })
    .toSorted((left, right) => left.id - right.id);
}

function listOfMonitors(reader: KumaReader, freshness: Freshness): Promise<Json> {
  switch (freshness) {
    case "pushed":
      return reader.list("monitorList");
    case "current":
      return reader.currentMonitors();
    case "anew":
      return reader.refreshMonitors();
    default:
      return freshness satisfies never;
  }
}

/** The owner in the marker tag. Values that are not markers are ignored. */
function ownerOf(row: JsonObject): Owner | undefined {
  for (const tag of listOf(row["tags"])) {
    if (!isJsonObject(tag) || tag["name"] !== markerTagName) continue;
    const owner = parseMarker(tag["value"]);
    if (owner !== undefined) return owner;
  }
  return undefined;
}
