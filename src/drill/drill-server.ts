/** The server that a drill runs on: the few writes that it makes there, and what comes back. */
import { newMonitor } from "../kinds/monitor-payload.ts";
import { monitorTypes } from "../kinds/monitor-types/index.ts";
import { drillConfigKey, drillName, drillText, type DrillMark } from "../kinds/drill-marker.ts";
import { InternalError } from "../model/errors.ts";
import type { JsonObject } from "../model/json.ts";
import type { Heartbeat, KumaClient, WriteEvent } from "../model/kuma-client.ts";
import type { DrillListener, Notice } from "./listener.ts";
import { createLimit } from "./limit.ts";
import type { Stream } from "./wait-for.ts";

export interface DrillServer {
  readonly version: string;
  /** How many copies it may have at once without slowing down. */
  readonly capacity: number;
  readonly beats: Stream<Heartbeat>;
  readonly notices: Stream<Notice>;
  /** Those that came so far, oldest first. */
  readonly noticed: readonly Notice[];
  /** The newest heartbeat of a monitor. */
  newest(id: number): Heartbeat | undefined;
  /** Makes a monitor of a canonical spec and starts it. Throws KumaError. */
  add(spec: JsonObject): Promise<number>;
  /** A check at once: a resume restarts a monitor, also one that runs (2.5.3 server/server.js `startMonitor`). */
  check(id: number): Promise<void>;
  remove(id: number): Promise<void>;
  /** A heartbeat for a push monitor. */
  push(token: string, status: "up" | "down"): Promise<void>;
  /** The notification that the copies have. Throws KumaError. */
  addWebhook(mark: Omit<DrillMark, "key">): Promise<number>;
  removeWebhook(id: number): Promise<void>;
}

/** Servers that send their whole list after each write (1.23) slow down with every monitor on it. */
const capacities = { deltas: 40, lists: 12 } as const;

export function drillServer(client: KumaClient, listener: DrillListener): DrillServer {
  const { server } = client;
  const { capabilities } = server;
  const limit = createLimit(capabilities.writeWindow);
  const write = (
    event: WriteEvent,
    ...args: Parameters<KumaClient["write"]> extends [unknown, ...infer Rest] ? Rest : never
  ) => limit(() => client.write(event, ...args));
  const noticed: Notice[] = [];
  const takers = new Set<(notice: Notice) => void>();
  listener.onNotice((notice) => {
    noticed.push(notice);
    for (const take of takers) take(notice);
  });
  return {
    version: server.version,
    capacity: capabilities.hasDeltas ? capacities.deltas : capacities.lists,
    beats: { on: (take) => client.onHeartbeat(take) },
    notices: {
      on(take) {
        takers.add(take);
        return () => void takers.delete(take);
      },
    },
    noticed,
    newest: (id) => client.heartbeats.get(id),
    async add(spec) {
      const { type } = spec;
      const variant = monitorTypes.get(typeof type === "string" ? type : "");
      if (variant === undefined) throw new InternalError("a copy has no known type");
      const content = { variant, spec };
      const { monitorID } = await write("add", newMonitor(content, { idOf: idInSpec, capabilities }));
      return idOf(monitorID);
    },
    check: async (id) => void (await write("resumeMonitor", id)),
    remove: async (id) => void (await write("deleteMonitor", id)),
    push: async (token, status) => {
      await client.readPublic(`/api/push/${token}?status=${status}&msg=${status === "up" ? "OK" : "drill"}`);
    },
    async addWebhook({ project, run }) {
      const { id } = await write(
        "addNotification",
        {
          type: "webhook",
          name: `${drillName} ${project}`,
          isDefault: false,
          applyExisting: false,
          webhookURL: listener.webhookUrl,
          webhookContentType: "json",
          httpMethod: "post",
          [drillConfigKey]: drillText({ project, key: "notification", run }),
        },
        null,
      );
      return idOf(id);
    },
    removeWebhook: async (id) => void (await write("deleteNotification", id)),
  };
}

/** The references of a copy are ids already. */
function idInSpec(_kind: unknown, reference: unknown): number {
  if (typeof reference === "object" && reference !== null && "id" in reference) return Number(reference.id);
  throw new InternalError("a copy refers to something by its key");
}

function idOf(value: unknown): number {
  if (typeof value === "number") return value;
  throw new InternalError("the server made an object and did not say its id");
}
