import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { ListName } from "../../model/kuma-client.ts";
import { monitorIdOf } from "./monitor-id.ts";

/**
 * The monitors, by id, whose references have changed. Changing or deleting a tag, and deleting a notification, a proxy,
 * a Docker host or a remote browser, changes the monitors that use it, and the server pushes none of them
 * (docs/upstream/uptime-kuma.md#keeping-the-monitor-list-current). `tags` is the answer of getTags.
 */
export function monitorsInDoubt(
  monitors: JsonObject,
  { tags, list }: { readonly tags: Json | undefined; readonly list: (name: ListName) => Json | undefined },
): readonly number[] {
  const tagTexts = new Set(objects(tags).map(({ id, name, color }) => tagText(id, name, color)));
  const notifications = idsIn(list("notificationList"));
  const referred = referring.map(([field, name]) => [field, idsIn(list(name))] as const);
  return Object.values(monitors).flatMap((row) => {
    if (!isJsonObject(row)) return [];
    const isInDoubt =
      objects(row["tags"]).some(({ tag_id: id, name, color }) => !tagTexts.has(tagText(id, name, color))) ||
      Object.keys(row["notificationIDList"] ?? {}).some((id) => isGone(notifications, id)) ||
      referred.some(([field, ids]) => isGone(ids, row[field]));
    return isInDoubt ? [monitorIdOf(row["id"])] : [];
  });
}

const referring = [
  ["proxyId", "proxyList"],
  ["docker_host", "dockerHostList"],
  ["remote_browser", "remoteBrowserList"],
] as const satisfies readonly (readonly [string, ListName])[];

/** An empty reference cannot be wrong, and without the list nothing is known. */
function isGone(ids: ReadonlySet<number> | undefined, id: Json | undefined): boolean {
  return ids !== undefined && id !== undefined && id !== null && !ids.has(monitorIdOf(id));
}

function tagText(...parts: readonly (Json | undefined)[]): string {
  return JSON.stringify(parts);
}

/** Undefined if the list has not arrived. */
function idsIn(list: Json | undefined): ReadonlySet<number> | undefined {
  return list === undefined ? undefined : new Set(objects(list).map(({ id }) => monitorIdOf(id)));
}

function objects(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly Json[]).filter(isJsonObject) : [];
}
