/**
 * The groups of a status page and their monitors, in order. A monitor is written as its key, as `{ name: … }` or `{ id:
 * … }`, or with settings for this page: `{ monitor: api, url: https://… }`.
 */
import type { Reference } from "../../model/entity.ts";
import { isJsonObject, pointerTo, type Json, type JsonObject } from "../../model/json.ts";
import type { Release } from "../../model/release.ts";
import { listOf } from "../codecs/list-of.ts";
import { toNumber } from "../codecs/number.ts";
import { toText } from "../codecs/text.ts";
import {
  referenceAsWritten,
  writtenReference,
  type Codec,
  type Field,
  type JsonSchema,
  type ReferenceOf,
} from "../field.ts";
import { referenceSchema } from "../field-shapes.ts";
import { selectorSchema } from "../selector-schema.ts";

interface ShownMonitor {
  readonly [key: string]: Json;
  readonly monitor: Reference;
  /** Whether its name is a link. */
  readonly sendUrl: boolean;
  /** Where the link leads; null for the monitor's own address. */
  readonly url: string | null;
}

interface PublicGroup {
  readonly [key: string]: Json;
  readonly name: string;
  readonly monitors: readonly ShownMonitor[];
}

/** The server's form is `[{ id?, name, monitorList: [{ id, sendUrl, url? }] }]`, as `saveStatusPage` accepts it. */
const publicGroups: Codec = {
  normalise: (written) => listOf(written).filter(isJsonObject).map(fromWritten),
  fromKuma: (wire, referenceOf) =>
    listOf(wire)
      .filter(isJsonObject)
      .map((group) => fromPublic(group, referenceOf)),
  toKuma: (canonical, idOf) =>
    (canonical as readonly PublicGroup[]).map(({ name, monitors }) => ({
      name,
      monitorList: monitors.map(({ monitor, sendUrl, url }) => ({
        id: idOf("monitor", monitor),
        sendUrl,
        ...(url === null ? {} : { url }),
      })),
    })),
  written: (canonical) =>
    (canonical as readonly PublicGroup[]).map(({ name, monitors }) => ({ name, monitors: monitors.map(asWritten) })),
  references: (canonical) =>
    (canonical as readonly PublicGroup[]).flatMap(({ monitors }, group) =>
      monitors.map(({ monitor }, index) => ({ at: pointerTo(group, "monitors", index, "monitor"), to: monitor })),
    ),
};

function fromWritten(group: JsonObject): PublicGroup {
  return { name: toText(group["name"]) ?? "", monitors: listOf(group["monitors"]).map(monitorFromWritten) };
}

function monitorFromWritten(item: Json): ShownMonitor {
  if (!isJsonObject(item))
    return { monitor: writtenReference("monitor", toText(item) ?? ""), sendUrl: false, url: null };
  const { monitor, sendUrl } = item;
  if (monitor === undefined) return { monitor: writtenReference("monitor", item), sendUrl: false, url: null };
  const url = toText(item["url"]);
  return { monitor: writtenReference("monitor", monitor), sendUrl: url !== null || sendUrl === true, url };
}

/** The shortest written form. */
function asWritten({ monitor, sendUrl, url }: ShownMonitor): Json {
  const written = referenceAsWritten(monitor);
  if (!sendUrl) return written;
  return { monitor: written, ...(url === null ? { sendUrl } : { url }) };
}

function fromPublic(group: JsonObject, referenceOf: ReferenceOf): PublicGroup {
  const monitors = listOf(group["monitorList"])
    .filter(isJsonObject)
    .flatMap((item): ShownMonitor[] => {
      const id = toNumber(item["id"]);
      if (id === null) return [];
      const sendUrl = Boolean(item["sendUrl"]);
      return [{ monitor: referenceOf("monitor", id), sendUrl, url: sendUrl ? toText(item["url"]) : null }];
    });
  return { name: toText(group["name"]) ?? "", monitors };
}

const sinceUrl: Release = [2, 0, 0];

function newerParts(written: Json): ReturnType<NonNullable<Field["newerParts"]>> {
  return listOf(written).flatMap((group, at) =>
    listOf(isJsonObject(group) ? group["monitors"] : undefined).flatMap((item, index) =>
      isJsonObject(item) && item["url"] !== undefined
        ? [{ at: pointerTo(at, "monitors", index, "url"), since: sinceUrl }]
        : [],
    ),
  );
}

const monitorReference = referenceSchema("monitor");

const shownMonitor: JsonSchema = {
  anyOf: [
    ...(monitorReference["anyOf"] as readonly JsonObject[]),
    {
      type: "object",
      properties: {
        monitor: monitorReference,
        sendUrl: {
          type: "boolean",
          description: "Whether its name is a link to its address. With a `url` of its own it always is.",
        },
        url: { type: "string", minLength: 1, description: "Where the link leads in place of the monitor's address." },
      },
      required: ["monitor"],
      additionalProperties: false,
    },
  ],
  examples: ["api", { monitor: "api", url: "https://example.com" }],
};

export const groupsField: Field = {
  kuma: "publicGroupList",
  codec: publicGroups,
  refersTo: "monitor",
  newerParts,
  // Read from the public page, which does not exist for a slug in upper case.
  isObservable: (row) => row["publicGroupList"] !== undefined,
  schema: {
    title: "Groups",
    description:
      "The groups of monitors on the page, in order, each with its monitors in order. `select` adds monitors by tag, parent, type or key (docs/selecting-monitors.md), sorted by `order`.",
    type: "array",
    items: {
      type: "object",
      properties: {
        name: { type: "string", minLength: 1, description: "The heading of the group." },
        monitors: { type: "array", items: shownMonitor, description: "The monitors, in order." },
        select: selectorSchema,
        order: {
          enum: ["name", "declared"],
          description: "How selected monitors are sorted: by name, or as the configuration declares them.",
          default: "name",
        },
      },
      required: ["name"],
      additionalProperties: false,
    },
    default: [],
    examples: [
      [{ name: "Services", monitors: ["api", { monitor: "shop", sendUrl: true }] }],
      [{ name: "Media", select: { tag: "media" } }],
    ],
  },
};

/**
 * Adds the ids that the groups have on the server, because a group without an id is created again at every save
 * (docs/upstream/uptime-kuma.md#status-pages). Groups with the same name keep their ids in order; the remaining ones
 * count as renamed.
 */
export function withGroupIds(wanted: Json | undefined, present: Json | undefined): JsonObject[] {
  const left = listOf(present).filter(isJsonObject);
  const take = (isIt: (group: JsonObject) => boolean): JsonObject | undefined => {
    const index = left.findIndex(isIt);
    return index === -1 ? undefined : left.splice(index, 1)[0];
  };
  const groups = listOf(wanted).filter(isJsonObject);
  const same = groups.map((group) => take(({ name }) => name === group["name"]));
  return groups.map((group, index) => {
    const id = (same[index] ?? take(() => true))?.["id"];
    return id === undefined ? group : { id, ...group };
  });
}
