/**
 * What the server pushes after a login. It is kept up to date from then on, because most of it cannot be requested
 * again (docs/upstream/uptime-kuma.md#asking-for-lists), and because all clients of a user get every list
 * (docs/upstream/uptime-kuma.md#lists-after-login).
 */
import { isJsonObject } from "../../model/json.ts";
import type { Json } from "../../model/json.ts";
import { listNames, type ListName } from "../../model/kuma-client.ts";
import { monitorIdOf } from "../lists/monitor-id.ts";
import { MonitorList } from "../lists/monitor-list.ts";
import type { Wire } from "./wire.ts";

export interface Pushes {
  /** Resolves with the first push that only a logged-in socket gets. */
  readonly loggedIn: Promise<void>;
  isLoggedIn(): boolean;
  /** Whether the socket is logged in at a 3.x. */
  hasSession(): boolean;
  /** Resolves with the version, which comes in an `info` after the login. */
  readonly version: Promise<string>;
  /** A copy of the newest state; undefined if the list has not arrived. */
  get(name: ListName): Json | undefined;
  arrival(name: ListName): Promise<void>;
  /** How many times the list came as a whole. */
  count(name: ListName): number;
  readonly monitors: MonitorList;
  /** A write by kuma-sync makes the server push this list once more. */
  expect(name: ListName): void;
  /**
   * Whether a list arrived for another reason than our login and our writes. The next call only considers later lists.
   */
  takeUnexpected(name: ListName): boolean;
  /** The monitor types that the server has as classes, by name. Never on 1.23. */
  readonly monitorTypes: Promise<ReadonlySet<string>>;
  /**
   * Resolves when all lists were sent: with the answer to the login on 2.x, and with the list of status pages on 3.x, which
   * has no answer (docs/upstream/uptime-kuma.md#lists-after-login).
   */
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
  const monitorTypes = latch<ReadonlySet<string>>();
  const arrivals = new Map(listNames.map((name) => [name, latch<void>()]));
  const lists = new Map<ListName, Json>();
  const counts = new Map<ListName, number>();
  const expected = new Map<ListName, number>();
  const monitors = new MonitorList();
  let isLoggedIn = false;
  let hasSession = false;

  const logIn = (): void => {
    isLoggedIn = true;
    loggedIn.open();
  };
  const arrived = (name: ListName): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    arrivals.get(name)?.open();
    logIn();
  };
  wire.on("monitorList", (list) => {
    if (!isJsonObject(list)) return;
    monitors.replace(list);
    arrived("monitorList");
  });
  wire.on("updateMonitorIntoList", (changed) => {
    if (isJsonObject(changed)) monitors.change(changed);
  });
  // The id has the type that the deleting client used, number or text.
  wire.on("deleteMonitorFromList", (id) => monitors.remove(monitorIdOf(id)));
  // The other lists are always sent whole.
  for (const name of listNames) {
    if (name === "monitorList") continue;
    wire.on(name, (list) => {
      if (!Array.isArray(list) && !isJsonObject(list)) return;
      lists.set(name, list as Json);
      arrived(name);
    });
  }
  wire.on("info", (info) => {
    // The `info` before the login has no version.
    if (!isJsonObject(info) || typeof info["version"] !== "string") return;
    version.open(info["version"]);
    logIn();
  });
  // Only 3.x: the first thing that a logged-in socket gets.
  wire.on("session", () => {
    hasSession = true;
    logIn();
  });
  wire.on("statusPageList", () => {
    if (hasSession) complete.open();
  });
  wire.on("monitorTypeList", (types) => {
    if (isJsonObject(types)) monitorTypes.open(new Set(Object.keys(types)));
  });
  // 2.x sends it after all lists, 1.23 before them; on 1.23, `complete` is not used.
  wire.on("autoLogin", () => {
    logIn();
    complete.open();
  });

  return {
    loggedIn: loggedIn.promise,
    isLoggedIn: () => isLoggedIn,
    hasSession: () => hasSession,
    version: version.promise,
    monitorTypes: monitorTypes.promise,
    get: (name) => (name === "monitorList" ? monitors.rows() : lists.get(name)),
    arrival: (name) => (arrivals.get(name) as Latch<void>).promise,
    count: (name) => counts.get(name) ?? 0,
    monitors,
    expect: (name) => void expected.set(name, (expected.get(name) ?? 1) + 1),
    takeUnexpected(name) {
      const [came = 0, due = 1] = [counts.get(name), expected.get(name)];
      expected.set(name, came);
      return came !== due;
    },
    complete: complete.promise,
    markComplete: () => complete.open(),
  };
}
