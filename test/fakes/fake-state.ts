/** What the fake server stores: the tables of the real one that the client touches. */
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Traits } from "./fake-version.ts";

/** By column name. */
export type MonitorRow = Record<string, Json>;

export interface BeatRow {
  readonly monitorId: number;
  readonly status: 0 | 1 | 2 | 3;
  readonly msg: string;
  readonly time: string;
  readonly ping: number | null;
}

export interface NotificationRow {
  readonly id: number;
  readonly name: string | null;
  readonly isDefault: boolean;
  /** JSON text. */
  readonly config: string;
}

export interface TagRow {
  readonly id: number;
  readonly name: string;
  readonly color: string;
}

export interface MonitorTagRow {
  readonly id: number;
  readonly tagId: number;
  readonly monitorId: number;
  readonly value: string | null;
}

export interface PageGroup {
  readonly id: number;
  name: string;
  monitors: readonly { readonly id: number; readonly sendUrl: boolean; readonly url: string | null }[];
}

export interface FakePage {
  readonly id: number;
  /** By the keys of `getStatusPage`. */
  readonly settings: Record<string, Json>;
  icon: string;
  domains: readonly string[];
  groups: readonly PageGroup[];
}

export interface FakeMaintenance {
  /** What lists show. */
  readonly memory: Record<string, Json>;
  /** What `getMaintenance` shows. */
  readonly stored: Record<string, Json>;
  monitors: number[];
  statusPages: number[];
}

export interface FakeState {
  readonly traits: Traits;
  readonly monitors: Map<number, MonitorRow>;
  readonly notifications: Map<number, NotificationRow>;
  /** Of 3.x: what was there before the upgrade, such as `monitor 3`. */
  readonly ownerless: Set<string>;
  readonly tags: Map<number, TagRow>;
  /** Objects as the lists show them, by id. */
  readonly hosts: Readonly<Record<"proxy" | "dockerHost" | "remoteBrowser", Map<number, JsonObject>>>;
  monitorTags: readonly MonitorTagRow[];
  /** Rows, not a set: the real table takes the same link twice. */
  links: readonly { readonly monitorId: number; readonly notificationId: number }[];
  readonly beats: Map<number, BeatRow[]>;
  readonly settings: Record<string, Json>;
  /** As the running server has it; undefined after it was left out of a save. */
  entryPage: Json | undefined;
  pages: readonly FakePage[];
  /** By path. */
  readonly uploads: Map<string, Buffer>;
  readonly maintenances: Map<number, FakeMaintenance>;
  /** The last ids of what pages and maintenances are made of. */
  readonly pageIds: { page: number; group: number; upload: number; maintenance: number };
  /** The last id given out, by table; ids are never given twice. */
  readonly lastIds: Record<
    "monitor" | "notification" | "tag" | "monitorTag" | "proxy" | "dockerHost" | "remoteBrowser",
    number
  >;
}

export function emptyState(traits: Traits): FakeState {
  return {
    traits,
    monitors: new Map(),
    notifications: new Map(),
    ownerless: new Set(),
    tags: new Map(),
    hosts: { proxy: new Map(), dockerHost: new Map(), remoteBrowser: new Map() },
    monitorTags: [],
    links: [],
    beats: new Map(),
    settings: { serverTimezone: "UTC" },
    entryPage: "dashboard",
    pages: [],
    uploads: new Map(),
    maintenances: new Map(),
    pageIds: { page: 0, group: 0, upload: 0, maintenance: 0 },
    lastIds: { monitor: 0, notification: 0, tag: 0, monitorTag: 0, proxy: 0, dockerHost: 0, remoteBrowser: 0 },
  };
}

/**
 * The text of a failed statement as the server passes it on: with all its values
 * (docs/upstream/uptime-kuma.md#error-messages).
 */
export function sqlError(statement: string, row: Readonly<Record<string, Json>>, reason: string): Error {
  const columns = Object.keys(row).toSorted();
  const values = columns.map((column) => sqlValue(row[column] ?? null));
  return new Error(
    `insert into \`${statement}\` (${columns.map((column) => `\`${column}\``).join(", ")}) values (${values.join(", ")}) - ${reason}`,
  );
}

function sqlValue(value: Json): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", String.raw`\'`)}'`;
}

/** A value as a text column holds it. */
export function textOf(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value);
}
