/**
 * `add`, `editMonitor` and their kin on the stored rows, with the server's rules
 * (docs/upstream/uptime-kuma.md#adding-a-monitor).
 */
import { isJsonObject } from "../../src/model/json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { hasDanglingHost } from "./fake-hosts.ts";
import { childrenOf, descendantsOf } from "./fake-monitor-json.ts";
import { sqlError, textOf } from "./fake-state.ts";
import type { FakeState, MonitorRow } from "./fake-state.ts";
import type { Traits } from "./fake-version.ts";
import { columnsOf, snakeCase } from "./monitor-columns.ts";
import type { Column } from "./monitor-columns.ts";

const formOnlyKeys = ["humanReadableInterval", "globalpingdnsresolvetypeoptions", "responsecheck"];

/** Gives the id. */
export function addMonitor(state: FakeState, payload: JsonObject): number {
  const { notificationIDList, id, ...sent } = payload;
  const columns = columnsOf(state.traits.release);
  const row: MonitorRow = { user_id: 1, accepted_statuscodes_json: statusCodes(payload) };
  for (const [key, value] of Object.entries(sent)) {
    if (key === "accepted_statuscodes" || key === "user_id" || formOnlyKeys.includes(key)) continue;
    const column = columns.find((item) => item.key === key);
    row[snakeCase(key)] = column === undefined ? value : stored(value, column, state.traits);
  }
  // These three are turned into text whether they were sent or not.
  for (const key of ["conditions", "kafkaProducerBrokers", "kafkaProducerSaslOptions"]) {
    const column = columns.find((item) => item.key === key);
    if (column !== undefined) row[column.column] ??= null;
  }
  const existing = id === undefined ? undefined : state.monitors.get(Number(id));
  if (id !== undefined && existing === undefined) throw new Error("You do not own this monitor.");
  validate(state, row, payload);
  checkColumns(row, columns);
  checkReferences(state, row);
  // With an id of an existing monitor an add is an update (docs/upstream/uptime-kuma.md#adding-a-monitor).
  const newId = existing === undefined ? ++state.lastIds.monitor : Number(id);
  const defaults = Object.fromEntries(columns.map((column) => [column.column, column.default]));
  state.monitors.set(newId, { ...(existing ?? defaults), ...row });
  // After the row is there: a bad notification leaves an orphan (docs/upstream/uptime-kuma.md#adding-a-monitor).
  linkNotifications(state, newId, notificationIDList);
  return newId;
}

/** Only what was sent is written, with the exceptions of §3.3. */
export function editMonitor(state: FakeState, payload: JsonObject): number {
  const id = Number(payload["id"]);
  const row = state.monitors.get(id);
  if (row === undefined) throw new Error("Cannot read properties of null (reading 'user_id')");
  const parent = payload["parent"];
  // Compared as numbers, so that a text, and the monitor itself, get past (docs/upstream/uptime-kuma.md#groups).
  if (typeof parent === "number" && descendantsOf(state, id).includes(parent)) throw new Error("Invalid Monitor Group");
  const codes = statusCodes(payload);
  const changed: MonitorRow = { ...row, accepted_statuscodes_json: codes };
  for (const column of columnsOf(state.traits.release)) {
    const value = payload[column.key];
    const isEditable = column.isEditable && !state.traits.forgottenInEdits.includes(column.key);
    if (isEditable && value !== undefined) changed[column.column] = stored(value, column, state.traits);
  }
  changed["proxy_id"] = Number.isInteger(payload["proxyId"]) ? (payload["proxyId"] ?? null) : null;
  const port = Number.parseInt(textOf(payload["port"]), 10);
  changed["port"] = Number.isNaN(port) ? null : port;
  if (state.traits.isValidating) {
    changed["retry_only_on_status_code_failure"] = payload["retryOnlyOnStatusCodeFailure"] === true ? 1 : 0;
  }
  validate(state, changed, payload);
  checkReferences(state, changed);
  if (row["type"] === "group" && payload["type"] !== "group") unlinkChildren(state, id);
  if (state.traits.resumesOnEdit) changed["active"] = 1;
  state.monitors.set(id, changed);
  state.links = state.links.filter((link) => link.monitorId !== id);
  linkNotifications(state, id, payload["notificationIDList"]);
  return id;
}

