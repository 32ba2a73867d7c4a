import { expect, test } from "vitest";
import { maintenance } from "../../src/kinds/maintenance.ts";
import type { JsonObject, JsonPointer } from "../../src/model/json.ts";
import { contextOf, desired, observed, recordingClient, type RecordingClient } from "./recording-client.ts";

const monitorList = { "7": { id: 7, name: "Edge", type: "group" } };
const manual: JsonObject = { title: "Work", strategy: "manual", monitors: ["edge"] };

function clientWith(lists: Parameters<typeof recordingClient>[0]): RecordingClient {
  const client = recordingClient(lists);
  const write: RecordingClient["write"] = async (event, ...args) => ({
    ...(await client.write(event, ...args)),
    maintenanceID: 100,
  });
  return { ...client, write };
}

async function updated(written: JsonObject, paths: readonly JsonPointer[]): Promise<readonly string[]> {
  const client = clientWith({ lists: { monitorList } });
  await maintenance.update(contextOf(client), {
    entity: desired(maintenance, "work", written),
    observed: observed(maintenance, { id: 5, title: "Work", strategy: "manual", active: true }),
    changes: paths.map((path) => ({ path, sensitive: false })),
    owner: undefined,
  });
  return client.calls.map(({ event }) => event);
}

test("a new one is sent whole, with what its strategy does not use as the form has it", async () => {
  const client = clientWith({ lists: { monitorList } });
  const written = { ...manual, strategy: "single", start: "2030-01-31 22:00", end: "2030-02-01 02:00", active: false };
  expect(await maintenance.create(contextOf(client), desired(maintenance, "work", written))).toBe(100);
  expect(client.calls).toEqual([
    {
      event: "addMaintenance",
      args: [
        {
          title: "Work",
          description: "",
          strategy: "single",
          active: false,
          dateRange: ["2030-01-31T22:00", "2030-02-01T02:00"],
          timeRange: [
            { hours: 2, minutes: 0 },
            { hours: 3, minutes: 0 },
          ],
          weekdays: [],
          daysOfMonth: [],
          intervalDay: 1,
          cron: "30 3 * * *",
          durationMinutes: 60,
          timezoneOption: "SAME_AS_SERVER",
        },
      ],
    },
    { event: "addMonitorMaintenance", args: [100, [{ id: 7 }]] },
    { event: "pauseMaintenance", args: [100] },
  ]);
});

test("nothing is written when a monitor is gone", async () => {
  const client = clientWith({ lists: { monitorList: {} } });
  const entity = desired(maintenance, "work", manual);
  await expect(maintenance.create(contextOf(client), entity)).rejects.toMatchObject({ code: "rejected" });
  expect(client.calls).toEqual([]);
});

test.each<{ readonly written: JsonObject; readonly paths: readonly JsonPointer[]; readonly events: readonly string[] }>(
  [
    { written: { ...manual, active: false }, paths: ["/active"], events: ["pauseMaintenance"] },
    { written: manual, paths: ["/active"], events: ["resumeMaintenance"] },
    { written: manual, paths: ["/title"], events: ["editMaintenance"] },
    { written: { ...manual, active: false }, paths: ["/title"], events: ["editMaintenance", "pauseMaintenance"] },
    { written: manual, paths: ["/active", "/title"], events: ["editMaintenance"] },
    { written: manual, paths: ["/monitors"], events: ["addMonitorMaintenance"] },
    { written: manual, paths: ["/monitors/0"], events: ["addMonitorMaintenance"] },
    { written: manual, paths: ["/statusPages"], events: ["addMaintenanceStatusPage"] },
    { written: manual, paths: [], events: [] },
  ],
)("changes of $paths take $events", async ({ written, paths, events }) => {
  expect(await updated(written, paths)).toEqual(events);
});
