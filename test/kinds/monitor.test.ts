import { describe, expect, test } from "vitest";
import type { Update } from "../../src/kinds/kind.ts";
import { monitor } from "../../src/kinds/monitor.ts";
import { ownerOf } from "../../src/kinds/marker.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { contextOf, desired, markerTagId, observed, recordingClient } from "./recording-client.ts";

const written = { name: "Api", type: "http", url: "https://example.com" };
const markerRow = { tag_id: markerTagId, monitor_id: 5, name: "kuma-sync", value: "shop/api" };
const saved = {
  id: 5,
  name: "Api",
  type: "http",
  url: "https://example.com/old",
  active: true,
  forceInactive: false,
  tags: [markerRow],
};

function changesAt(...paths: readonly string[]): Update["changes"] {
  return paths.map((path) => ({ path, sensitive: true }));
}

/** The calls of one update, each as its event and, but for edits, its arguments. */
async function callsOf({
  declares = {},
  row = {},
  paths,
  isAdoption = false,
  after,
}: {
  readonly declares?: JsonObject;
  readonly row?: JsonObject;
  readonly paths: readonly string[];
  readonly isAdoption?: boolean;
  /** The monitor as the list shows it after the edit. */
  readonly after?: JsonObject;
}): Promise<readonly Json[]> {
  const client = recordingClient({ lists: { monitorList: { 5: { ...saved, ...row, ...after } } } });
  const entity = desired(monitor, "api", { ...written, ...declares });
  const found = observed(monitor, { ...saved, ...row });
  const owner = isAdoption ? ownerOf("shop", entity) : undefined;
  await monitor.update(contextOf(client), { entity, observed: found, changes: changesAt(...paths), owner });
  return client.calls.map(({ event, args }) => (event === "editMonitor" ? [event] : [event, ...args]));
}

describe("create", () => {
  test("adds, then marks, then tags", async () => {
    const client = recordingClient();
    const entity = desired(monitor, "api", { ...written, tags: ["prod", { team: "core" }] });
    expect(await monitor.create(contextOf(client), entity)).toBe(100);
    expect(client.calls.map(({ event }) => event)).toEqual(["add", "addMonitorTag", "addMonitorTag", "addMonitorTag"]);
    expect(client.calls.slice(1).map(({ args }) => args)).toEqual([
      [markerTagId, 100, "shop/api"],
      [12, 100, ""],
      [11, 100, "core"],
    ]);
  });

  test("never sends an id, which would overwrite a monitor", async () => {
    const client = recordingClient();
    await monitor.create(contextOf(client), desired(monitor, "api", written));
    expect(client.calls[0]?.args[0]).not.toHaveProperty("id");
  });

  test.each([{ notifications: ["nobody"] }, { tags: ["nothing"] }, { parent: "nowhere" }])(
    "writes nothing when a reference is not known: %j",
    async (reference) => {
      const client = recordingClient();
      await expect(
        monitor.create(contextOf(client), desired(monitor, "api", { ...written, ...reference })),
      ).rejects.toThrow("no id for");
      expect(client.calls).toEqual([]);
    },
  );
});

