/** Reads maintenances from the server, with what they cover. */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Freshness, KumaReader } from "../../model/kuma-client.ts";
import { listOf } from "../codecs/list-of.ts";
import { toNumber } from "../codecs/number.ts";
import { toText } from "../codecs/text.ts";
import type { Row } from "../kind.ts";
import { kumaKey, type Field } from "../field.ts";
import { maintenanceFields, strategies, strategyOnly } from "./maintenance-fields.ts";

export async function maintenanceRows(
  reader: KumaReader,
  { freshness }: { readonly freshness: Freshness },
): Promise<readonly Row[]> {
  // The list is pushed before the answer arrives. It shows the state of the running server; `getMaintenance` reads the
  // database and returns less about recurring ones (docs/upstream/uptime-kuma.md#maintenance).
  if (freshness !== "pushed") await reader.read("getMaintenanceList");
  const list = await reader.list("maintenanceList");
  const items = Object.values(list ?? {}).filter(isJsonObject);
  const rows = await Promise.all(
    items.map(async (item): Promise<Row[]> => {
      const id = toNumber(item["id"]);
      if (id === null) return [];
      const [{ monitors }, { statusPages }] = await Promise.all([
        reader.read("getMonitorMaintenance", id),
        reader.read("getMaintenanceStatusPage", id),
      ]);
      const row = { ...fromServer(item), monitors: idSet(monitors), statusPages: idSet(statusPages) };
      return [{ id, name: toText(item["title"]) ?? "", type: undefined, owner: undefined, row }];
    }),
  );
  return rows.flat().toSorted((left, right) => left.id - right.id);
}

/**
 * Moves the dates to the top level, and removes values of other strategies, which are left over or made up by the
 * server.
 */
function fromServer(item: JsonObject): JsonObject {
  const used = strategies[toText(item["strategy"]) ?? ""]?.needs ?? [];
  const unused = strategyOnly.filter((name) => !used.includes(name));
  const [startDate = null, endDate = null] = listOf(item["dateRange"]);
  const cleared = unused.map((name): [string, Json] => [kumaKey(name, maintenanceFields[name] as Field), null]);
  return { ...item, ...Object.fromEntries(cleared), startDate, endDate };
}

/** In the form of other sets of ids on the server. */
function idSet(items: Json | undefined): JsonObject {
  const ids = listOf(items).flatMap((item) => (isJsonObject(item) ? (toNumber(item["id"]) ?? []) : []));
  return Object.fromEntries(ids.map((id) => [String(id), true]));
}
