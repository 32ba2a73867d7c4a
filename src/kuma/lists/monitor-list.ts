/**
 * The server's monitors, updated by its pushes (docs/upstream/uptime-kuma.md#keeping-the-monitor-list-current). Two
 * pushes of one monitor may arrive in the wrong order, and a whole list may be older than a push before it. So this
 * class also records which monitors were named by pushes and writes since the list was read; these must be read again
 * before they are used.
 */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { monitorIdOf } from "./monitor-id.ts";

type Extent = "all" | "changed";

/** How a monitor was known when a write to it was sent. */
export interface BeforeWrite {
  readonly isDoubtful: boolean;
  readonly namings: number;
}

export class MonitorList {
  #rows: Record<string, Json> | undefined;
  readonly #doubtful = new Set<number>();
  /**
   * Monitors that a push or a write named after the whole list was requested. A list that another client requested may
   * not have their changes.
   */
  readonly #named = new Set<number>();
  /** How often each monitor was named. */
  readonly #namings = new Map<number, number>();
  #isTrusted = true;
  #lastTurn: Promise<unknown> = Promise.resolve();
  /** Readings that have not started. */
  readonly #waiting = new Map<Extent, Promise<JsonObject>>();

  /** A copy, by id; undefined if the list has not arrived. */
  rows(): JsonObject | undefined {
    return this.#rows === undefined ? undefined : { ...this.#rows };
  }

  get size(): number {
    return Object.keys(this.#rows ?? {}).length;
  }

  has(id: number): boolean {
    return this.#rows?.[String(id)] !== undefined;
  }

  /** The monitors that must be read again. */
  get doubtful(): readonly number[] {
    return [...this.#doubtful];
  }

  /** False after a change that names no monitor; then only the whole list is reliable. */
  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** The whole list was pushed. */
  replace(list: JsonObject): void {
    this.#rows = { ...list };
    for (const id of this.#named) this.name(id);
  }

  /** Monitors were pushed, by id. */
  change(rows: JsonObject): void {
    for (const [key, row] of Object.entries(rows)) {
      const id = monitorIdOf(key);
      this.name(id);
      if (this.#rows === undefined) continue;
      const before = this.#rows[key];
      this.#rows[key] = row;
      if (isSwitched(before, row)) for (const below of this.#descendants(id)) this.name(below);
    }
  }

  /** A deletion was pushed. */
  remove(id: number): void {
    this.name(id);
    if (this.#rows !== undefined) delete this.#rows[String(id)];
  }

  /** Any client is about to write this monitor, or has written it. */
  name(id: number): void {
    this.#named.add(id);
    this.#doubtful.add(id);
    this.#namings.set(id, this.#namingsOf(id) + 1);
  }

  /** Called as a write to the monitor is sent. Undefined: the write creates it. */
  beforeWrite(id: number | undefined): BeforeWrite {
    if (id === undefined) return { isDoubtful: false, namings: 0 };
    return { isDoubtful: this.#doubtful.has(id), namings: this.#namingsOf(id) };
  }

  /**
   * The server has acknowledged a write of ours whose push it sends first. If nothing else has named the monitor since the
   * write was sent, the pushed row was read after the write, and is current.
   */
  afterPushedWrite(id: number, before: BeforeWrite): void {
    const isOnlyOurs = !before.isDoubtful && this.#namingsOf(id) === before.namings + 1;
    if (isOnlyOurs && this.has(id)) this.#doubtful.delete(id);
    else this.name(id);
  }

  /**
   * Runs `read` after all earlier readings have ended. A reading clears its marks when it starts, so a second one at
   * the same time would treat old monitors as current. Callers that ask for the same before it starts share one
   * reading.
   */
  inTurn(extent: Extent, read: () => Promise<JsonObject>): Promise<JsonObject> {
    const waiting = this.#waiting.get(extent);
    if (waiting !== undefined) return waiting;
    const result = this.#lastTurn.then(() => {
      this.#waiting.delete(extent);
      return read();
    });
    this.#waiting.set(extent, result);
    this.#lastTurn = result.catch(() => undefined);
    return result;
  }

  /** Called when the whole list is requested: everything that arrives later was read after this moment. */
  startReadingAll(): void {
    this.#named.clear();
    this.#doubtful.clear();
    this.#isTrusted = true;
  }

  /** Called when the monitor is requested; later pushes mark it again. */
  startReading(id: number): void {
    this.#doubtful.delete(id);
  }

  /** The monitor as it was read. */
  finishReading(id: number, row: JsonObject): void {
    if (this.#rows !== undefined) this.#rows[String(id)] = row;
  }

  distrust(): void {
    this.#isTrusted = false;
  }

  #namingsOf(id: number): number {
    return this.#namings.get(id) ?? 0;
  }

  #descendants(group: number): ReadonlySet<number> {
    const rows = Object.values(this.#rows ?? {}).filter(isJsonObject);
    const found = new Set([group]);
    // The loop of a set also visits items that are added during the loop, and a group that is its own ancestor only
    // once.
    for (const id of found) for (const row of rows) if (row["parent"] === id) found.add(monitorIdOf(row["id"]));
    found.delete(group);
    return found;
  }
}

/**
 * Whether a group was paused or resumed. That changes `active` and `forceInactive` of the monitors in it, and the
 * server pushes only the group (docs/upstream/uptime-kuma.md#groups).
 */
function isSwitched(before: Json | undefined, now: Json): boolean {
  if (!isJsonObject(before) || !isJsonObject(now)) return false;
  const isGroup = before["type"] === "group" || now["type"] === "group";
  return isGroup && Boolean(before["active"]) !== Boolean(now["active"]);
}
