/**
 * What the server sends of itself after a login: kept current from then on, because most of it cannot be asked for
 * again (docs/upstream/uptime-kuma.md#asking-for-lists), and because every client of the same user gets every list
 * (§2.2).
 */
import { isJsonObject } from "../model/json.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { listNames, type ListName } from "../model/kuma-client.ts";
import { monitorIdOf } from "./monitor-id.ts";
import type { Wire } from "./wire.ts";

export interface Pushes {
  /** Resolves with the first push that only a logged-in socket gets. */
  readonly loggedIn: Promise<void>;
  isLoggedIn(): boolean;
  /** Resolves with the version, which comes in an `info` after the login. */
  readonly version: Promise<string>;
  /** A copy of the newest state; undefined when the list has not come. */
  get(name: ListName): Json | undefined;
  arrival(name: ListName): Promise<void>;
  /** How many times the whole monitor list came. */
  monitorListCount(): number;
  /** Resolves when the server has answered the login: on 2.x nothing more comes after that (§2.1). */
  readonly complete: Promise<void>;
  markComplete(): void;
}

interface Latch<T> {
  readonly promise: Promise<T>;
  readonly open: (value: T) => void;
}

function latch<T>(): Latch<T> {
  const opens: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => {
    opens.push(resolve);
  });
  return { promise, open: (value) => opens.forEach((open) => open(value)) };
}

/** Must be called before the socket is opened. */
export function watchPushes(wire: Wire): Pushes {
  const loggedIn = latch<void>();
  const version = latch<string>();
  const complete = latch<void>();
  const arrivals = new Map(listNames.map((name) => [name, latch<void>()]));
  const lists = new Map<ListName, Json>();
  let isLoggedIn = false;
  let monitorLists = 0;
  let monitors: Record<string, Json> | undefined;

  const logIn = (): void => {
    isLoggedIn = true;
    loggedIn.open();
  };
  wire.on("monitorList", (list) => {
    if (!isJsonObject(list)) return;
    monitors = { ...list };
    monitorLists += 1;
    arrivals.get("monitorList")?.open();
    logIn();
  });
  // Deltas before the first whole list are in it.
  wire.on("updateMonitorIntoList", (changed) => {
    if (monitors !== undefined && isJsonObject(changed)) Object.assign(monitors, changed);
  });
  // The id comes back as whoever deleted it wrote it, number or text.
  wire.on("deleteMonitorFromList", (id) => {
    if (monitors !== undefined) delete monitors[String(monitorIdOf(id))];
  });
  // The other lists are always sent whole.
  for (const name of listNames) {
    if (name === "monitorList") continue;
    wire.on(name, (list) => {
      if (!Array.isArray(list) && !isJsonObject(list)) return;
      lists.set(name, list as Json);
      arrivals.get(name)?.open();
      logIn();
    });
  }
  wire.on("info", (info) => {
    // The `info` before the login has no version.
    if (!isJsonObject(info) || typeof info["version"] !== "string") return;
    version.open(info["version"]);
    logIn();
  });
  // 2.x says it after all lists, 1.23 before them: there `complete` is not used.
  wire.on("autoLogin", () => {
    logIn();
    complete.open();
  });

  return {
    loggedIn: loggedIn.promise,
    isLoggedIn: () => isLoggedIn,
    version: version.promise,
    get(name) {
      if (name !== "monitorList") return lists.get(name);
      return monitors === undefined ? undefined : ({ ...monitors } satisfies JsonObject);
    },
    arrival: (name) => (arrivals.get(name) as Latch<void>).promise,
    monitorListCount: () => monitorLists,
    complete: complete.promise,
    markComplete: () => complete.open(),
  };
}
