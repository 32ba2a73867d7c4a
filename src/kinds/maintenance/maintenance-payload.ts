/**
 * The payload of `addMaintenance` and `editMaintenance`, which is always complete
 * (docs/upstream/uptime-kuma.md#maintenance).
 */
import type { KumaId } from "../../model/entity.ts";
import type { JsonObject } from "../../model/json.ts";

/** What the form sends for fields that the strategy does not use (EditMaintenance.vue). */
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
 * `fields` have the server's keys, with the dates at the top level. `current` is the object that is changed; the server
 * computes its other keys and ignores them in the payload.
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
