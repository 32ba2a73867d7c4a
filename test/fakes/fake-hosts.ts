/**
 * Proxies, Docker hosts and remote browsers (docs/upstream/uptime-kuma.md#proxies,
 * docs/upstream/uptime-kuma.md#remote-browsers).
 */
import { isJsonObject } from "../../src/model/json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { monitorListJson } from "./fake-monitor-json.ts";
import { sqlError } from "./fake-state.ts";
import type { FakeState } from "./fake-state.ts";

type HostTable = keyof FakeState["hosts"];
type Push = (event: string, ...args: readonly Json[]) => void;
type Handler = (args: readonly Json[]) => JsonObject;

interface Host {
  readonly save: string;
  readonly remove: string;
  readonly list: string;
  /** As the server says it of an id that it does not have. */
  readonly missing: string;
  /** The column of monitors that refers to it. */
  readonly column: string;
  /** What is stored; a key that is not sent keeps its old value. Throws what the database would. */
  readonly columns: (sent: JsonObject) => JsonObject;
}

const protocols: readonly Json[] = ["http", "https", "socks", "socks5", "socks5h", "socks4"];

const tables: Readonly<Record<HostTable, Host>> = {
  proxy: {
    save: "addProxy",
    remove: "deleteProxy",
    list: "proxyList",
    missing: "proxy not found",
    column: "proxy_id",
    columns: (sent) => {
      if (!protocols.includes(sent["protocol"] ?? null)) {
        throw new Error(`\n                Unsupported proxy protocol "${JSON.stringify(sent["protocol"])}.`);
      }
      return {
        ...picked(sent, ["protocol", "host", "username", "password"]),
        port: Number(sent["port"]),
        ...(sent["auth"] === undefined ? {} : { auth: Number(Boolean(sent["auth"])) }),
        // Whatever is sent.
        active: 1,
        default: Number(Boolean(sent["default"])),
      };
    },
  },
  dockerHost: {
    save: "addDockerHost",
    remove: "deleteDockerHost",
    list: "dockerHostList",
    missing: "docker host not found",
    column: "docker_host",
    columns: (sent) => picked(sent, ["dockerDaemon", "dockerType", "name"]),
  },
  remoteBrowser: {
    save: "addRemoteBrowser",
    remove: "deleteRemoteBrowser",
    list: "remoteBrowserList",
    missing: "Remote browser not found",
    column: "remote_browser",
    columns: (sent) => picked(sent, ["url", "name"]),
  },
};

const notNull: Readonly<Record<HostTable, readonly string[]>> = {
  proxy: ["host", "port", "auth"],
  dockerHost: [],
  remoteBrowser: ["name", "url"],
};

function picked(sent: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(sent).filter(([name]) => names.includes(name)));
}

/** The tables of a release: 1.23 has no remote browsers, and never answers what asks for them. */
function tablesOf({ traits }: FakeState): readonly (readonly [HostTable, Host])[] {
  return (Object.entries(tables) as [HostTable, Host][]).filter(
    ([table]) => !traits.isOld || table !== "remoteBrowser",
  );
}

export function hostHandlers(
  state: FakeState,
  push: Push,
  done: (key: string, english: string) => JsonObject,
): Readonly<Record<string, Handler>> {
  const handlers = tablesOf(state).flatMap(([table, host]): (readonly [string, Handler])[] => [
    [
      host.save,
      ([sent = null, id = null]) => {
        if (!isJsonObject(sent)) throw new TypeError("Cannot read properties of null (reading 'protocol')");
        const saved = saveHost(state, table, { sent, id });
        push(host.list, hostListJson(state, table));
        if (table === "proxy" && sent["applyExisting"] === true) {
          for (const row of state.monitors.values()) row["proxy_id"] = saved;
          push("monitorList", monitorListJson(state));
        }
        return { ...done("Saved.", "Saved"), id: saved };
      },
    ],
    [
      host.remove,
      ([id]) => {
        if (!state.hosts[table].delete(Number(id))) throw new Error(host.missing);
        // Nobody is told of it.
        for (const row of state.monitors.values()) if (row[host.column] === Number(id)) row[host.column] = null;
        push(host.list, hostListJson(state, table));
        return done("successDeleted", "Deleted");
      },
    ],
  ]);
  return Object.fromEntries(handlers);
}

function saveHost(
  state: FakeState,
  table: HostTable,
  { sent, id }: { readonly sent: JsonObject; readonly id: Json },
): number {
  const rows = state.hosts[table];
  const before = id ? rows.get(Number(id)) : {};
  if (before === undefined) throw new Error(tables[table].missing);
  const columns = tables[table].columns(sent);
  // One proxy is the default one.
  if (table === "proxy" && columns["default"] === 1) {
    for (const [other, row] of rows) rows.set(other, { ...row, default: 0 });
  }
  const row: JsonObject = { ...before, ...columns };
  const empty = notNull[table].find((name) => (row[name] ?? null) === null);
  if (empty !== undefined)
    throw sqlError(table, row, `SQLITE_CONSTRAINT: NOT NULL constraint failed: ${table}.${empty}`);
  const newId = id ? Number(id) : ++state.lastIds[table];
  rows.set(newId, row);
  return newId;
}

export function hostLists(state: FakeState): readonly (readonly [list: string, rows: Json])[] {
  return tablesOf(state).map(([table, { list }]) => [list, hostListJson(state, table)]);
}

function hostListJson(state: FakeState, table: HostTable): Json {
  const shared: Readonly<Record<HostTable, JsonObject>> = {
    proxy: { userId: 1, username: null, password: null, createdDate: "2026-01-01 00:00:00" },
    dockerHost: { userID: 1 },
    remoteBrowser: {},
  };
  return [...state.hosts[table]].map(([id, row]) => ({ id, ...shared[table], ...row }));
}

/** Whether a monitor refers to something that is not there. */
export function hasDanglingHost(state: FakeState, row: Readonly<Record<string, Json>>): boolean {
  return (Object.entries(tables) as [HostTable, Host][]).some(([table, { column }]) => {
    const id = row[column] ?? null;
    return id !== null && !state.hosts[table].has(Number(id));
  });
}