describe("update", () => {
  test("a changed field is one edit with the new value", async () => {
    const client = recordingClient({ lists: { monitorList: { 5: saved } } });
    const entity = desired(monitor, "api", written);
    const found = observed(monitor, { ...saved, weight: 1, dns_last_result: "x" });
    await monitor.update(contextOf(client), { entity, observed: found, changes: changesAt("/url"), owner: undefined });
    expect(client.calls).toEqual([
      { event: "editMonitor", args: [expect.objectContaining({ id: 5, url: "https://example.com", type: "http" })] },
    ]);
  });

  test("a changed header deep inside is an edit", async () => {
    expect(await callsOf({ paths: ["/headers/Authorization"] })).toEqual([["editMonitor"]]);
  });

  test("tags alone restart nothing, and the marker stays", async () => {
    const row = { tags: [markerRow, { tag_id: 12, name: "prod", value: null }] };
    expect(await callsOf({ declares: { tags: [{ team: "core" }] }, row, paths: ["/tags/0"] })).toEqual([
      ["addMonitorTag", 11, 5, "core"],
      ["editMonitorTag", 12, 5, ""],
      ["deleteMonitorTag", 12, 5, ""],
    ]);
  });

  test("a pause comes before the edit, which would check at once", async () => {
    expect(await callsOf({ declares: { active: false }, paths: ["/active", "/url"] })).toEqual([
      ["pauseMonitor", 5],
      ["editMonitor"],
    ]);
  });

  test("a resume comes after the edit, and takes up its settings", async () => {
    const row = { active: false };
    expect(await callsOf({ row, paths: ["/active", "/url"] })).toEqual([["editMonitor"], ["resumeMonitor", 5]]);
    expect(await callsOf({ row, paths: ["/active"] })).toEqual([["resumeMonitor", 5]]);
  });

  test("an edit below a paused group is followed by a resume, or it would not take effect", async () => {
    const row = { active: false, forceInactive: true };
    expect(await callsOf({ row, paths: ["/url"] })).toEqual([["editMonitor"], ["resumeMonitor", 5]]);
    expect(await callsOf({ row, paths: ["/url"], declares: { active: false } })).toEqual([
      ["pauseMonitor", 5],
      ["editMonitor"],
    ]);
  });

  test("whether the group is paused counts after the edit, which may have moved the monitor", async () => {
    const paused = { active: false, forceInactive: true };
    const running = { active: true, forceInactive: false };
    expect(await callsOf({ row: running, after: paused, paths: ["/parent"] })).toEqual([
      ["editMonitor"],
      ["resumeMonitor", 5],
    ]);
    expect(await callsOf({ row: paused, after: running, paths: ["/parent"] })).toEqual([["editMonitor"]]);
  });

  test("an adoption marks first, and edits only what differs", async () => {
    const row = { tags: [] };
    expect(await callsOf({ row, paths: [], isAdoption: true })).toEqual([
      ["addMonitorTag", markerTagId, 5, "shop/api"],
    ]);
    expect(await callsOf({ row, paths: ["/url"], isAdoption: true })).toEqual([
      ["addMonitorTag", markerTagId, 5, "shop/api"],
      ["editMonitor"],
    ]);
  });

  test("an adoption replaces an empty marker", async () => {
    const row = { tags: [{ ...markerRow, value: null }] };
    expect(await callsOf({ row, paths: [], isAdoption: true })).toEqual([
      ["editMonitorTag", markerTagId, 5, "shop/api"],
    ]);
  });
});

test("a delete has one argument; up to 2.0 a second one replaces the ack, and later it deletes the children", async () => {
  const client = recordingClient();
  await monitor.remove({ client }, observed(monitor, saved));
  expect(client.calls).toEqual([{ event: "deleteMonitor", args: [5] }]);
});

describe("rows", () => {
  const list = {
    10: { id: 10, name: "later", type: "http", tags: [{ ...markerRow, value: "no marker" }] },
    5: saved,
    6: { id: 6, name: null, type: "brand-new", tags: null },
  };

  test("come by id, with their owner, types that are not known included", async () => {
    const rows = await monitor.rows(recordingClient({ lists: { monitorList: list } }), { freshness: "pushed" });
    expect(rows.map(({ id, name, type, owner }) => ({ id, name, type, owner }))).toEqual([
      { id: 5, name: "Api", type: "http", owner: { project: "shop", key: "api" } },
      { id: 6, name: "", type: "brand-new", owner: undefined },
      { id: 10, name: "later", type: "http", owner: undefined },
    ]);
    expect(monitor.variant("brand-new")).toBe(undefined);
  });

  test("are asked for anew when they must be fresh", async () => {
    const rows = await monitor.rows(recordingClient({ lists: { monitorList: {} } }), { freshness: "anew" });
    expect(rows.map(({ name }) => name)).toEqual(["fresh"]);
  });
});

test("below a paused group the own flag is not known, and left out of the spec", () => {
  expect(observed(monitor, { ...saved, active: false, forceInactive: true }).spec).not.toHaveProperty("active");
  expect(observed(monitor, { ...saved, active: false }).spec).toHaveProperty("active", false);
});
