/**
 * Monitors over the socket, on every server: what add and edit really store
 * (docs/upstream/uptime-kuma.md#adding-a-monitor).
 */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import type { Heartbeat } from "../../src/model/kuma-client.ts";
import { columnsOf, snakeCase } from "../fakes/monitor-columns.ts";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { contractServers } from "./servers.ts";
import { isAtLeast } from "../../src/model/release.ts";

const rejected = (message: RegExp): unknown =>
  expect.objectContaining({ code: "rejected", message: expect.stringMatching(message) });

describe.each(contractServers())("monitors on $name", (server) => {
  let bench: Bench;
  let isValidating: boolean;
  beforeAll(async () => {
    bench = await openBench(server);
    isValidating = isAtLeast(bench.client.server.capabilities.release, [2, 1, 0]);
  });
  afterAll(() => bench.close());

  test("the defaults of the API, field by field", async () => {
    const { client, monitor } = bench;
    const { interval: _1, retryInterval: _2, timeout: _3, url: _4, ...least } = monitor();
    const { monitorID } = await client.write("add", least);
    bench.remember("monitor", Number(monitorID));
    const seen = await bench.seen(Number(monitorID));
    const { release } = client.server.capabilities;
    const columns = columnsOf(release).filter((column) => column.isShown && least[column.key] === undefined);
    const expected = columns.map((column) => {
      const value = column.default;
      if (column.type === "boolean") return [column.key, Boolean(value)];
      return [column.key, column.type === "json" && typeof value === "string" ? JSON.parse(value) : value];
    });
    expect(seen).toMatchObject(Object.fromEntries(expected));
    const derived = ["id", "path", "pathName", "childrenIDs", "forceInactive", "tags", "maintenance", "screenshot"];
    const others = ["accepted_statuscodes", "notificationIDList", "includeSensitiveData"];
    const shown = columnsOf(release).filter((column) => column.isShown);
    const known = new Set([...shown.map((column) => column.key), ...derived, ...others]);
    expect(Object.keys(seen).filter((key) => !known.has(key))).toEqual([]);
  });

  test("conditions are forbidden before 2.0 and needed from then on, but for MariaDB, which has its default", async () => {
    const { client, monitor, database, refusals } = bench;
    const { conditions: _, ...without } = monitor();
    const { hasConditions } = client.server.capabilities;
    const wrong = hasConditions ? without : { ...without, conditions: [] };
    const outcome = await client.write("add", wrong).then(
      async ({ monitorID }) => {
        bench.remember("monitor", Number(monitorID));
        return (await bench.seen(Number(monitorID)))["conditions"];
      },
      (error: unknown) => error,
    );
    const needed = database === "mariadb" ? [] : rejected(refusals.missing("conditions"));
    expect(outcome).toEqual(hasConditions ? needed : rejected(refusals.unknownField("conditions")));
  });

  test("an unknown key fails the whole add, and no value of it is repeated", async () => {
    const { client, monitor, refusals } = bench;
    const before = Object.keys(await client.refreshMonitors()).length;
    const error: unknown = await client
      .write("add", monitor({ kumaSyncTest: "s3cr3t", body: "t0ken" }))
      .catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: "rejected",
      message: expect.stringMatching(refusals.unknownField("kuma_sync_test")),
    });
    expect(String(error)).not.toMatch(/s3cr3t|t0ken|127\.0\.0\.1/);
    expect(Object.keys(await client.refreshMonitors())).toHaveLength(before);
  });

  test("the keys of SFTP are columns of every type from 2.5.4 on, and fail the add before", async () => {
    const { client, monitor, refusals } = bench;
    const texts = ["sshUsername", "sshPassword", "sshPrivateKey", "sshPassphrase", "sftpPath"];
    const isThere = columnsOf(client.server.capabilities.release).some(({ key }) => key === "sftpPath");
    for (const key of [...texts, "sshAuthMethod"]) {
      const added = await client.write("add", monitor({ [key]: "agent" })).then(
        async ({ monitorID }) => {
          bench.remember("monitor", Number(monitorID));
          return await bench.seen(Number(monitorID));
        },
        (error: unknown) => error,
      );
      const stored: JsonObject = {
        ...Object.fromEntries(texts.map((text) => [text, null])),
        sshAuthMethod: "password",
      };
      const wanted = isThere ? { ...stored, [key]: "agent" } : rejected(refusals.unknownField(snakeCase(key)));
      expect(added).toMatchObject(wanted as object);
    }
    if (!isThere) return;
    // Null and "" are the password, and what is left out stays.
    const id = await bench.add({ sshAuthMethod: null, sftpPath: "/a" });
    expect(await bench.seen(id)).toMatchObject({ sshAuthMethod: "password", sftpPath: "/a" });
    await client.write("editMonitor", { id, type: "http", accepted_statuscodes: ["200-299"], sshAuthMethod: "" });
    expect(await bench.seen(id)).toMatchObject({ sshAuthMethod: "password", sftpPath: "/a" });
  });

  test("an unknown notification leaves an orphan behind", async () => {
    const { client, monitor, refusals } = bench;
    const name = "contract test orphan";
    await expect(client.write("add", monitor({ name, notificationIDList: { "987654": true } }))).rejects.toMatchObject({
      message: expect.stringMatching(refusals.unknownReference),
    });
    const orphans = Object.values(await client.refreshMonitors()).filter(
      (item) => (item as JsonObject)["name"] === name,
    );
    expect(orphans).toHaveLength(1);
    bench.remember("monitor", Number((orphans[0] as JsonObject)["id"]));
  });

  test("an unknown parent stores nothing", async () => {
    const { client, monitor } = bench;
    const name = "contract test no parent";
    await expect(client.write("add", monitor({ name, parent: 987_654 }))).rejects.toMatchObject({ code: "rejected" });
    const names = Object.values(await client.refreshMonitors()).map((item) => (item as JsonObject)["name"]);
    expect(names).not.toContain(name);
  });

  test("an add with the id of a monitor overwrites that monitor", async () => {
    const id = await bench.add({ name: "before", description: "kept" });
    const answer = await bench.client.write("add", bench.monitor({ id, name: "after" }));
    expect(answer["monitorID"]).toBe(id);
    expect(await bench.seen(id)).toMatchObject({ name: "after", description: "kept" });
  });

  test("an edit unlinks notifications and clears the port where they are left out, and keeps the rest", async () => {
    const notification = await bench.addNotification({ name: "n", type: "webhook" });
    const id = await bench.add({
      type: "port",
      hostname: "127.0.0.1",
      port: 1,
      notificationIDList: { [notification]: true },
    });
    expect(await bench.seen(id)).toMatchObject({ port: 1, notificationIDList: { [notification]: true } });
    await bench.client.write("editMonitor", { id, type: "port", name: "edited", accepted_statuscodes: ["200-299"] });
    expect(await bench.seen(id)).toMatchObject({
      name: "edited",
      hostname: "127.0.0.1",
      port: null,
      notificationIDList: {},
    });
  });

  test("an edit of a group without its type unlinks its members", async () => {
    const group = await bench.add({ type: "group", name: "group" });
    const child = await bench.add({ parent: group });
    await bench.client.write("editMonitor", { id: group, name: "group", accepted_statuscodes: ["200-299"] });
    expect(await bench.seen(child)).toMatchObject({ parent: null });
    expect(await bench.seen(group)).toMatchObject({ type: "group", childrenIDs: [] });
  });

  test("a group inside its own member is refused where the server guards it", async () => {
    const outer = await bench.add({ type: "group" });
    const inner = await bench.add({ type: "group", parent: outer });
    expect((await bench.seen(outer))["childrenIDs"]).toEqual([inner]);
    const edit = { ...(await bench.seen(outer)), parent: inner };
    await expect(bench.client.write("editMonitor", edit)).rejects.toMatchObject({
      message: expect.stringContaining("inside one of its own members"),
    });
  });

  test("active is the own flag and those of all groups above", async () => {
    const group = await bench.add({ type: "group", active: true });
    const child = await bench.add({ parent: group, active: true });
    await bench.client.write("pauseMonitor", group);
    const seen = await bench.seen(child);
    expect(Boolean(seen["active"])).toBe(false);
    expect(seen["forceInactive"]).toBe(true);
    await bench.client.write("resumeMonitor", group);
    expect(await bench.seen(child)).toMatchObject({ active: true, forceInactive: false });
  });

  test("the echo of a stored retryInterval of 0 is refused from 2.1 on", async () => {
    const { retryInterval: _, ...least } = bench.monitor();
    const { monitorID } = await bench.client.write("add", least);
    bench.remember("monitor", Number(monitorID));
    const echo = bench.client.write("editMonitor", await bench.seen(Number(monitorID)));
    const outcome = await echo.then(
      () => "taken",
      (error: unknown) => (error as Error).message,
    );
    expect(outcome).toMatch(isValidating ? /Retry interval/ : /^taken$/);
  });

  test("an unchanged round trip changes nothing", async () => {
    const id = await bench.add({ name: "round trip", headers: '{"a":"b"}', body: '{"x": 1}', description: "d" });
    const { active: _1, ...before } = await bench.seen(id);
    await bench.client.write("editMonitor", before);
    const { active: _2, ...after } = await bench.seen(id);
    expect(after).toEqual(before);
  });

  test("an edit never changes weight, nor active but on 2.0.0-dev.0, where it resumes", async () => {
    const id = await bench.add({ weight: 1500 });
    await bench.client.write("editMonitor", { ...(await bench.seen(id)), active: true, weight: 1 });
    expect(await bench.seen(id)).toMatchObject({ weight: 1500 });
    const resumes = bench.client.server.version === "2.0.0-dev.0";
    expect(Boolean((await bench.seen(id))["active"])).toBe(resumes);
  });

  test("texts and numbers come back in the type of their column, and on 3.x a number in a text has a decimal", async () => {
    const id = await bench.add({ type: "json-query", expectedValue: 5, interval: "60", jsonPath: "$" });
    const expectedValue = bench.client.server.version.startsWith("3.") ? "5.0" : "5";
    expect(await bench.seen(id)).toMatchObject({ expectedValue, interval: 60 });
  });

  test("limits of the interval", async () => {
    const { minInterval, maxInterval } = bench.client.server.capabilities;
    await expect(bench.client.write("add", bench.monitor({ interval: minInterval - 1 }))).rejects.toMatchObject({
      message: expect.stringContaining(`Interval cannot be less than ${minInterval} seconds`),
    });
    const outcome = await bench.add({ interval: 2_073_601 }).then(
      () => "taken",
      (error: unknown) => (error as Error).message,
    );
    expect(outcome).toMatch(maxInterval === undefined ? /^taken$/ : /cannot be more than 2073600 seconds/);
  });

  test("status codes are needed with every add and edit", async () => {
    const { accepted_statuscodes: _, ...without } = bench.monitor();
    await expect(bench.client.write("add", without)).rejects.toMatchObject({
      message: expect.stringContaining("accepted_statuscodes is missing"),
    });
  });

  test("headers that are not JSON are refused from 2.1 on, without being repeated", async () => {
    const added = bench.client.write("add", bench.monitor({ headers: '{"Authorization": Bearer s3cr3t}' }));
    if (!isValidating) return bench.remember("monitor", Number((await added)["monitorID"]));
    const error: unknown = await added.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ message: "add: Headers must be valid JSON" });
  });

  test("deleting a missing object is not an error; pausing, editing and reading it is", async () => {
    const { client, monitor } = bench;
    await expect(client.write("deleteMonitor", 987_654)).resolves.toMatchObject({ ok: true });
    const refused = await Promise.allSettled([
      client.write("pauseMonitor", 987_654),
      client.write("resumeMonitor", 987_654),
      client.write("editMonitor", monitor({ id: 987_654 })),
      client.read("getMonitor", 987_654),
    ]);
    const message = expect.stringContaining("there is no such monitor");
    expect(refused).toEqual(refused.map(() => ({ status: "rejected", reason: expect.objectContaining({ message }) })));
  });

  test("the members of a deleted group survive at the top level", async () => {
    const group = await bench.add({ type: "group" });
    const child = await bench.add({ parent: group });
    await bench.client.write("deleteMonitor", group);
    expect(await bench.seen(child)).toMatchObject({ parent: null });
  });

  test("the pushed list follows adds, edits and deletes, whatever the type of the ids", async () => {
    const { client, raw, monitor } = bench;
    const answer = await raw.call("add", monitor({ name: "by another client" }));
    const id = Number(answer["monitorID"]);
    bench.remember("monitor", id);
    const listed = async (): Promise<JsonObject | undefined> =>
      ((await client.list("monitorList")) as JsonObject)[String(id)] as JsonObject | undefined;
    await vi.waitFor(async () => expect(await listed()).toMatchObject({ id, name: "by another client" }));
    await raw.call("editMonitor", monitor({ id: String(id), name: "edited elsewhere" }));
    await vi.waitFor(async () => expect(await listed()).toMatchObject({ name: "edited elsewhere" }));
    await raw.call("deleteMonitor", String(id));
    await vi.waitFor(async () => expect(await listed()).toBeUndefined());
  });

  test("getMonitor has the whole path only on 1.23", async () => {
    const group = await bench.add({ type: "group", name: "Group" });
    const child = await bench.add({ name: "child", parent: group });
    const { monitor } = await bench.client.read("getMonitor", child);
    expect((await bench.seen(child))["pathName"]).toBe("Group / child");
    const isWhole = !bench.client.server.capabilities.hasDeltas;
    expect((monitor as JsonObject)["pathName"]).toBe(isWhole ? "Group / child" : "Group / ");
  });

  test("as many adds at once as the window allows", async () => {
    const { writeWindow } = bench.client.server.capabilities;
    const names = Array.from({ length: writeWindow }, (_, index) => `contract test ${index}`);
    const ids = await Promise.all(names.map((name) => bench.add({ name })));
    const list = await bench.client.refreshMonitors();
    expect(ids.map((id) => (list[String(id)] as JsonObject)["name"])).toEqual(names);
  });

  test("a new monitor has a heartbeat, live and at the next login", async () => {
    const beats: Heartbeat[] = [];
    const stop = bench.client.onHeartbeat((beat) => beats.push(beat));
    const id = await bench.add({ active: true });
    await vi.waitFor(() => expect(beats.map((beat) => beat.monitorId)).toContain(id), 10_000);
    stop();
    expect(bench.client.heartbeats.get(id)).toEqual(beats.find((beat) => beat.monitorId === id));
  });
});