/** Unknown ids are no error. Gives the direct children, which lose their parent. */
export function deleteMonitor(state: FakeState, id: number): number[] {
  const children = childrenOf(state, id);
  unlinkChildren(state, id);
  state.monitors.delete(id);
  state.beats.delete(id);
  state.links = state.links.filter((link) => link.monitorId !== id);
  state.monitorTags = state.monitorTags.filter((link) => link.monitorId !== id);
  return children;
}

function unlinkChildren(state: FakeState, id: number): void {
  for (const child of childrenOf(state, id)) {
    const row = state.monitors.get(child);
    if (row !== undefined) row["parent"] = null;
  }
}

function statusCodes(payload: JsonObject): string {
  const codes = payload["accepted_statuscodes"];
  if (codes === undefined) throw new TypeError("Cannot read properties of undefined (reading 'every')");
  if (!Array.isArray(codes)) throw new TypeError("monitor.accepted_statuscodes.every is not a function");
  if (!codes.every((code: Json) => typeof code === "string"))
    throw new Error("Accepted status codes are not all strings");
  return JSON.stringify(codes);
}

/** SQLite's affinity: texts of numbers become numbers, and the other way. */
function stored(value: Json, column: Column, { storesReals }: Traits): Json {
  if (value === null) return null;
  if (column.type === "json") return typeof value === "string" ? value : JSON.stringify(value);
  if (typeof value === "object") return JSON.stringify(value);
  if (column.type === "text" && storesReals && Number.isInteger(value)) return `${Number(value)}.0`;
  if (column.type === "text") return typeof value === "boolean" ? String(Number(value)) : String(value);
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
}

function validate(state: FakeState, row: MonitorRow, payload: JsonObject): void {
  const { minInterval, maxInterval, isValidating } = state.traits;
  const interval = Number(row["interval"] ?? 20);
  if (interval < minInterval) throw new Error(`Interval cannot be less than ${minInterval} seconds`);
  if (interval > maxInterval) throw new Error(`Interval cannot be more than ${maxInterval} seconds`);
  if (!isValidating) return;
  // An unchanged echo of the column's own default is refused too (docs/upstream/uptime-kuma.md#editing-a-monitor).
  if (payload["retryInterval"] !== undefined && Number(payload["retryInterval"]) < 1) {
    throw new Error("Retry interval cannot be less than 1 seconds");
  }
  const headers = row["headers"];
  if (typeof headers !== "string" || headers === "") return;
  try {
    JSON.parse(isJsonObject(payload["headers"]) ? "[object Object]" : headers);
  } catch (error) {
    throw new Error(`Headers must be valid JSON: ${(error as Error).message}`, { cause: error });
  }
}

function checkColumns(row: MonitorRow, columns: readonly Column[]): void {
  for (const [name, value] of Object.entries(row)) {
    const column = columns.find((item) => item.column === name);
    if (column === undefined) throw sqlError("monitor", row, `SQLITE_ERROR: table monitor has no column named ${name}`);
    if (value === null && column.isNotNull) {
      throw sqlError("monitor", row, `SQLITE_CONSTRAINT: NOT NULL constraint failed: monitor.${name}`);
    }
  }
}

function checkReferences(state: FakeState, row: MonitorRow): void {
  const parent = row["parent"] ?? null;
  const isDangling = parent !== null && !state.monitors.has(Number(parent));
  if (isDangling || hasDanglingHost(state, row)) {
    throw sqlError("monitor", row, "SQLITE_CONSTRAINT: FOREIGN KEY constraint failed");
  }
}

function linkNotifications(state: FakeState, monitorId: number, list: Json | undefined): void {
  if (list === undefined || list === null) return;
  state.links = state.links.filter((link) => link.monitorId !== monitorId);
  for (const [key, isLinked] of Object.entries(list as JsonObject)) {
    if (!isLinked) continue;
    if (!state.notifications.has(Number(key))) {
      const row = { monitor_id: monitorId, notification_id: key };
      throw sqlError("monitor_notification", row, "SQLITE_CONSTRAINT: FOREIGN KEY constraint failed");
    }
    state.links = [...state.links, { monitorId, notificationId: Number(key) }];
  }
}
