/**
 * The tags of a monitor, each with a value. Written as a list of `prod`, `{ team: core }`, `{ name: "Made by hand",
 * value: "x" }` and `{ id: 3, value: "x" }`. The server keeps no order and allows duplicates
 * (docs/upstream/uptime-kuma.md#tags), so the canonical form is a sorted set. The tag that carries the marker is not
 * part of it.
 */
import type { Reference } from "../../model/entity.ts";
import { isJsonObject, pointerTo, sortedSet, type Json, type JsonObject } from "../../model/json.ts";
import { referenceAsWritten, writtenReference, type Codec, type ReferenceOf } from "../field.ts";
import { markerTagName } from "../marker.ts";
import { listOf } from "./list-of.ts";
import { toNumber } from "./number.ts";
import { toText } from "./text.ts";

/**
 * One canonical item. The form sends "" for a tag without a value (TagsManager.vue), and null on the server means the
 * same.
 */
export interface MonitorTag {
  readonly [key: string]: Json;
  readonly tag: Reference;
  readonly value: string;
}

/** On the server, each item is `{ tag_id, value }` and more, as in a monitor's own `tags`. */
export const monitorTags: Codec = {
  normalise: (written) => sortedSet(listOf(written).flatMap(fromWritten)),
  fromKuma: (wire, referenceOf) => sortedSet(listOf(wire).flatMap((row) => fromTagRow(row, referenceOf))),
  toKuma: (canonical, idOf) =>
    (canonical as readonly MonitorTag[]).map(({ tag, value }) => ({ tag_id: idOf("tag", tag), value })),
  written: (canonical) => (canonical as readonly MonitorTag[]).map(asWritten),
  references: (canonical) =>
    (canonical as readonly MonitorTag[]).map(({ tag }, index) => ({ at: pointerTo(index, "tag"), to: tag })),
};

function fromWritten(item: Json): MonitorTag[] {
  if (!isJsonObject(item)) {
    const key = toText(item);
    return key === null ? [] : [{ tag: writtenReference("tag", key), value: "" }];
  }
  const { name, id, value } = item;
  if (name !== undefined) return [{ tag: { name: toText(name) ?? "" }, value: toText(value) ?? "" }];
  // If `id` is not a number, it is the key of a tag: `{ id: core }`.
  if (typeof id === "number") return [{ tag: { id }, value: toText(value) ?? "" }];
  return Object.entries(item).map(([key, given]) => ({
    tag: writtenReference("tag", key),
    value: toText(given) ?? "",
  }));
}

/** The shortest written form. */
function asWritten({ tag, value }: MonitorTag): Json {
  const written = referenceAsWritten(tag);
  if (typeof written === "string") return value === "" ? written : { [written]: value };
  return { ...(written as JsonObject), ...(value === "" ? {} : { value }) };
}

function fromTagRow(row: Json, referenceOf: ReferenceOf): MonitorTag[] {
  if (!isJsonObject(row) || row["name"] === markerTagName) return [];
  const id = toNumber(row["tag_id"]);
  return id === null ? [] : [{ tag: referenceOf("tag", id), value: toText(row["value"]) ?? "" }];
}
