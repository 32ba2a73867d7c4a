/**
 * Maintenances: kept in memory and in the database, which an incomplete edit sets apart
 * (docs/upstream/uptime-kuma.md#maintenance).
 */
import { isJsonObject } from "../../src/model/json.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { sqlError, textOf } from "./fake-state.ts";
import type { FakeMaintenance, FakeState } from "./fake-state.ts";

type Handler = (args: readonly Json[], answer: (answer: Json) => void) => JsonObject | undefined;
type Done = (key: string, english: string) => JsonObject;

const strategies = ["manual", "single", "cron", "recurring-interval", "recurring-weekday", "recurring-day-of-month"];

export function maintenanceHandlers(
  state: FakeState,
  push: (event: string, ...args: readonly Json[]) => void,
  done: Done,
): Readonly<Record<string, Handler>> {
  const pushList = (): void => push("maintenanceList", maintenanceListJson(state));
  const found = (id: Json | undefined, message: string): FakeMaintenance => {
    const row = state.maintenances.get(Number(id));
    if (row === undefined) throw new Error(message);
    return row;
  };
  /** Answers before the list goes out. */
  const answered = (reply: JsonObject, answer: (answer: Json) => void): undefined => {
    answer(reply);
    pushList();
  };
  const switched =
    (active: boolean, reply: JsonObject): Handler =>
    ([id], answer) => {
      const row = found(id, "Maintenance not found");
      row.memory["active"] = active;
      row.stored["active"] = active;
      return answered(reply, answer);
    };
  return {
    addMaintenance: ([sent = null]) => {
      const id = addMaintenance(state, sent);
      pushList();
      return { ...done("successAdded", "Added Successfully."), maintenanceID: id };
    },
    editMaintenance: ([sent = null]) => {
      const id = isJsonObject(sent) ? Number(sent["id"]) : 0;
      const row = found(id, "Cannot read properties of null (reading 'user_id')");
      const bean = toBean(state, sent as JsonObject);
      // A column that is not sent is not saved, and the object in memory loses it.
      for (const [key, value] of Object.entries(bean)) if (value !== undefined) row.stored[key] = value;
      Object.assign(row.memory, bean);
      assertRuns(row.memory);
      pushList();
      return { ...done("Saved.", "Saved."), maintenanceID: id };
    },
    deleteMaintenance: ([id], answer) => {
      state.maintenances.delete(Number(id));
      return answered(done("successDeleted", "Deleted Successfully."), answer);
    },
    pauseMaintenance: switched(false, done("successPaused", "Paused Successfully.")),
    resumeMaintenance: switched(true, done("successResumed", "Resume Successfully")),
    getMaintenance: ([id]) => {
      const row = found(id, "Cannot read properties of null (reading 'toJSON')");
      return { ok: true, maintenance: maintenanceJson(Number(id), row.stored) };
    },
    getMaintenanceList: () => {
      pushList();
      return { ok: true };
    },
    getMonitorMaintenance: ([id]) => ({
      ok: true,
      monitors: (state.maintenances.get(Number(id))?.monitors ?? [])
        .filter((monitor) => state.monitors.has(monitor))
        .map((monitor) => ({ id: monitor })),
    }),
    getMaintenanceStatusPage: ([id]) => ({
      ok: true,
      statusPages: (state.maintenances.get(Number(id))?.statusPages ?? []).map((page) => ({
        id: page,
        title: state.pages.find((other) => other.id === page)?.settings["title"] ?? null,
      })),
    }),
    addMonitorMaintenance: ([id, items]) => {
      const row = found(id, "SQLITE_CONSTRAINT: FOREIGN KEY constraint failed");
      row.monitors = [];
      linkAll(items, "monitor_maintenance.monitor_id", {
        isThere: (monitor) => state.monitors.has(monitor),
        link: (monitor) => row.monitors.push(monitor),
      });
      return done("successAdded", "Added Successfully.");
    },
    addMaintenanceStatusPage: ([id, items]) => {
      const row = found(id, "SQLITE_CONSTRAINT: FOREIGN KEY constraint failed");
      row.statusPages = [];
      linkAll(items, "maintenance_status_page.status_page_id", {
        isThere: (page) => state.pages.some((other) => other.id === page),
        link: (page) => row.statusPages.push(page),
      });
      return done("successAdded", "Added Successfully.");
    },
  };
}

/** Always throws on 1.23 once one of them has an invalid date (docs/upstream/uptime-kuma.md#maintenance). */
export function maintenanceListJson(state: FakeState): JsonObject {
  const rows = [...state.maintenances].map(([id, row]): [string, JsonObject] => {
    const { strategy, active } = row.memory;
    for (const name of ["start", "end"]) {
      const date = row.memory[name];
      // It looks at the dates to tell the status, which is plain for these two.
      if (strategy === "manual" || !active) continue;
      if (date && Number.isNaN(Date.parse(textOf(date)))) throw new RangeError("Invalid time value");
    }
    return [String(id), maintenanceJson(id, row.memory)];
  });
  return Object.fromEntries(rows);
}

export function isListable(state: FakeState): boolean {
  try {
    maintenanceListJson(state);
    return true;
  } catch {
    return false;
  }
}

interface LinkTable {
  readonly isThere: (id: number) => boolean;
  readonly link: (id: number) => void;
}

/** One after the other: those before the one that is wrong are linked. `column` is `table.column`. */
function linkAll(items: Json | undefined, column: string, { isThere, link }: LinkTable): void {
  for (const item of items as readonly Json[]) {
    const id = isJsonObject(item) ? item["id"] : undefined;
    const row = { id: id ?? null };
    if (id === undefined) throw sqlError("link", row, `SQLITE_CONSTRAINT: NOT NULL constraint failed: ${column}`);
    if (!isThere(Number(id))) throw sqlError("link", row, "SQLITE_CONSTRAINT: FOREIGN KEY constraint failed");
    link(Number(id));
  }
}

