/** The monitor list as pushes keep it current, against the list that the server sends when it is asked for all of it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { KumaClient } from "../../../src/model/kuma-client.ts";
import type { FakeKuma } from "../../fakes/kuma-server.ts";
import { clientOf, fakeKuma } from "../with-fake.ts";

const http = (name: string): JsonObject => ({
  type: "http",
  name,
  url: "http://127.0.0.1:1/",
  retryInterval: 60,
  accepted_statuscodes: ["200-299"],
  conditions: [],
  notificationIDList: {},
});
const webhook = { name: "hook", type: "webhook", webhookURL: "http://127.0.0.1:1/" };

/** Without what the server works out of other monitors' names: `getMonitor` tells less of it. */
function comparable(monitors: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(monitors).map(([id, row]) => {
      const { path: _1, pathName: _2, childrenIDs: _3, ...rest } = row as JsonObject;
      return [id, rest];
    }),
  );
}

function reads(fake: FakeKuma, since: number): readonly string[] {
  return fake.log
    .slice(since)
    .map(({ event, args }) => `${event} ${args.map((arg) => JSON.stringify(arg)).join(" ")}`.trim())
    .filter((call) => call.startsWith("getMonitor"));
}

/** The monitor as an edit may send it back. */
async function editable(from: KumaClient, id: number): Promise<JsonObject> {
  const { monitor } = await from.read("getMonitor", id);
  const { path: _1, pathName: _2, childrenIDs: _3, tags: _4, ...rest } = monitor as JsonObject;
  return rest;
}

/** Five monitors, a client that has its lists, and a second client; `look` gives the current monitors and what it read. */
async function twoClients(options: Parameters<typeof fakeKuma>[0] = {}) {
  const fake = await fakeKuma({ verdict: () => undefined, ...options });
  const ids = ["a", "b", "c", "d", "e"].map((name) => fake.seedMonitor({ type: "http", name, retry_interval: 60 }));
  const other = await clientOf(fake);
  const client = await clientOf(fake);
  await client.list("statusPageList");
  const look = async (): Promise<{ readonly monitors: JsonObject; readonly calls: readonly string[] }> => {
    const since = fake.log.length;
    const monitors = await client.currentMonitors();
    return { monitors, calls: reads(fake, since) };
  };
  return { fake, ids: ids as [number, number, number, number, number], other, client, look };
}

