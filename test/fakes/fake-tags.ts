/** Tags and their links to monitors (docs/upstream/uptime-kuma.md#tags). */
import { isJsonObject } from "../../src/model/json.ts";
import type { Json } from "../../src/model/json.ts";
import { sqlError, textOf } from "./fake-state.ts";
import type { FakeState, TagRow } from "./fake-state.ts";

/** No tag is unique, by name or otherwise. */
export function addTag(state: FakeState, payload: Json): TagRow {
  const { name = null, color = null } = isJsonObject(payload) ? payload : {};
  for (const [column, value] of Object.entries({ name, color })) {
    if (value === null)
      throw sqlError("tag", { name, color }, `SQLITE_CONSTRAINT: NOT NULL constraint failed: tag.${column}`);
  }
  const tag = { id: ++state.lastIds.tag, name: textOf(name), color: textOf(color) };
  state.tags.set(tag.id, tag);
  return tag;
}

/** Undefined for an unknown id. */
export function editTag(state: FakeState, payload: Json): TagRow | undefined {
  const { id, name, color } = isJsonObject(payload) ? payload : {};
  const tag = state.tags.get(Number(id));
  if (tag === undefined) return undefined;
  const edited = {
    ...tag,
    ...(name === undefined ? {} : { name: textOf(name) }),
    ...(color === undefined ? {} : { color: textOf(color) }),
  };
  state.tags.set(tag.id, edited);
  return edited;
}

export function deleteTag(state: FakeState, id: number): void {
  state.tags.delete(id);
  state.monitorTags = state.monitorTags.filter((link) => link.tagId !== id);
}

/** The same link twice is two rows. */
export function addMonitorTag(state: FakeState, tagId: number, monitorId: number, value: Json): void {
  if (!state.tags.has(tagId) || !state.monitors.has(monitorId)) {
    const row = { tag_id: tagId, monitor_id: monitorId, value };
    throw sqlError("monitor_tag", row, "SQLITE_CONSTRAINT: FOREIGN KEY constraint failed");
  }
  const link = { id: ++state.lastIds.monitorTag, tagId, monitorId, value: value === null ? null : textOf(value) };
  state.monitorTags = [...state.monitorTags, link];
}

/** All rows of that tag and monitor. */
export function editMonitorTag(state: FakeState, tagId: number, monitorId: number, value: Json): void {
  state.monitorTags = state.monitorTags.map((link) =>
    link.tagId === tagId && link.monitorId === monitorId
      ? { ...link, value: value === null ? null : textOf(value) }
      : link,
  );
}

/** All rows with exactly that value; NULL equals nothing (docs/upstream/uptime-kuma.md#tags). */
export function deleteMonitorTag(state: FakeState, tagId: number, monitorId: number, value: Json): void {
  state.monitorTags = state.monitorTags.filter(
    (link) => !(link.tagId === tagId && link.monitorId === monitorId && link.value !== null && link.value === value),
  );
  if (!state.traits.sweepsTags) return;
  for (const id of state.tags.keys()) {
    if (!state.monitorTags.some((link) => link.tagId === id)) state.tags.delete(id);
  }
}
