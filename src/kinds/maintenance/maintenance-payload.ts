/**
 * What `addMaintenance` and `editMaintenance` are sent: always all of it (docs/upstream/uptime-kuma.md#maintenance).
 */
import type { KumaId } from "../../model/entity.ts";
import type { JsonObject } from "../../model/json.ts";

/** What the form sends for what the strategy does not use (EditMaintenance.vue). */
const formDefaults: JsonObject = {
  intervalDay: 1,
  timeRange: [
    { hours: 2, minutes: 0 },
    { hours: 3, minutes: 0 },
  ],
  weekdays: [],
  daysOfMonth: [],
  cron: "30 3 * * *",
  durationMinutes: 60,
};

/**
 * `fields` are the server's keys with the dates by themselves; `current` is the object that is changed. What it holds
 * beyond our fields is computed by the server, and goes back only to be ignored.
 */
export function maintenancePayload(
  fields: JsonObject,
  current?: { readonly id: KumaId; readonly row: JsonObject },
): JsonObject {
  const { startDate = null, endDate = null, ...rest } = fields;
  const known = Object.keys(formDefaults).filter((name) => current?.row[name] != null);
  return {
    ...formDefaults,
    ...Object.fromEntries(known.map((name) => [name, current?.row[name] ?? null])),
    ...rest,
    dateRange: [startDate, endDate],
    ...(current === undefined ? {} : { id: current.id }),
  };
}
