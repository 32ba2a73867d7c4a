/**
 * The server's monitors, kept current by its pushes (docs/upstream/uptime-kuma.md#keeping-the-monitor-list-current).
 * Two pushes of one monitor may overtake each other, and a whole list may be older than a push that came before it. So
 * this also notes which monitors pushes and writes have named since the list was last read: these must be read again
 * before they are used.
 */
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { monitorIdOf } from "./monitor-id.ts";

type Extent = "all" | "changed";

export class MonitorList {
  #rows: Record<string, Json> | undefined;
  readonly #doubtful = new Set<number>();
  /** Named by a push or a write since the whole list was asked for. A list that another client caused may lack them. */
  readonly #named = new Set<number>();
  #isTrusted = true;
  #lastTurn: Promise<unknown> = Promise.resolve();
  /** The readings that have not begun. */
  readonly #waiting = new Map<Extent, Promise<JsonObject>>();

  /** A copy, by id; undefined when the list has not come. */
  rows(): JsonObject | undefined {
    return this.#rows === undefined ? undefined : { ...this.#rows };
  }

  get size(): number {
    return Object.keys(this.#rows ?? {}).length;
  }

  has(id: number): boolean {
    return this.#rows?.[String(id)] !== undefined;
  }

  /** The monitors to read again before the list is current. */
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
    for (const id of this.#named) this.#doubtful.add(id);
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

  /** `id` is about to be written or was written, by any client. */
  name(id: number): void {
    this.#named.add(id);
    this.#doubtful.add(id);
  }

  /**
   * Runs `read` when every reading before it has ended: one that has begun has already cleared what it is about to read,
   * so another one beside it would take the old monitors for current. Who asks for the same before it begins shares it.
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

  /** Whatever comes from now on was read after this moment: called as the whole list is asked for. */
  startReadingAll(): void {
    this.#named.clear();
    this.#doubtful.clear();
    this.#isTrusted = true;
  }

  /** Called as the monitor is asked for: what is pushed from now on makes it doubtful again. */
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

  #descendants(group: number): ReadonlySet<number> {
    const rows = Object.values(this.#rows ?? {}).filter(isJsonObject);
    const found = new Set([group]);
    // A set's loop also visits what is added meanwhile, and a group that is its own ancestor only once.
    for (const id of found) for (const row of rows) if (row["parent"] === id) found.add(monitorIdOf(row["id"]));
    found.delete(group);
    return found;
  }
}

/**
 * Whether a group was paused or resumed: the monitors in it then have another `active` and `forceInactive`, and the
 * server pushes only the group (docs/upstream/uptime-kuma.md#groups).
 */
function isSwitched(before: Json | undefined, now: Json): boolean {
  if (!isJsonObject(before) || !isJsonObject(now)) return false;
  const isGroup = before["type"] === "group" || now["type"] === "group";
  return isGroup && Boolean(before["active"]) !== Boolean(now["active"]);
}