describe("current monitors", () => {
  test("cost no read while nothing changes", async () => {
    const { look } = await twoClients();
    expect((await look()).calls).toEqual([]);
  });

  test("are read one by one where we or another client wrote", async () => {
    const { ids, other, client, look } = await twoClients();
    await client.write("editMonitor", { ...(await editable(client, ids[0])), interval: 90 });
    await other.write("editMonitor", { ...(await editable(other, ids[3])), interval: 91 });
    await client.read("getTags");
    const { monitors, calls } = await look();
    expect(calls.toSorted()).toEqual([`getMonitor ${ids[0]}`, `getMonitor ${ids[3]}`]);
    expect(monitors).toMatchObject({ [ids[0]]: { interval: 90 }, [ids[3]]: { interval: 91 } });
    expect((await look()).calls).toEqual([]);
  });

  test("cost no read where we created them, with their tags", async () => {
    const { fake, client, look } = await twoClients();
    await client.write("addTag", { name: "team", color: "#111111" });
    const { monitorID } = await client.write("add", http("new"));
    await client.write("addMonitorTag", 1, monitorID as number, "core");
    const { monitors, calls } = await look();
    expect(calls).toEqual([]);
    expect(monitors).toMatchObject({ [monitorID as number]: { name: "new", tags: [{ name: "team", value: "core" }] } });
    expect(comparable(monitors)).toEqual(comparable(fake.monitorList()));
  });

  test("are read where another client changed what we created", async () => {
    const { other, client, look } = await twoClients();
    const { monitorID: id } = await client.write("add", http("new"));
    await other.write("editMonitor", { ...(await editable(other, id as number)), interval: 91 });
    await client.read("getTags");
    const { monitors, calls } = await look();
    expect(calls).toEqual([`getMonitor ${id as number}`]);
    expect(monitors).toMatchObject({ [id as number]: { interval: 91 } });
  });

  test("are read where another client wrote between our write and its answer", async () => {
    const { fake, ids, other, client, look } = await twoClients();
    const sent = await editable(other, ids[1]);
    await client.write("addTag", { name: "team", color: "#111111" });
    fake.faults.atWrite(1, "delayAck");
    const tagging = client.write("addMonitorTag", 1, ids[1], "core");
    await other.write("editMonitor", { ...sent, interval: 91 });
    await tagging;
    const { monitors, calls } = await look();
    expect(calls).toEqual([`getMonitor ${ids[1]}`]);
    expect(comparable(monitors)).toEqual(comparable(fake.monitorList()));
  });

  test("are read where the push of what we created was lost", async () => {
    const { fake, client, look } = await twoClients();
    fake.faults.atWrite(1, "losePush");
    const { monitorID: id } = await client.write("add", http("new"));
    const { monitors, calls } = await look();
    expect(calls).toEqual([`getMonitor ${id as number}`]);
    expect(monitors).toMatchObject({ [id as number]: { name: "new" } });
  });

  test("lack what another client deleted", async () => {
    const { ids, other, client, look } = await twoClients();
    await other.write("deleteMonitor", ids[1]);
    await client.read("getTags");
    const { monitors, calls } = await look();
    expect(Object.keys(monitors)).not.toContain(String(ids[1]));
    expect(calls).toEqual([`getMonitor ${ids[1]}`]);
  });

  test("are right after a push that was lost", async () => {
    const { fake, ids, client, look } = await twoClients();
    const edited = { ...(await editable(client, ids[2])), interval: 95 };
    fake.faults.atWrite(1, "losePush");
    await client.write("editMonitor", edited);
    expect((await look()).monitors).toMatchObject({ [ids[2]]: { interval: 95 } });
  });

  test.each(["a monitor in doubt", "a list in doubt"] as const)(
    "are right for each of those who ask at the same time, with %s",
    async (what) => {
      const { fake, ids, client } = await twoClients();
      const edited = { ...(await editable(client, ids[2])), interval: 95 };
      fake.faults.atWrite(1, "losePush");
      await client.write("editMonitor", edited);
      if (what === "a list in doubt") await client.write("editMonitor", { id: ids[0] }).catch(() => undefined);
      for (const monitors of await Promise.all([client.currentMonitors(), client.currentMonitors()]))
        expect(monitors).toMatchObject({ [ids[2]]: { interval: 95 } });
      const [, monitors] = await Promise.all([client.refreshMonitors(), client.currentMonitors()]);
      expect(monitors).toMatchObject({ [ids[2]]: { interval: 95 } });
    },
  );

  test("are read twice at most for any number of those who ask at the same time", async () => {
    const { fake, ids, client } = await twoClients();
    await client.write("editMonitor", { id: ids[0] }).catch(() => undefined);
    const since = fake.log.length;
    await Promise.all([1, 2, 3, 4, 5].map(() => client.refreshMonitors()));
    expect(reads(fake, since).length).toBeLessThanOrEqual(2);
  });

  test("are right after a list that was older than the newest push", async () => {
    const { fake, ids, client, look } = await twoClients();
    const before = await client.refreshMonitors();
    await client.write("editMonitor", { ...(await editable(client, ids[2])), interval: 95 });
    fake.push("monitorList", before);
    await client.read("getTags");
    expect((await look()).monitors).toMatchObject({ [ids[2]]: { interval: 95 } });
  });

  test.each([
    [
      "a refused add that left a part",
      (client: KumaClient) => client.write("add", { ...http("left"), notificationIDList: { "99": true } }),
    ],
    ["a refused edit", (client: KumaClient, id: number) => client.write("editMonitor", { id })],
  ])("are listed again after %s", async (_what, write) => {
    const { fake, ids, client, look } = await twoClients();
    await expect(write(client, ids[0])).rejects.toMatchObject({ code: "rejected" });
    const { monitors, calls } = await look();
    expect(calls).toEqual(["getMonitorList"]);
    expect(comparable(monitors)).toEqual(comparable(fake.monitorList()));
  });

  test("are listed again after another client linked a notification to all of them", async () => {
    const { other, client, look } = await twoClients();
    await other.write("addNotification", { ...webhook, applyExisting: true }, null);
    await client.read("getTags");
    const { monitors, calls } = await look();
    expect(calls).toEqual(["getMonitorList"]);
    expect(
      Object.values(monitors).every((row) => Object.keys((row as JsonObject)["notificationIDList"] ?? {}).length === 1),
    ).toBe(true);
  });

  test("are not listed again after a notification of our own", async () => {
    const { client, look } = await twoClients();
    await client.write("addNotification", webhook, null);
    expect((await look()).calls).toEqual([]);
  });

  test.each([
    [
      "a tag that was renamed",
      (client: KumaClient, tag: Json) => client.write("editTag", { id: tag, name: "renamed", color: "#000000" }),
    ],
    ["a tag that was deleted", (client: KumaClient, tag: Json) => client.write("deleteTag", tag)],
  ])("are read again where they have %s", async (_what, write) => {
    const { fake, ids, other, client, look } = await twoClients();
    const { tag } = await client.write("addTag", { name: "team", color: "#111111" });
    const tagId = (tag as JsonObject)["id"] as number;
    await client.write("addMonitorTag", tagId, ids[4], "");
    await look();
    await write(other, tagId);
    const { monitors, calls } = await look();
    expect(calls).toEqual([`getMonitor ${ids[4]}`]);
    expect(comparable(monitors)).toEqual(comparable(fake.monitorList()));
  });

  test("are read again below a group that was paused", async () => {
    const { ids, other, client, look } = await twoClients();
    const { monitorID } = await client.write("add", { ...http("group"), type: "group" });
    await client.write("editMonitor", { ...(await editable(client, ids[0])), parent: monitorID as number });
    await look();
    await other.write("pauseMonitor", monitorID as number);
    await client.read("getTags");
    const { monitors, calls } = await look();
    expect(calls.toSorted()).toEqual([`getMonitor ${ids[0]}`, `getMonitor ${monitorID as number}`]);
    expect(monitors).toMatchObject({ [ids[0]]: { active: false, forceInactive: true } });
  });

  test.each(["1.23.17", "2.0.2"] as const)(
    "are all listed on %s, which does not push changes of tags",
    async (version) => {
      const { look } = await twoClients({ version });
      expect((await look()).calls).toEqual(["getMonitorList"]);
    },
  );

  test("a law: whatever two clients do, they are what the server lists", async () => {
    const act = fc.record({ what: fc.nat(12), at: fc.nat(20), isOurs: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 10 }),
        async (rounds) => {
          const { fake, ids, other, client, look } = await twoClients();
          try {
            // A group with two members, two monitors with a tag, and one with a notification to begin with.
            await client.write("add", { ...http("group"), type: "group" });
            const group = Math.max(...fake.monitors.keys());
            await client.write("addNotification", webhook, null);
            const members = [http("member"), { ...http("inner"), type: "group" }];
            for (const member of members)
              await client.write("add", { ...member, parent: group, notificationIDList: { "1": true } });
            await client.write("addTag", { name: "team", color: "#222222" });
            for (const id of ids.slice(0, 2)) await client.write("addMonitorTag", 1, id, "");
            await look();
            for (const acts of rounds) {
              for (const { what, at, isOurs } of acts)
                await perform(fake, isOurs || what === refusedAdd ? client : other, { what, at });
              // The other client's pushes come before the answer to a call that is sent after them.
              await client.read("getTags");
              const { monitors } = await look();
              expect(comparable(monitors)).toEqual(comparable(fake.monitorList()));
            }
          } finally {
            await Promise.all([client.close(), other.close()]);
            await fake.close();
          }
        },
      ),
      { numRuns: 30, examples: [[[[{ what: 6, at: 5, isOurs: false }], [{ what: 5, at: 5, isOurs: false }]]]] },
    );
  });
});

