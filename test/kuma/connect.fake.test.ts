import { describe, expect, test, vi } from "vitest";
import { connect, connectReadOnly } from "../../src/kuma/connect.ts";
import { writeEvents } from "../../src/model/kuma-client.ts";
import type { Heartbeat, KumaClient, WriteEvent } from "../../src/model/kuma-client.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { fakeVersions } from "../fakes/kuma-server.ts";
import type { FakeKumaOptions } from "../fakes/kuma-server.ts";
import { testCertificate } from "../fakes/test-certificate.ts";
import { adminLogin, clientOf, fakeKuma, readerOf } from "./with-fake.ts";

/** 50 ms before a two-factor code ends, so that waiting for the next takes no time. */
function now(): number {
  return 1_700_000_040_000 - 50;
}

function beatRow(time: string, msg: string): JsonObject {
  return { monitorID: 1, status: 1, msg, time };
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

describe.each(fakeVersions)("connecting to %s", (version) => {
  const is3 = version === "3.0.0-beta.0";

  test("goes through the phases in order and learns the version", async () => {
    const fake = await fakeKuma({ version });
    const phases: string[] = [];
    const client = await clientOf(fake, { onPhase: (phase) => phases.push(phase) });
    expect(phases).toEqual(["connect", "login", "lists"]);
    expect(client.server).toMatchObject({ url: fake.url, version, isTested: !is3 });
  });

  test("sends nothing that is lost, and logs in once", async () => {
    const fake = await fakeKuma({ version });
    await clientOf(fake);
    const logins = [...fake.log.map(({ event }) => event), ...fake.auth.requests.map(({ path }) => path)];
    expect(logins.filter((event) => !["getTags", "/ok"].includes(event))).toEqual([
      is3 ? "/sign-in/username" : "login",
    ]);
  });

  test("by token", async () => {
    const fake = await fakeKuma({ version });
    const client = await clientOf(fake, { credentials: { type: "token", token: fake.login.token() } });
    expect(await client.list("monitorList")).toEqual({});
  });

  test.each([{ type: "none" } as const, { ...adminLogin, password: "not checked" }])(
    "with login switched off, given $type: in without a login",
    async (credentials) => {
      const fake = await fakeKuma({ version, isAuthDisabled: true });
      const client = await clientOf(fake, { credentials });
      await expect(client.read("getTags")).resolves.toMatchObject({ ok: true });
      expect(await client.list("notificationList")).toEqual([]);
      expect(fake.log.map(({ event }) => event)).not.toContain("login");
    },
  );

  test("with login switched off, known only while a needless password is being refused: in", async () => {
    const fake = await fakeKuma({ version, isAuthDisabled: true });
    // As the real server with a cold cache: our question comes before its own look at the setting, the password check
    // after.
    fake.faults.delay("autoLogin", 20);
    fake.faults.delay("login", 60);
    fake.faults.delay("lists", 100);
    const client = await clientOf(fake, { credentials: { ...adminLogin, password: "not checked" } });
    expect(await client.list("notificationList")).toEqual([]);
  });

  test("lists come with what is stored", async () => {
    const fake = await fakeKuma({ version });
    const id = fake.seedMonitor({ type: "http", name: "by hand" });
    const client = await clientOf(fake);
    expect(await client.list("monitorList")).toMatchObject({ [id]: { id, name: "by hand" } });
  });
});

describe("two-factor login", () => {
  const secret = "GEZDGNBVGY3TQOJQ";
  const login = { ...adminLogin, totpSecret: secret };

  test("sends a code with the first login", async () => {
    const fake = await fakeKuma({ totpSecret: secret, now });
    await clientOf(fake, { credentials: login, now });
    expect(fake.log.filter(({ event }) => event === "login")).toHaveLength(1);
  });

  test("a second login in the same 30 s waits for the next code, says so, and sends none twice", async () => {
    const fake = await fakeKuma({ totpSecret: secret, now });
    await clientOf(fake, { credentials: login, now });
    const notices: string[] = [];
    await clientOf(fake, { credentials: login, now, onNotice: (text) => notices.push(text) });
    expect(notices).toEqual([expect.stringContaining("waiting 1s for the next two-factor code")]);
    const codes = fake.log.filter(({ event }) => event === "login").map(({ args }) => (args[0] as JsonObject)["token"]);
    expect(codes).toHaveLength(2);
    expect(new Set(codes).size).toBe(2);
  });

  test("a code that someone else has used is followed by the next one", async () => {
    const fake = await fakeKuma({ totpSecret: secret, now });
    const { totpCode } = await import("../../src/kuma/login/totp.ts");
    const { code } = await totpCode(secret, Math.floor(now() / 30_000));
    expect(fake.login.login({ ...adminLogin, token: code })).toMatchObject({ ok: true });
    const notices: string[] = [];
    await clientOf(fake, { credentials: login, now, onNotice: (text) => notices.push(text) });
    expect(notices).toHaveLength(1);
  });

  test("a wrong secret is tried with two codes, not more", async () => {
    const fake = await fakeKuma({ totpSecret: secret, now });
    const credentials = { ...login, totpSecret: "MZXW6YTBOI======" };
    await expect(connect({ url: fake.url, credentials, now })).rejects.toMatchObject({ code: "two-factor-wrong" });
    expect(fake.log.filter(({ event }) => event === "login")).toHaveLength(2);
  });
});

describe("ways to the server", () => {
  test.each<[string, FakeKumaOptions]>([
    ["a sub-path behind a proxy", { basePath: "/kuma" }],
    ["a proxy that passes no upgrade", { transports: ["polling"] }],
    ["both", { basePath: "/a/b", transports: ["polling"] }],
  ])("%s", async (_, options) => {
    const fake = await fakeKuma(options);
    const client = await clientOf(fake);
    expect(await client.list("monitorList")).toEqual({});
    await client.write("addTag", { name: "t", color: "#000" });
    expect(fake.tags.size).toBe(1);
  });

  test.each<[string, FakeKumaOptions["transports"]]>([
    ["websocket", ["websocket"]],
    ["polling", ["polling"]],
  ])("TLS with its own authority, and without any check, over %s", async (_, transports) => {
    const fake = await fakeKuma({ tls: testCertificate, ...(transports === undefined ? {} : { transports }) });
    for (const tls of [{ caPem: testCertificate.cert }, { insecure: true }]) {
      const client = await clientOf(fake, { tls });
      await expect(client.read("getTags")).resolves.toMatchObject({ ok: true });
    }
  });

  test("no Origin is sent", async () => {
    for (const transports of [["websocket"], ["polling"]] as const) {
      const fake = await fakeKuma({ transports });
      await clientOf(fake);
      expect(fake.handshakeHeaders).not.toHaveProperty("origin");
    }
  });

  test("an abort ends the attempt, and leaves nothing open", async () => {
    const fake = await fakeKuma();
    fake.faults.stallPhase("connect");
    const abort = new AbortController();
    const attempt = connect({ url: fake.url, credentials: adminLogin, signal: abort.signal });
    const caught = attempt.catch((error: unknown) => error);
    await vi.waitFor(() => expect(fake.connections()).toBe(1));
    abort.abort(new Error("Ctrl-C"));
    expect(await caught).toMatchObject({ message: "Ctrl-C" });
    await vi.waitFor(() => expect(fake.connections()).toBe(0));
  });
});

describe("the lists", () => {
  test("follow the server's deltas, and a whole list replaces all", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    await client.list("monitorList");
    fake.push("updateMonitorIntoList", { "7": { id: 7, name: "a" } });
    fake.push("updateMonitorIntoList", { "8": { id: 8, name: "b" } });
    fake.push("updateMonitorIntoList", { "7": { id: 7, name: "c" } });
    await vi.waitFor(async () =>
      expect(await client.list("monitorList")).toEqual({ "7": { id: 7, name: "c" }, "8": { id: 8, name: "b" } }),
    );
    // Quirk 31: ids come back as whoever deleted them wrote them.
    fake.push("deleteMonitorFromList", "7");
    fake.push("deleteMonitorFromList", 8);
    await vi.waitFor(async () => expect(await client.list("monitorList")).toEqual({}));
    fake.push("monitorList", { "9": { id: 9 } });
    await vi.waitFor(async () => expect(await client.list("monitorList")).toEqual({ "9": { id: 9 } }));
  });

  test("what was given out does not change afterwards", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    const before = await client.list("monitorList");
    await client.write("add", {
      name: "n",
      type: "http",
      accepted_statuscodes: ["200-299"],
      conditions: [],
      interval: 60,
    });
    await vi.waitFor(async () => expect(Object.keys((await client.list("monitorList")) as JsonObject)).toHaveLength(1));
    expect(before).toEqual({});
  });

  test("a list that was made before the question does not count as its answer", async () => {
    const fake = await fakeKuma({ version: "1.23.17" });
    const id = fake.seedMonitor({ type: "http", name: "present" });
    const client = await clientOf(fake);
    await client.list("monitorList");
    // As another client's write on 1.23 causes it: computed before, sent around the time of our question.
    fake.faults.delay("getMonitorList", 20);
    const later = fake.seedMonitor({ type: "http", name: "stored since the login" });
    const refreshed = client.refreshMonitors();
    fake.push("monitorList", { "99": { id: 99, name: "stale" } });
    expect(Object.keys(await refreshed)).toEqual([String(id), String(later)]);
  });
});

