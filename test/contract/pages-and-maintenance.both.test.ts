/**
 * Status pages, maintenances and settings over the socket, on every server (docs/upstream/uptime-kuma.md#settings,
 * docs/upstream/uptime-kuma.md#status-pages).
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { contractServers } from "./servers.ts";
import { isAtLeast } from "../../src/model/release.ts";

const slug = `contract-${process.pid}`;

const maintenance = (fields: JsonObject): JsonObject => ({
  title: slug,
  description: "",
  strategy: "manual",
  active: true,
  intervalDay: 1,
  dateRange: [null, null],
  timeRange: [
    { hours: 2, minutes: 0 },
    { hours: 3, minutes: 0 },
  ],
  weekdays: [],
  daysOfMonth: [],
  cron: "30 3 * * *",
  durationMinutes: 60,
  timezoneOption: "SAME_AS_SERVER",
  ...fields,
});

describe.each(contractServers())("pages, maintenances and settings on $name", (server) => {
  let bench: Bench;
  let isOld: boolean;
  let isLate: boolean;
  let monitorId: number;
  beforeAll(async () => {
    bench = await openBench(server);
    isOld = !isAtLeast(bench.client.server.capabilities.release, [2, 0, 0]);
    isLate = isAtLeast(bench.client.server.capabilities.release, [2, 1, 0]);
    monitorId = await bench.add();
    await bench.client.write("addStatusPage", "Contract", slug);
  });
  afterAll(async () => {
    await bench.client.write("deleteStatusPage", slug).catch(() => {});
    await bench.close();
  });

  async function config(): Promise<JsonObject> {
    return (await bench.client.read("getStatusPage", slug))["config"] as JsonObject;
  }

  async function groups(): Promise<readonly JsonObject[]> {
    const page = (await bench.client.readPublic(`/api/status-page/${slug}`)) as JsonObject;
    return page["publicGroupList"] as readonly JsonObject[];
  }

  async function save(change: JsonObject, list: readonly Json[] = [], icon: Json = ""): Promise<JsonObject> {
    return await bench.client.write("saveStatusPage", slug, { ...(await config()), ...change }, icon, list);
  }

  async function maintenances(): Promise<JsonObject> {
    await bench.client.read("getMaintenanceList");
    return (await bench.client.list("maintenanceList")) as JsonObject;
  }

  async function addMaintenance(fields: JsonObject): Promise<number> {
    const { maintenanceID } = await bench.client.write("addMaintenance", maintenance(fields));
    return Number(maintenanceID);
  }

  /** Runs `use`, and takes away what it leaves behind. */
  async function withLeftovers(use: () => Promise<void>): Promise<JsonObject[]> {
    const before = Object.keys(await maintenances());
    await use();
    const left = Object.entries(await maintenances()).filter(([id]) => !before.includes(id));
    for (const [id] of left) await bench.client.write("deleteMaintenance", Number(id));
    return left.map(([, row]) => row as JsonObject);
  }

  test("a new page is found by its slug", async () => {
    expect(await config()).toMatchObject({ slug, title: "Contract", icon: "/icon.svg", theme: "auto" });
  });

  test("a slug is taken once, in lower case", async () => {
    const { client, refusals } = bench;
    await expect(client.write("addStatusPage", "Again", slug.toUpperCase())).rejects.toThrow(refusals.taken("slug"));
    await expect(client.write("addStatusPage", "Again", "no slug")).rejects.toThrow(/Invalid Slug/u);
    await expect(client.write("addStatusPage", " ", slug)).rejects.toThrow(/Please input all fields/u);
    await expect(client.read("getStatusPage", `${slug}-none`)).rejects.toThrow(/No slug\?/u);
  });

  test("what a save stumbles over in the groups leaves the rest saved", async () => {
    const group = { name: "Half", monitorList: [{ id: monitorId }, { id: 987_654 }] };
    await expect(save({ footerText: "half" }, [group])).rejects.toThrow(bench.refusals.unknownReference);
    expect(await config()).toMatchObject({ footerText: "half" });
    await expect(save({ footerText: "less" }, [{ id: 987_654, name: "No", monitorList: [] }])).rejects.toThrow(
      /status_page_id/u,
    );
    expect(await config()).toMatchObject({ footerText: "less" });
  });

  test("a group without its id is made anew", async () => {
    await save({}, [{ name: "Group", monitorList: [{ id: monitorId, sendUrl: true }] }]);
    const [first] = await groups();
    expect(first).toMatchObject({ monitorList: [{ id: monitorId, sendUrl: 1, url: "http://127.0.0.1:1/" }] });
    await save({}, [{ id: first?.["id"] ?? null, name: "Renamed", monitorList: [] }]);
    expect(await groups()).toMatchObject([{ id: first?.["id"], name: "Renamed" }]);
    await save({}, [{ name: "Renamed", monitorList: [] }]);
    expect((await groups())[0]?.["id"]).not.toBe(first?.["id"]);
  });

  test("an address of its own is shown from 2.0 on", async () => {
    const shown = { id: monitorId, sendUrl: true, url: "https://example.com/own" };
    await save({}, [{ name: "Group", monitorList: [shown] }]);
    expect(await groups()).toMatchObject([
      { monitorList: [{ url: isOld ? "http://127.0.0.1:1/" : "https://example.com/own" }] },
    ]);
  });

  test("an icon is a PNG, kept byte for byte, or an address", async () => {
    const png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==";
    await save({}, [], png);
    const { icon } = (await config()) as { readonly icon: string };
    expect(icon).toMatch(/^\/upload\/logo\d+\.png\?t=\d+$/u);
    expect(await bench.client.readPicture(icon)).toBe(png);
    expect(await bench.client.readPicture("/upload/none.png")).toBe(undefined);
    await expect(save({}, [], "data:image/jpeg;base64,AAAA")).rejects.toThrow(/Only allowed PNG/u);
    await expect(save({}, [], null)).rejects.toThrow(/startsWith/u);
    await save({ logo: "/icon.svg" }, [], "/icon.svg");
    expect(await config()).toMatchObject({ icon: "/icon.svg" });
  });

  test("analytics are checked from 2.1 on, domain names after the rest is saved", async () => {
    const said = await save({ analyticsType: "nobody" }).then(
      () => "saved",
      (error: unknown) => String(error),
    );
    expect(said).toMatch(isLate ? /Invalid analytics type/u : /^saved$/u);
    await expect(save({ footerText: "saved", domainNameList: "none" })).rejects.toThrow(/Invalid array/u);
    expect(await config()).toMatchObject({ footerText: "saved" });
  });

  test("an edit that leaves something out shows another thing than it saves", async () => {
    await withLeftovers(async () => {
      const id = await addMaintenance({});
      const { active: _, ...rest } = maintenance({ id, title: `${slug} edited` });
      await bench.client.write("editMaintenance", rest);
      expect((await maintenances())[String(id)]).toMatchObject({ active: false, title: `${slug} edited` });
      expect((await bench.client.read("getMaintenance", id))["maintenance"]).toMatchObject({ active: true });
    });
  });

  test("a failed add can leave a row", async () => {
    const left = await withLeftovers(async () => {
      const wrong = maintenance({ strategy: "single", dateRange: [null, null] });
      await expect(bench.client.write("addMaintenance", wrong)).rejects.toThrow(/reading 'constructor'/u);
    });
    expect(left).toHaveLength(1);
    const empty = await withLeftovers(async () => {
      const wrong = maintenance({ strategy: "recurring-weekday" });
      await expect(bench.client.write("addMaintenance", wrong)).rejects.toThrow(/is empty|Maximum call stack/u);
    });
    expect(empty).toHaveLength(isOld ? 1 : 0);
  });

  test("what a recurring maintenance looks like when it comes back", async () => {
    const [row] = await withLeftovers(async () => {
      await bench.client.write("addMaintenance", maintenance({ strategy: "recurring-weekday", weekdays: [1, 0] }));
    });
    expect(row).toMatchObject({
      dateRange: [null],
      timeRange: [
        { hours: 2, minutes: 0, seconds: 0 },
        { hours: 3, minutes: 0, seconds: 0 },
      ],
      durationMinutes: 60,
      timezoneOption: "SAME_AS_SERVER",
    });
  });

  test("links are replaced, one by one, after the old ones are gone", async () => {
    await withLeftovers(async () => {
      const id = await addMaintenance({});
      const linked = async (): Promise<Json> =>
        (await bench.client.read("getMonitorMaintenance", id))["monitors"] ?? [];
      await bench.client.write("addMonitorMaintenance", id, [{ id: monitorId }]);
      expect(await linked()).toEqual([{ id: monitorId }]);
      await expect(bench.client.write("addMonitorMaintenance", id, [monitorId])).rejects.toThrow(
        bench.refusals.missing("monitor_id"),
      );
      expect(await linked()).toEqual([]);
      const wrong = [{ id: monitorId }, { id: 987_654 }];
      await expect(bench.client.write("addMonitorMaintenance", id, wrong)).rejects.toThrow(
        bench.refusals.unknownReference,
      );
      expect(await linked()).toEqual([{ id: monitorId }]);
      await expect(bench.client.write("pauseMaintenance", 987_654)).rejects.toThrow(/Maintenance not found/u);
    });
  });

  test("a date that is none is refused, and on 1.23 ends every list until it is deleted", async () => {
    const wrong = maintenance({ strategy: "recurring-weekday", weekdays: [1], dateRange: ["no date", null] });
    const last = await addMaintenance({});
    const words = isOld ? /Invalid time value/u : /Invalid start date/u;
    await expect(bench.client.write("addMaintenance", wrong)).rejects.toThrow(words);
    const listed = await maintenances().then(
      () => "listed",
      (error: unknown) => String(error),
    );
    expect(listed).toMatch(isOld ? words : /^listed$/u);
    await bench.client.write("deleteMaintenance", last + 1);
    await bench.client.write("deleteMaintenance", last);
    expect(await maintenances()).not.toHaveProperty(String(last));
  });

  test("settings are merged by key, but for the entry page of the running server", async () => {
    const { client } = bench;
    await client.write("setSettings", { kumaSyncContract: { a: [1, "two"] }, entryPage: "dashboard" }, "");
    await client.write("setSettings", { kumaSyncOther: "x" }, "");
    expect((await client.read("getSettings"))["data"]).toMatchObject({
      kumaSyncContract: { a: [1, "two"] },
      kumaSyncOther: "x",
      entryPage: "dashboard",
    });
    expect(await client.readPublic("/api/entry-page")).toEqual({ type: "entryPage" });
    await client.write("setSettings", { kumaSyncContract: null, kumaSyncOther: null, entryPage: "dashboard" }, "");
    expect(await client.readPublic("/api/entry-page")).toEqual({ type: "entryPage", entryPage: "dashboard" });
  });

  test("a time zone that does not exist is stored and then refused", async () => {
    const { client } = bench;
    const settings = { entryPage: "dashboard", serverTimezone: "Mars/Olympus" };
    await expect(client.write("setSettings", settings, "")).rejects.toThrow(/Invalid timezone/u);
    expect((await client.read("getSettings"))["data"]).toMatchObject({ serverTimezone: "Mars/Olympus" });
    await client.write("setSettings", { entryPage: "dashboard", serverTimezone: "UTC" }, "");
  });
});