/** The server tells nobody of what a refused add leaves, so that only our own is known of. */
const refusedAdd = 2;

async function perform(
  fake: FakeKuma,
  client: KumaClient,
  { what, at }: { readonly what: number; readonly at: number },
): Promise<void> {
  const pick = (ids: Iterable<number>): number => {
    const all = [...ids];
    return all[at % Math.max(1, all.length)] ?? 0;
  };
  const monitor = pick(fake.monitors.keys());
  const sent = await editable(client, monitor).catch(() => ({}));
  const group = [...fake.monitors].find(([id, { type }]) => type === "group" && id !== monitor)?.[0] ?? null;
  const writes: readonly (() => Promise<unknown>)[] = [
    () => client.write("add", http(`made ${at}`)),
    () => client.write("add", { ...http(`group ${at}`), type: "group", parent: group }),
    () => client.write("add", { ...http("orphan"), notificationIDList: { "99": true } }),
    () => client.write("editMonitor", { ...sent, interval: 60 + at }),
    () =>
      client.write("editMonitor", {
        ...sent,
        parent:
          pick(fake.monitors.keys()) === monitor
            ? null
            : ([...fake.monitors].find(([id, { type }]) => type === "group" && id !== monitor)?.[0] ?? null),
      }),
    () => client.write("deleteMonitor", monitor),
    () => client.write("pauseMonitor", monitor),
    () => client.write("resumeMonitor", monitor),
    () => client.write("addTag", { name: `tag ${at}`, color: "#111111" }),
    () => client.write("addMonitorTag", pick(fake.tags.keys()), monitor, "v"),
    () => client.write("deleteTag", pick(fake.tags.keys())),
    () => client.write("addNotification", { ...webhook, applyExisting: at % 2 === 0 }, null),
    () => client.write("deleteNotification", pick(fake.notifications.keys())),
  ];
  // What the server refuses is part of the law.
  await writes[what]?.().catch(() => undefined);
}