describe("heartbeats", () => {
  test("are known from before the login, and heard from then on", async () => {
    const fake = await fakeKuma();
    const id = fake.seedMonitor({ type: "http", name: "n" });
    fake.beat(id, { status: 0, msg: "old" });
    fake.beat(id, { status: 1, msg: "newer", ping: 3 });
    const client = await readerOf(fake);
    await vi.waitFor(() => expect(client.heartbeats.get(id)).toMatchObject({ status: 1, message: "newer", ping: 3 }));
    const heard: Heartbeat[] = [];
    const stop = client.onHeartbeat((beat) => heard.push(beat));
    fake.beat(id, { status: 0, msg: "live" });
    await vi.waitFor(() => expect(heard).toMatchObject([{ monitorId: id, status: 0, message: "live" }]));
    expect(client.heartbeats.get(id)).toMatchObject({ message: "live" });
    stop();
    fake.beat(id, { status: 1, msg: "unheard" });
    await vi.waitFor(() => expect(client.heartbeats.get(id)).toMatchObject({ message: "unheard" }));
    expect(heard).toHaveLength(1);
  });

  test("an older one does not replace a newer one", async () => {
    const fake = await fakeKuma();
    const client = await readerOf(fake);
    fake.push("heartbeat", beatRow("2026-11-23 02:00:02.000", "newer"));
    fake.push("heartbeatList", "1", [beatRow("2026-11-23 02:00:01.000", "older")], false);
    fake.push("heartbeat", { ...beatRow("2026-11-23 02:00:03.000", "end"), monitorID: 2 });
    await vi.waitFor(() => expect(client.heartbeats.has(2)).toBe(true));
    expect(client.heartbeats.get(1)).toMatchObject({ message: "newer" });
  });
});

