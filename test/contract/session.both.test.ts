/** Login, lists, tags, notifications and limits of the socket, on every server. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect, connectReadOnly } from "../../src/kuma/connect.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { openBench } from "./bench.ts";
import type { Bench } from "./bench.ts";
import { rawSocket } from "./raw-socket.ts";
import { contractServers } from "./servers.ts";
import { isAtLeast } from "../../src/model/release.ts";

/** The provider's own fields are JSON text inside the row. */
function configOf(row: JsonObject | undefined): unknown {
  return JSON.parse((row?.["config"] ?? "null") as string);
}

describe.each(contractServers())("session on $name", (server) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench(server);
  });
  afterAll(() => bench.close());

  const notifications = async (): Promise<readonly JsonObject[]> =>
    (await bench.client.list("notificationList")) as readonly JsonObject[];

  describe("login", () => {
    test("gets in each time, with lists and a version", async () => {
      for (let round = 0; round < 3; round += 1) {
        const { url } = bench.running;
        const client = await connectReadOnly({ url, credentials: { type: "token", token: bench.token } });
        expect(await client.list("monitorList")).toEqual(expect.any(Object));
        expect(await client.list("notificationList")).toEqual(expect.any(Array));
        const { version, capabilities } = client.server;
        expect(capabilities.hasConditions).toBe(!/^1\.23|2\.0\.0-dev/.test(version));
        await client.close();
      }
    });

    test("a password is accepted or refused in known words", async () => {
      const { url, username, password } = bench.running;
      const client = await connect({ url, credentials: { type: "password", username, password } });
      await client.close();
      const wrong = connect({ url, credentials: { type: "password", username, password: `${password}x` } });
      await expect(wrong).rejects.toMatchObject({ code: "wrong-password" });
    });

    test("a token that is none is refused in known words", async () => {
      const wrong = connect({ url: bench.running.url, credentials: { type: "token", token: "a.b.c" } });
      await expect(wrong).rejects.toMatchObject({ code: "token-invalid" });
    });

    test("a login is needed, and known to be without waiting for a limit", async () => {
      const none = connect({ url: bench.running.url, credentials: { type: "none" } });
      await expect(none).rejects.toMatchObject({ code: "no-credentials" });
    });

    test("heartbeats of before the login are known after it", async () => {
      const id = await bench.add({ active: true });
      await vi.waitFor(() => expect(bench.client.heartbeats.has(id)).toBe(true), 10_000);
      const { url } = bench.running;
      const later = await connectReadOnly({ url, credentials: { type: "token", token: bench.token } });
      await vi.waitFor(() => expect(later.heartbeats.get(id)).toMatchObject({ monitorId: id }), 10_000);
      await later.close();
    });
  });

  test("settings can be read", async () => {
    expect(await bench.client.read("getSettings")).toMatchObject({ ok: true, data: expect.any(Object) });
  });

  test("a message too large for the server is not sent, and the connection lives", async () => {
    const tooLarge = bench.monitor({ body: "x".repeat(1_000_000) });
    await expect(bench.client.write("add", tooLarge)).rejects.toMatchObject({ code: "rejected" });
    await expect(bench.client.read("getTags")).resolves.toMatchObject({ ok: true });
    const raw = await rawSocket(bench.running.url, bench.token);
    raw.call("add", tooLarge).catch(() => {});
    expect(await raw.closed).toMatch(/transport/);
  });

  test("a message of the largest size arrives, and MariaDB keeps 65,535 bytes of a text", async () => {
    const framing = JSON.stringify(["add", bench.monitor({ body: "" })]).length;
    const stored = (size: number): Promise<unknown> =>
      bench.add({ body: "x".repeat(size) }).then(
        async (id) => ((await bench.seen(id))["body"] as string).length,
        (error: unknown) => String(error),
      );
    const sizes = [65_535, 65_536, 999_950 - framing];
    const tooLong = expect.stringMatching(/the value of body is too long$/u);
    expect(await Promise.all(sizes.map(stored))).toEqual(
      bench.database === "mariadb" ? [65_535, tooLong, tooLong] : sizes,
    );
  });

  describe("tags", () => {
    test("names are not unique, links repeat, and an edit changes all of them", async () => {
      const { client } = bench;
      const tag = await bench.addTag("contract-test");
      expect(await bench.addTag("contract-test")).not.toBe(tag);
      const monitor = await bench.add();
      await client.write("addMonitorTag", tag, monitor, "v");
      await client.write("addMonitorTag", tag, monitor, "v");
      const values = async (): Promise<unknown[]> =>
        ((await bench.seen(monitor))["tags"] as readonly JsonObject[]).map((link) => link["value"]);
      expect(await values()).toEqual(["v", "v"]);
      await client.write("editMonitorTag", tag, monitor, "w");
      expect(await values()).toEqual(["w", "w"]);
      await client.write("deleteMonitorTag", tag, monitor, "v");
      expect(await values()).toEqual(["w", "w"]);
      await client.write("deleteMonitorTag", tag, monitor, "w");
      expect(await values()).toEqual([]);
    });

    test("a link without a value cannot be deleted before it is given one", async () => {
      const { client } = bench;
      const tag = await bench.addTag("contract-test-null");
      const monitor = await bench.add();
      const links = async (): Promise<number> => ((await bench.seen(monitor))["tags"] as readonly unknown[]).length;
      await client.write("addMonitorTag", tag, monitor, null);
      await client.write("deleteMonitorTag", tag, monitor, null);
      await client.write("deleteMonitorTag", tag, monitor, "");
      expect(await links()).toBe(1);
      await client.write("editMonitorTag", tag, monitor, "");
      await client.write("deleteMonitorTag", tag, monitor, "");
      expect(await links()).toBe(0);
    });

    test("a link carries the tag's name, and a deleted tag takes its links along", async () => {
      const { client } = bench;
      const tag = await bench.addTag("contract-test-link");
      const monitor = await bench.add();
      await client.write("addMonitorTag", tag, monitor, "project/key");
      expect((await bench.seen(monitor))["tags"]).toMatchObject([
        { tag_id: tag, monitor_id: monitor, value: "project/key", name: "contract-test-link" },
      ]);
      await client.write("deleteTag", tag);
      expect((await bench.seen(monitor))["tags"]).toEqual([]);
    });

    test("unknown tags and monitors are refused, without the statement", async () => {
      const { client } = bench;
      await expect(client.write("editTag", { id: 987_654, name: "x", color: "y" })).rejects.toMatchObject({
        message: "editTag: there is no such tag on the server",
      });
      const error: unknown = await client.write("addMonitorTag", 987_654, 987_655, "s3cr3t").catch((e: unknown) => e);
      expect(error).toMatchObject({ message: expect.stringMatching(bench.refusals.unknownReference) });
      expect(String(error)).not.toMatch(/s3cr3t|insert/i);
    });

    test("an edited tag is read back", async () => {
      const tag = await bench.addTag("contract-test-edit");
      await bench.client.write("editTag", { id: tag, name: "contract-test-edited", color: "#000" });
      const { tags } = await bench.client.read("getTags");
      expect(tags).toContainEqual({ id: tag, name: "contract-test-edited", color: "#000" });
    });
  });

  describe("notifications", () => {
    test("the list is pushed before the answer to a write, as there is no way to ask for it", async () => {
      const id = await bench.addNotification({
        name: "contract test",
        type: "webhook",
        webhookURL: "http://127.0.0.1:1",
      });
      const added = (await notifications()).find((item) => item["id"] === id);
      expect(configOf(added)).toMatchObject({ name: "contract test", type: "webhook" });
      await bench.client.write("deleteNotification", id);
      expect((await notifications()).map((item) => item["id"])).not.toContain(id);
    });

    test("an edit replaces all of it", async () => {
      const id = await bench.addNotification({ name: "a", type: "webhook", webhookURL: "http://127.0.0.1:1" });
      await bench.client.write("addNotification", { name: "b", type: "webhook" }, id);
      const edited = (await notifications()).find((item) => item["id"] === id);
      expect(configOf(edited)).not.toHaveProperty("webhookURL");
      expect(edited).toMatchObject({ name: "b", active: true, isDefault: false });
    });

    test("keys of others survive in it: the place of our marker", async () => {
      const id = await bench.addNotification({ name: "m", type: "webhook", kumaSync: "project/key" });
      const kept = (await notifications()).find((item) => item["id"] === id);
      expect(configOf(kept)).toMatchObject({ kumaSync: "project/key" });
    });

    test("applyExisting links all monitors once, and stays in the config up to 2.2", async () => {
      const monitor = await bench.add();
      const id = await bench.addNotification({ name: "all", type: "webhook", applyExisting: true });
      expect((await bench.seen(monitor))["notificationIDList"]).toEqual({ [id]: true });
      const stored = (await notifications()).find((item) => item["id"] === id);
      const isReset = isAtLeast(bench.client.server.capabilities.release, [2, 3, 0]);
      expect(configOf(stored)).toMatchObject({ applyExisting: !isReset });
    });

    test("unknown ones are refused", async () => {
      const refused = await Promise.allSettled([
        bench.client.write("deleteNotification", 987_654),
        bench.client.write("addNotification", { name: "x", type: "webhook" }, 987_654),
      ]);
      const message = expect.stringContaining("there is no such notification");
      expect(refused).toEqual(
        refused.map(() => ({ status: "rejected", reason: expect.objectContaining({ message }) })),
      );
    });
  });
});
