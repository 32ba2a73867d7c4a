/** Monitors. Their marker is the value of a tag, next to their own tags. */
import type { DesiredEntity, KumaId, Owner } from "../model/entity.ts";
import { InternalError } from "../model/errors.ts";
import { isJsonObject, isWithin, pointerParts, type JsonObject } from "../model/json.ts";
import type { KumaClient } from "../model/kuma-client.ts";
import { listOf } from "./codecs/list-of.ts";
import type { MonitorTag } from "./codecs/monitor-tags.ts";
import { toNumber } from "./codecs/number.ts";
import { toText } from "./codecs/text.ts";
import type { Kind, Update, WriteContext } from "./kind.ts";
import { markerTagName, markerText, ownerOf } from "./marker.ts";
import { restoreLinks } from "./monitor-links.ts";
import { derivedKeys, editedMonitor, newMonitor, type MonitorContent } from "./monitor-payload.ts";
import { monitorRows } from "./monitor-rows.ts";
import { tagCalls, type TagLink } from "./monitor-tag-calls.ts";
import { monitorTypes } from "./monitor-types/index.ts";

export const monitor: Kind = {
  name: "monitor",
  section: "monitors",
  variants: [...monitorTypes.values()],
  derivedKeys: new Set([...derivedKeys, "id", "type", "userId", "user_id"]),
  variant: (type) => monitorTypes.get(type ?? ""),
  rows: monitorRows,
  create,
  update,
  // With a second argument, the server deletes the children too; up to 2.0, that argument replaces the acknowledgement
  // (docs/upstream/uptime-kuma.md#groups).
  remove: async ({ client }, { id }) => {
    await client.write("deleteMonitor", id);
  },
  restore: restoreLinks,
  removeMarker: async ({ client }, { id, row }) => {
    await linkTags(client, id, { have: linksOf(row, isMarkerTag), want: [] });
  },
  retire: async (context, { id, row }, owner) => {
    await linkTags(context.client, id, { have: linksOf(row, isMarkerTag), want: [markerLink(context, owner)] });
    await context.client.write("pauseMonitor", id);
  },
};

async function create(context: WriteContext, entity: DesiredEntity): Promise<KumaId> {
  const { client } = context;
  const payload = newMonitor(contentOf(entity), payloadContext(context));
  const tags = [markerLink(context, ownerOf(context.project, entity)), ...ownLinks(context, entity)];
  const { monitorID } = await client.write("add", payload);
  const id = toNumber(monitorID);
  if (id === null) throw new InternalError("the server created a monitor and did not say its id");
  await linkTags(client, id, { have: [], want: tags });
  return id;
}

/**
 * The order matters. First the marker, so that the next run recognises an interrupted adoption. Then tags, whose values
 * the metrics read when a monitor restarts (docs/upstream/uptime-kuma.md#tags). A pause comes before the edit and a
 * resume after it, because an edit restarts an active monitor, and a restart checks at once.
 *
 * Below a paused group a monitor keeps checking, but an edit does not restart it: it would use the old settings until
 * the server restarts (docs/upstream/uptime-kuma.md#groups). A resume restarts it and changes nothing else. Whether
 * that is needed is read after the edit, which may have moved the monitor.
 */
async function update(context: WriteContext, { entity, observed, changes, owner }: Update): Promise<void> {
  const { client } = context;
  const { id, row } = observed;
  const changed = new Set(changes.map(({ path }) => pointerParts(path)[0]));
  const isEdited = changes.some(({ path }) => !isWithin(path, ["/tags", "/active"]));
  const payload = isEdited ? editedMonitor({ id, row }, contentOf(entity), payloadContext(context)) : undefined;
  const tags = changed.has("tags") ? { have: linksOf(row, isOwnTag), want: ownLinks(context, entity) } : undefined;

  if (owner !== undefined) {
    await linkTags(client, id, { have: linksOf(row, isMarkerTag), want: [markerLink(context, owner)] });
  }
  if (tags !== undefined) await linkTags(client, id, tags);

  const isActive = entity.spec["active"] === true;
  const isSwitched = changed.has("active");
  if (!isActive && (isSwitched || (isEdited && row["forceInactive"] === true))) await client.write("pauseMonitor", id);
  if (payload !== undefined) await client.write("editMonitor", payload);
  // The npm package's 2.0.0-dev.0 resumes every monitor that is edited; the other releases do not.
  if (!isActive && payload !== undefined && Boolean((await rowNow(client, observed))["active"])) {
    await client.write("pauseMonitor", id);
  }
  if (isActive && (isSwitched || (isEdited && (await rowNow(client, observed))["forceInactive"] === true))) {
    await client.write("resumeMonitor", id);
  }
}

/** The monitor after the write. The server pushes its new state before the acknowledgement. */
async function rowNow(client: KumaClient, { id, row }: Update["observed"]): Promise<JsonObject> {
  const list = await client.list("monitorList");
  const now = isJsonObject(list) ? list[String(id)] : undefined;
  return isJsonObject(now) ? now : row;
}

async function linkTags(
  client: KumaClient,
  id: KumaId,
  { have, want }: { readonly have: readonly TagLink[]; readonly want: readonly TagLink[] },
): Promise<void> {
  for (const { event, tagId, value } of tagCalls(have, want)) await client.write(event, tagId, id, value);
}

function isOwnTag(name: string | null): boolean {
  return !isMarkerTag(name);
}

function isMarkerTag(name: string | null): boolean {
  return name === markerTagName;
}

/** The links of a server object to tags whose name passes `isWanted`. */
function linksOf(row: JsonObject, isWanted: (name: string | null) => boolean): TagLink[] {
  return listOf(row["tags"])
    .filter(isJsonObject)
    .flatMap((tag): TagLink[] => {
      const tagId = toNumber(tag["tag_id"]);
      return tagId === null || !isWanted(toText(tag["name"])) ? [] : [{ tagId, value: toText(tag["value"]) }];
    });
}

function ownLinks({ idOf }: WriteContext, { spec }: DesiredEntity): TagLink[] {
  return (listOf(spec["tags"]) as readonly MonitorTag[]).map(({ tag, value }) => ({ tagId: idOf("tag", tag), value }));
}

function markerLink({ markerTagId }: WriteContext, owner: Owner): TagLink {
  return { tagId: markerTagId, value: markerText(owner) };
}

function contentOf({ key, spec }: DesiredEntity): MonitorContent {
  const variant = monitor.variant(toText(spec["type"]) ?? undefined);
  if (variant === undefined) throw new InternalError(`${key} has no known type`);
  return { variant, spec };
}

function payloadContext({ client, idOf }: WriteContext): Parameters<typeof newMonitor>[1] {
  return { idOf, capabilities: client.server.capabilities };
}