describe("connectReadOnly", () => {
  test("gives an object that has no way to write", async () => {
    const fake = await fakeKuma();
    const reader = await readerOf(fake);
    expect(reader).not.toHaveProperty("write");
  });

  test.each(writeEvents)("refuses %s when it is smuggled into a read", async (event: WriteEvent) => {
    const fake = await fakeKuma();
    const reader = (await readerOf(fake)) as unknown as Pick<KumaClient, "write"> & {
      read: KumaClient["write"];
    };
    await expect(reader.read(event, 1)).rejects.toThrow(`may not send ${event}`);
    expect(fake.log.map((received) => received.event)).not.toContain(event);
  });

  test("reads all that may be read", async () => {
    const fake = await fakeKuma();
    const id = fake.seedMonitor({ type: "http", name: "n" });
    const reader = await connectReadOnly({ url: fake.url, credentials: adminLogin });
    const events = ["getMonitor", "getMonitorList", "getTags", "getSettings"] as const;
    const answers = events.map((event) => reader.read(event, ...(event === "getMonitor" ? [id] : [])));
    expect(await Promise.all(answers)).toEqual(events.map(() => expect.objectContaining({ ok: true })));
    await reader.close();
  });
});

describe("a client", () => {
  test("refuses a wrong number of arguments, which would never be answered", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    await expect(client.write("deleteMonitor", 1, true)).rejects.toThrow("takes 1 arguments, not 2");
    await expect(client.write("addNotification", {})).rejects.toThrow("takes 2 arguments, not 1");
    expect(fake.log.map(({ event }) => event)).not.toContain("deleteMonitor");
  });

  test("never comes back by itself: nothing is sent again after the server's restart", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    await client.list("monitorList");
    await fake.restart();
    const seen = fake.log.length;
    const refused = await Promise.allSettled([
      client.write("addTag", { name: "t", color: "#000" }),
      client.read("getTags"),
      client.refreshMonitors(),
      client.list("monitorList"),
    ]);
    const reason = expect.objectContaining({ code: "disconnected" });
    expect(refused).toEqual(refused.map(() => ({ status: "rejected", reason })));
    await clientOf(fake);
    const later = fake.log.slice(seen).map(({ event }) => event);
    expect(later).not.toContain("addTag");
    expect(fake.tags.size).toBe(0);
  });

  test("closes for good, any number of times, and ends the calls under way", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    fake.faults.dropAck("getTags", fake.log.filter(({ event }) => event === "getTags").length + 1);
    const pending = client.read("getTags").catch((error: unknown) => error);
    await client.close();
    await client.close();
    expect(await pending).toMatchObject({ code: "disconnected" });
    await expect(client.read("getTags")).rejects.toMatchObject({ code: "disconnected" });
    await vi.waitFor(() => expect(fake.connections()).toBe(0));
  });

  test("leaves no timer behind, so that the process can end", async () => {
    const fake = await fakeKuma();
    const before = timers();
    const client = await connect({ url: fake.url, credentials: adminLogin });
    await client.list("notificationList");
    await client.read("getTags");
    await client.close();
    await vi.waitFor(() => expect(fake.connections()).toBe(0));
    await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(before));
  });

  test("writes at once get each their own answer", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    const names = Array.from({ length: 50 }, (_, index) => `tag ${index}`);
    const answers = await Promise.all(names.map((name) => client.write("addTag", { name, color: "#000" })));
    expect(answers.map(({ tag }) => (tag as JsonObject)["name"])).toEqual(names);
  });
});