function addMaintenance(state: FakeState, sent: Json): number {
  if (!isJsonObject(sent)) throw new TypeError("Cannot read properties of null (reading 'id')");
  const bean = toBean(state, sent);
  for (const column of ["title", "description", "active"]) {
    if (bean[column] == null) {
      throw sqlError("maintenance", {}, `SQLITE_CONSTRAINT: NOT NULL constraint failed: maintenance.${column}`);
    }
  }
  const id = sent["id"] ? Number(sent["id"]) : ++state.pageIds.maintenance;
  const known = Object.fromEntries(Object.entries(bean).map(([key, value]) => [key, value ?? null]));
  // The row is there, whatever comes of it (docs/upstream/uptime-kuma.md#maintenance).
  state.maintenances.set(id, { memory: { ...known }, stored: { ...known }, monitors: [], statusPages: [] });
  assertRuns(bean);
  return id;
}

type Bean = Readonly<Record<string, Json | undefined>>;

function toBean({ traits }: FakeState, sent: JsonObject): Bean {
  const dates = sent["dateRange"] as readonly Json[] | undefined;
  if (dates === undefined) throw new TypeError("Cannot read properties of undefined (reading '0')");
  const [start = null, end = null] = dates;
  for (const [name, date] of Object.entries({ start, end })) {
    if (!traits.isOld && date && Number.isNaN(Date.parse(textOf(date)))) throw new Error(`Invalid ${name} date`);
  }
  const bean = {
    title: sent["title"],
    description: sent["description"],
    strategy: sent["strategy"],
    intervalDay: sent["intervalDay"],
    timezoneOption: sent["timezoneOption"],
    active: sent["active"],
    start,
    end,
  };
  if (sent["strategy"] === "cron") {
    const cron = { cron: sent["cron"], durationMinutes: sent["durationMinutes"] };
    // 1.23 forgets to wait for its own check.
    if (!traits.isOld) assertCron(textOf(sent["cron"]));
    return { ...bean, ...cron };
  }
  if (!textOf(sent["strategy"]).startsWith("recurring-")) return bean;
  const times = sent["timeRange"] as readonly JsonObject[];
  const weekdays = sent["weekdays"] as readonly number[];
  const isEmpty = sent["strategy"] === "recurring-weekday" && weekdays.length === 0;
  if (isEmpty && !traits.isOld)
    throw new Error("CronPattern: configuration entry dayOfWeek () is empty, use * instead.");
  const [from = {}, to = {}] = times;
  const length = minutesOf(to) - minutesOf(from);
  return {
    ...bean,
    timeRange: [withSeconds(from), withSeconds(to)],
    weekdays,
    daysOfMonth: sent["daysOfMonth"],
    cron: `${textOf(from["minutes"])} ${textOf(from["hours"])} * * ${isEmpty ? "" : weekdays.join(",") || "*"}`,
    durationMinutes: length < 0 ? length + 24 * 60 : length,
  };
}

function withSeconds({ hours = 0, minutes = 0 }: JsonObject): JsonObject {
  return { hours, minutes, seconds: 0 };
}

function minutesOf({ hours, minutes }: JsonObject): number {
  return Number(hours) * 60 + Number(minutes);
}

function assertRuns(bean: Bean): void {
  const strategy = textOf(bean["strategy"]);
  if (!strategies.includes(strategy)) throw new Error(`unknown strategy ${strategy}`);
  if (strategy === "single" && !bean["start"]) {
    throw new TypeError("Cannot read properties of null (reading 'constructor')");
  }
  if (strategy === "cron") assertCron(textOf(bean["cron"]));
  if (strategy.startsWith("recurring-") && textOf(bean["cron"]).endsWith(" ")) {
    throw new RangeError("Maximum call stack size exceeded");
  }
}

function assertCron(cron: string): void {
  const count = cron.trim().split(/\s+/u).length;
  if (count === 5 || count === 6) return;
  throw new TypeError(
    `CronPattern: invalid configuration format ('${cron}'), exactly five or six space separated parts are required.`,
  );
}

function maintenanceJson(id: number, bean: Bean): JsonObject {
  const { start = null, end = null, strategy = null } = bean;
  const midnight = { hours: 0, minutes: 0 };
  const minutes = Number(bean["durationMinutes"] ?? 0);
  return {
    id,
    title: bean["title"] ?? null,
    description: bean["description"] ?? null,
    strategy,
    intervalDay: bean["intervalDay"] ?? null,
    active: Boolean(bean["active"]),
    dateRange: end ? [start, end] : [start],
    timeRange: bean["timeRange"] ?? [midnight, midnight],
    weekdays: bean["weekdays"] ?? [],
    daysOfMonth: bean["daysOfMonth"] ?? [],
    timeslotList: [],
    cron: bean["cron"] ?? "",
    duration: minutes * 60,
    durationMinutes: minutes,
    timezone: "UTC",
    timezoneOption: bean["timezoneOption"] ?? null,
    timezoneOffset: "+00:00",
    status: bean["active"] ? statusOf(bean) : "inactive",
  };
}

/** The fake's time zone is UTC. What recurs is taken for not running. */
function statusOf({ strategy, start, end, timezoneOption }: Bean): string {
  if (strategy === "manual") return "under-maintenance";
  if (strategy !== "single" || !["UTC", "SAME_AS_SERVER"].includes(textOf(timezoneOption))) return "scheduled";
  const [from, to] = [start, end].map((date) => Date.parse(`${textOf(date)}Z`)) as [number, number];
  if (Date.now() < from) return "scheduled";
  return Date.now() > to ? "ended" : "under-maintenance";
}
