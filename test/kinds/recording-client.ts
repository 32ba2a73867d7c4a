/** A KumaClient that writes down what it is told, and answers as a server of the given release would. */
import {
  usualLifecycle,
  type DesiredEntity,
  type EntityKey,
  type KindName,
  type KumaId,
  type ObservedEntity,
  type Reference,
} from "../../src/model/entity.ts";
import { toText } from "../../src/kinds/codecs/text.ts";
import type { IdOf, ReferenceOf } from "../../src/kinds/field.ts";
import { referencesIn } from "../../src/kinds/field.ts";
import type { Kind, WriteContext } from "../../src/kinds/kind.ts";
import { specFromRow, specFromWritten } from "../../src/kinds/spec.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import type { Capabilities, KumaClient, ListName, WriteEvent } from "../../src/model/kuma-client.ts";
import { isAtLeast, type Release } from "../../src/model/release.ts";

interface Call {
  readonly event: WriteEvent;
  readonly args: readonly Json[];
}

export interface RecordingClient extends KumaClient {
  readonly calls: readonly Call[];
}

export const releases: readonly Release[] = [
  [1, 23, 17],
  [2, 0, 2],
  [2, 1, 0],
  [2, 3, 0],
  [2, 4, 0],
  [2, 5, 3],
  [2, 5, 4],
];
export const newest: Release = [2, 5, 4];

export function capabilitiesOf(release: Release): Capabilities {
  const isV2 = isAtLeast(release, [2, 0, 0]);
  return {
    release,
    hasConditions: isV2,
    hasDeltas: isV2,
    writeWindow: 1,
    minInterval: 1,
    maxInterval: undefined,
    minRetryInterval: 1,
  };
}

/** Gives every new object the id 100. `lists` are what `list` answers, `tags` what getTags does. */
export function recordingClient({
  release = newest,
  lists = {},
  tags = [],
}: {
  readonly release?: Release;
  readonly lists?: Partial<Record<ListName, Json>>;
  readonly tags?: readonly JsonObject[];
} = {}): RecordingClient {
  const calls: Call[] = [];
  const monitors = (lists.monitorList ?? {}) as JsonObject;
  const switched = new Map<number, boolean>();
  const currentMonitors = (): JsonObject =>
    Object.fromEntries(
      Object.entries(monitors).map(([id, row]) => {
        const active = switched.get(Number(id));
        return [id, active === undefined || !isJsonObject(row) ? row : { ...row, active }];
      }),
    );
  return {
    calls,
    server: {
      url: "http://127.0.0.1:3001",
      version: release.join("."),
      capabilities: capabilitiesOf(release),
      isTested: true,
    },
    list: (name) => Promise.resolve(name === "monitorList" ? currentMonitors() : (lists[name] ?? [])),
    currentMonitors: () => Promise.resolve(currentMonitors()),
    refreshMonitors: () => Promise.resolve({ ...monitors, 900: { id: 900, name: "fresh", type: "group", tags: [] } }),
    readPublic: () => Promise.resolve(undefined),
    readPicture: () => Promise.resolve(undefined),
    clock: () => Promise.resolve(0),
    read: () => Promise.resolve({ ok: true, tags }),
    heartbeats: new Map(),
    stats: new Map(),
    onHeartbeat: () => () => {},
    close: () => Promise.resolve(),
    write: (event, ...args) => {
      calls.push({ event, args });
      if (event === "pauseMonitor" || event === "resumeMonitor")
        switched.set(Number(args[0]), event === "resumeMonitor");
      return Promise.resolve({ ok: true, monitorID: 100, id: 100, tag: { id: 100 } });
    },
  };
}

const idsByKey: Readonly<Record<string, KumaId>> = {
  "monitor/edge": 7,
  "notification/oncall": 3,
  "notification/mail": 4,
  "tag/team": 11,
  "tag/prod": 12,
  "docker-host/local": 5,
};

export const idOf: IdOf = (_kind, reference) => {
  const id = typeof reference === "string" ? idsByKey[reference] : "id" in reference ? reference.id : undefined;
  if (id === undefined) throw new Error(`no id for ${JSON.stringify(reference)}`);
  return id;
};

export const referenceOf: ReferenceOf = (kind: KindName, id: KumaId): Reference =>
  (Object.keys(idsByKey).find((key) => key.startsWith(`${kind}/`) && idsByKey[key] === id) as
    | EntityKey
    | undefined) ?? {
    id,
  };

export const markerTagId = 99;

export function contextOf(client: KumaClient): WriteContext {
  return { client, project: "shop", idOf, markerTagId };
}

/** An entity as the configuration would declare it. */
export function desired(kind: Kind, key: string, written: JsonObject): DesiredEntity {
  const type = written["type"];
  const variant = kind.variant(typeof type === "string" ? type : undefined);
  if (variant === undefined) throw new Error(`no variant for ${JSON.stringify(type)}`);
  const spec = specFromWritten(variant, written);
  return {
    key: `${kind.name}/${key}`,
    kind: kind.name,
    name: toText(spec["name"]) ?? "",
    spec,
    references: referencesIn(variant.fields, spec),
    defaulted: [],
    sensitive: [],
    lifecycle: usualLifecycle,
  };
}

/** A server object as `observe` would hand it on. */
export function observed(
  kind: Kind,
  row: JsonObject & { readonly id: number },
  release: Release = newest,
): ObservedEntity {
  const type = row["type"];
  const variant = kind.variant(typeof type === "string" ? type : undefined);
  return {
    kind: kind.name,
    id: row.id,
    name: toText(row["name"]) ?? "",
    spec: variant && specFromRow(variant, row, referenceOf, release),
    references: [],
    sensitive: [],
    owner: undefined,
    row,
  };
}
