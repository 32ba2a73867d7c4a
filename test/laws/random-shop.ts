/** Small random configurations, one version after the other, and what a fake server should hold of them. */
import type { Json, JsonObject } from "../../src/model/json.ts";
import { parseMarker } from "../../src/kinds/marker.ts";
import type { FakeKuma } from "../fakes/kuma-server.ts";

/** Numbers from 0 up to 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Entities = Record<string, JsonObject>;

/** By section. */
export interface Shop {
  readonly notifications: Entities;
  readonly tags: Entities;
  readonly monitors: Entities;
}

/** Three to eight entities: groups in groups, links to notifications and tags. */
export function randomShop(random: () => number): Shop {
  const count = (most: number): number => Math.floor(random() * (most + 1));
  const shop: Shop = { notifications: {}, tags: {}, monitors: {} };
  for (let index = 0; index < count(2); index += 1) shop.notifications[`n${index}`] = notification(random, index);
  for (let index = 0; index < count(1); index += 1) shop.tags[`t${index}`] = { name: `Tag ${index}`, color: "#2563EB" };
  const groups = count(2);
  for (let index = 0; index < groups; index += 1) {
    const parent = index > 0 && random() < 0.5 ? { parent: `g${index - 1}` } : {};
    shop.monitors[`g${index}`] = { name: `Group ${index}`, type: "group", ...parent };
  }
  const left = Math.max(1, 3 + count(2) - groups);
  for (let index = 0; index < left; index += 1) shop.monitors[`m${index}`] = monitor(random, index, shop);
  return shop;
}

/** The next version of the file: some entities changed, some gone, some new; what is left refers to what is left. */
export function nextShop(random: () => number, before: Shop): Shop {
  const fresh = randomShop(random);
  const mix = (old: Entities, next: Entities): Entities => {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].toSorted();
    return Object.fromEntries(
      keys.flatMap((key): [string, JsonObject][] => {
        const dice = random();
        const chosen = dice < 0.5 ? (old[key] ?? next[key]) : next[key];
        return chosen === undefined ? [] : [[key, chosen]];
      }),
    );
  };
  const shop: Shop = {
    notifications: mix(before.notifications, fresh.notifications),
    // Tags are shared and stay on the server once they are there.
    tags: { ...before.tags, ...fresh.tags },
    monitors: mix(before.monitors, fresh.monitors),
  };
  if (Object.keys(shop.monitors).length === 0) shop.monitors["m0"] = monitor(random, 0, shop);
  for (const [key, written] of Object.entries(shop.monitors)) shop.monitors[key] = withoutDangling(written, shop);
  return shop;
}

function notification(random: () => number, index: number): JsonObject {
  return { name: `Call ${index}`, type: "webhook", webhookURL: `http://127.0.0.1:1/${Math.floor(random() * 3)}` };
}

function monitor(random: () => number, index: number, { notifications, tags, monitors }: Shop): JsonObject {
  const pick = (names: readonly string[]): string | undefined => names[Math.floor(random() * (names.length + 1))];
  const parent = pick(Object.keys(monitors).filter((key) => key.startsWith("g")));
  const tag = pick(Object.keys(tags));
  const told = pick(Object.keys(notifications));
  const name = random() < 0.8 ? `Monitor ${index}` : `Renamed ${index}`;
  return {
    name,
    // The npm package's server forgets a field when the type of a monitor changes, so each keeps its own.
    ...(index % 3 !== 2
      ? { type: "http", url: `http://127.0.0.1:1/${Math.floor(random() * 3)}` }
      : { type: "ping", hostname: "127.0.0.1" }),
    ...(random() < 0.3 ? { interval: 120 } : {}),
    ...(random() < 0.2 ? { active: false } : {}),
    ...(parent === undefined ? {} : { parent }),
    ...(tag === undefined ? {} : { tags: [{ [tag]: random() < 0.5 ? "a" : "b" }] }),
    ...(told === undefined ? {} : { notifications: [told] }),
  };
}

function withoutDangling(written: JsonObject, { notifications, tags, monitors }: Shop): JsonObject {
  const { parent, notifications: told, tags: links, ...rest } = written;
  const [tag] = Object.keys((links as readonly JsonObject[] | undefined)?.[0] ?? {});
  const [name] = (told as readonly string[] | undefined) ?? [];
  return {
    ...rest,
    ...(typeof parent === "string" && parent in monitors ? { parent } : {}),
    ...(tag !== undefined && tag in tags ? { tags: links as Json } : {}),
    ...(name !== undefined && name in notifications ? { notifications: told as Json } : {}),
  };
}

/** The next version of the file, from which nothing is gone. */
export function changedShop(random: () => number, before: Shop): Shop {
  const next = nextShop(random, before);
  return {
    notifications: { ...before.notifications, ...next.notifications },
    tags: next.tags,
    monitors: { ...before.monitors, ...next.monitors },
  };
}

/** YAML, of which JSON is a part. */
export function yamlOf(project: string, shop: Shop): string {
  return JSON.stringify({ version: 1, project, ...shop });
}

/** Every object that carries a marker of the project, as `monitor/m0`, once for each. */
export function markedOn(fake: FakeKuma, project: string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const add = (kind: string, marker: unknown, id: number): void => {
    const owner = parseMarker(marker);
    if (owner?.project !== project) return;
    const key = `${kind}/${owner.key}`;
    found.set(key, [...(found.get(key) ?? []), id]);
  };
  const markerTag = [...fake.tags.values()].find(({ name }) => name === "kuma-sync");
  for (const { tagId, monitorId, value } of fake.monitorTags) {
    if (tagId === markerTag?.id) add("monitor", value, monitorId);
  }
  for (const { id, config } of fake.notifications.values()) {
    add("notification", (JSON.parse(config) as JsonObject)["kumaSync"], id);
  }
  return found;
}

/** What the server should hold for a shop, by the same keys. */
export function keysOf({ notifications, monitors }: Shop): string[] {
  return [
    ...Object.keys(notifications).map((key) => `notification/${key}`),
    ...Object.keys(monitors).map((key) => `monitor/${key}`),
  ].toSorted();
}

/** Those of `before` that are there `after`, with their ids then: equal to what they were when nothing was made anew. */
export function stillThere(
  before: ReadonlyMap<string, readonly number[]>,
  after: ReadonlyMap<string, readonly number[]>,
): { readonly was: unknown; readonly is: unknown } {
  const keys = [...before.keys()].filter((key) => after.has(key));
  return { was: keys.map((key) => [key, before.get(key)]), is: keys.map((key) => [key, after.get(key)]) };
}

/** Keys with more than one object. */
export function repeated(found: ReadonlyMap<string, readonly number[]>): readonly string[] {
  return [...found].filter(([, ids]) => ids.length !== 1).map(([key]) => key);
}
