/** What somebody made by hand on a server: to refer to, and to be left alone. */
import { type Field, type IdOf } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import { newMonitor } from "../../src/kinds/monitor-payload.ts";
import { specFromWritten } from "../../src/kinds/spec.ts";
import type { Variant } from "../../src/kinds/kind.ts";
import type { KindName, KumaId, ObservedEntity } from "../../src/model/entity.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { KumaClient, WriteEvent } from "../../src/model/kuma-client.ts";
import { isAtLeast } from "../../src/model/release.ts";

interface Referent {
  readonly kind: KindName;
  readonly id: KumaId;
  readonly name: string;
}

export interface Referents {
  readonly client: KumaClient;
  /** A value for a field that refers to others: to the first or the second object of that kind. */
  readonly referTo: (field: Field, index: 0 | 1) => Json;
  readonly idOf: IdOf;
  /** All of it as the server tells it now. */
  snapshot(): Promise<JsonObject>;
  close(): Promise<void>;
}

/** Two of each kind that can be referred to, and a paused monitor that refers to the first of each. */
export async function openReferents(client: KumaClient, project: string): Promise<Referents> {
  const made: Referent[] = [];
  const { capabilities } = client.server;
  const save = async (kind: KindName, event: WriteEvent, object: JsonObject, name: string): Promise<KumaId> => {
    const ack = await client.write(event, object, ...(event === "addTag" || event === "add" ? [] : [null]));
    const { id = null } = (event === "addTag" ? ack["tag"] : ack) as JsonObject;
    const newId = Number(event === "add" ? ack["monitorID"] : id);
    made.push({ kind, id: newId, name });
    return newId;
  };
  const addMonitor = (name: string, written: JsonObject, extra: JsonObject = {}): Promise<KumaId> => {
    const variant = kinds.get("monitor")?.variant(written["type"] as string) as Variant;
    const spec = specFromWritten(variant, { ...written, name });
    const payload = newMonitor({ variant, spec }, { idOf: () => 0, capabilities });
    return save("monitor", "add", { ...payload, ...extra }, name);
  };

  for (const letter of ["a", "b"]) {
    const name = `${project} by hand ${letter}`;
    const host = `${project}-${letter}.example`;
    await save("tag", "addTag", { name, color: "#4B5563" }, name);
    await save("notification", "addNotification", { name, type: "webhook", webhookURL: "http://127.0.0.1:1/" }, name);
    const proxy = { protocol: "http", host, port: 3128, auth: false };
    await save("proxy", "addProxy", proxy, `http://${host}:3128`);
    await save("docker-host", "addDockerHost", { name, dockerType: "tcp", dockerDaemon: "http://127.0.0.1:1" }, name);
    if (isAtLeast(capabilities.release, kinds.get("remote-browser")?.since)) {
      await save("remote-browser", "addRemoteBrowser", { name, url: "ws://127.0.0.1:1" }, name);
    }
    // Running: whether a monitor below a paused group runs is not told.
    await addMonitor(name, { type: "group" });
  }
  const first = (kind: KindName): KumaId => nth(kind, 0).id;
  const nth = (kind: KindName, index: number): Referent =>
    made.filter((referent) => referent.kind === kind)[index] as Referent;
  const linked = { proxyId: first("proxy"), notificationIDList: { [first("notification")]: true } };
  const watcher = await addMonitor(
    `${project} watcher`,
    { type: "http", url: "http://127.0.0.1:1/", active: false },
    linked,
  );
  // Both: the npm package's server sweeps up every tag without a monitor whenever a tag is taken off one.
  for (const { id } of [nth("tag", 0), nth("tag", 1)]) await client.write("addMonitorTag", id, watcher, "x");

  return {
    client,
    referTo: ({ refersTo, schema }, index) => {
      const value = { name: nth(refersTo as KindName, index).name };
      return schema["type"] === "array" ? [value] : value;
    },
    idOf: (kind, reference) => {
      if (typeof reference === "object" && "id" in reference) return reference.id;
      const name = typeof reference === "object" && "name" in reference ? reference.name : undefined;
      const found = made.find((referent) => referent.kind === kind && referent.name === name);
      if (found === undefined) throw new Error(`no ${kind} ${JSON.stringify(reference)}`);
      return found.id;
    },
    snapshot: async () => {
      const rows = await Promise.all(
        [...new Set(made.map(({ kind }) => kind))].map(async (kind): Promise<[string, Json]> => {
          const all = (await kinds.get(kind)?.rows(client, { freshness: "anew" })) ?? [];
          const ids = made.filter((referent) => referent.kind === kind).map(({ id }) => id);
          return [kind, all.filter(({ id }) => ids.includes(id)).map(({ row }) => row)];
        }),
      );
      return Object.fromEntries(rows);
    },
    close: async () => {
      for (const { kind, id } of made.toReversed()) await client.write(deleteEvents[kind] as WriteEvent, id);
    },
  };
}

const deleteEvents: Readonly<Partial<Record<KindName, WriteEvent>>> = {
  tag: "deleteTag",
  notification: "deleteNotification",
  proxy: "deleteProxy",
  "docker-host": "deleteDockerHost",
  "remote-browser": "deleteRemoteBrowser",
  monitor: "deleteMonitor",
};

/** Objects that are saved whole, by their id; a tag holds its own. */
const saveEvents: Readonly<Partial<Record<KindName, WriteEvent>>> = {
  tag: "editTag",
  notification: "addNotification",
  proxy: "addProxy",
  "docker-host": "addDockerHost",
  "remote-browser": "addRemoteBrowser",
};

/** Changes an object as the web page would, which sends back all that it was shown. `changes` are the server's own values. */
export async function byHand(
  client: KumaClient,
  { kind, id, row }: ObservedEntity,
  changes: JsonObject,
): Promise<void> {
  const event = saveEvents[kind];
  if (event !== undefined) {
    await client.write(event, { ...row, ...changes }, ...(kind === "tag" ? [] : [id]));
    return;
  }
  if (kind !== "monitor") throw new Error(`nobody said how a ${kind} is changed by hand`);
  const { tags: _1, childrenIDs: _2, path: _3, pathName: _4, ...shown } = row;
  await client.write("editMonitor", { ...shown, ...changes, id });
  // The npm package's server resumes whatever is edited.
  if (!row["active"]) await client.write("pauseMonitor", id);
}
