import type { Owner } from "../model/entity.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { KumaReader } from "../model/kuma-client.ts";
import { listOf } from "./codecs/list-of.ts";
import { toText } from "./codecs/text.ts";
import type { Row } from "./kind.ts";
import { markerTagName, parseMarker } from "./marker.ts";
import { serverObjects } from "./server-objects.ts";

/** All monitors, by id. `fresh` asks for the list anew: up to 2.0 changes of tags are not pushed. */
export async function monitorRows(reader: KumaReader, { fresh }: { readonly fresh: boolean }): Promise<readonly Row[]> {
  const list = fresh ? await reader.refreshMonitors() : await reader.list("monitorList");
  return serverObjects(Object.values(list ?? {}), "monitor")
    .map(({ id, row }): Row => {
      return { id, name: toText(row["name"]) ?? "", type: toText(row["type"]) ?? undefined, owner: ownerOf(row), row };
    })
    .toSorted((left, right) => left.id - right.id);
}

/** What the marker tag says. Text that is no marker is passed over. */
function ownerOf(row: JsonObject): Owner | undefined {
  for (const tag of listOf(row["tags"])) {
    if (!isJsonObject(tag) || tag["name"] !== markerTagName) continue;
    const owner = parseMarker(tag["value"]);
    if (owner !== undefined) return owner;
  }
  return undefined;
}
