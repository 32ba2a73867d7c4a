/** What the tests of one server share: a client, a raw socket, and a list of what was made, to be removed at the end. */
import { connect } from "../../src/kuma/connect.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import { passwordToken, rawSocket } from "./raw-socket.ts";
import type { RawSocket } from "./raw-socket.ts";
import { refusalsOf } from "./refusals.ts";
import type { Database } from "./refusals.ts";
import type { ContractServer, RunningServer } from "./servers.ts";

export interface Bench {
  readonly running: RunningServer;
  readonly token: string;
  readonly client: KumaClient;
  readonly raw: RawSocket;
  readonly database: Database;
  /** What the refusals of that database look like. */
  readonly refusals: ReturnType<typeof refusalsOf>;
  /** The smallest monitor that this version takes, with `fields` laid over. */
  readonly monitor: (fields?: JsonObject) => JsonObject;
  /** Adds one, and removes it at the end. Gives the id. */
  add(fields?: JsonObject): Promise<number>;
  addTag(name: string): Promise<number>;
  addNotification(config: JsonObject): Promise<number>;
  /** The monitor as the list has it after a fresh look. */
  seen(id: number): Promise<JsonObject>;
  /** Removes an object at the end that was made some other way. */
  remember(kind: "monitor" | "tag" | "notification", id: number): void;
  close(): Promise<void>;
}

const deleteEvents = { monitor: "deleteMonitor", tag: "deleteTag", notification: "deleteNotification" } as const;

export async function openBench(server: ContractServer): Promise<Bench> {
  const running = await server.start();
  const { url, username, password } = running;
  const token = await passwordToken(url, username, password);
  const client = await connect({ url, credentials: { type: "token", token } });
  const raw = await rawSocket(url, token);
  const database = raw.database();
  const made: (readonly [kind: keyof typeof deleteEvents, id: number])[] = [];
  const remember: Bench["remember"] = (kind, id) => void made.push([kind, id]);

  const monitor = (fields: JsonObject = {}): JsonObject => ({
    type: "http",
    name: "contract test",
    // Fails at once everywhere, and without a trace in any network.
    url: "http://127.0.0.1:1/",
    accepted_statuscodes: ["200-299"],
    interval: 60,
    retryInterval: 60,
    timeout: 5,
    active: false,
    ...(client.server.capabilities.hasConditions ? { conditions: [] } : {}),
    ...fields,
  });
  const kept = (kind: keyof typeof deleteEvents, id: Json | undefined): number => {
    remember(kind, Number(id));
    return Number(id);
  };
  return {
    running,
    token,
    client,
    raw,
    database,
    refusals: refusalsOf(database),
    monitor,
    add: async (fields) => kept("monitor", (await client.write("add", monitor(fields)))["monitorID"]),
    addTag: async (name) => {
      const { tag } = await client.write("addTag", { name, color: "#4B5563" });
      return kept("tag", (tag as JsonObject)["id"]);
    },
    addNotification: async (config) =>
      kept("notification", (await client.write("addNotification", config, null))["id"]),
    seen: async (id) => (await client.refreshMonitors())[String(id)] as JsonObject,
    remember,
    close: async () => {
      for (const [kind, id] of made.toReversed()) {
        // Many are gone by now; what remains is what counts.
        await client.write(deleteEvents[kind], id).catch(() => {});
      }
      await client.close();
      raw.close();
      await running.close();
    },
  };
}
