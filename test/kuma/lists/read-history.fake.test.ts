import { expect, test } from "vitest";
import { readHistory } from "../../../src/kuma/lists/read-history.ts";
import { fakeKuma, readerOf } from "../with-fake.ts";

/** 2026-03-02 and the minutes after it. */
const noon = Date.parse("2026-03-02T12:00:00Z");

test.each(["2.0.2", "2.5.3"] as const)("%s tells since when a monitor was checked, and how often", async (version) => {
  const fake = await fakeKuma({ version, now: () => noon });
  const [beaten, silent] = [fake.seedMonitor({ name: "a" }), fake.seedMonitor({ name: "b" })];
  for (const status of [1, 0, 1] as const) fake.beat(beaten, { status, msg: "" });
  const histories = await readHistory(await readerOf(fake), [beaten, silent]);
  expect([...histories]).toEqual([
    [beaten, { since: "2026-03-02", heartbeats: 3 }],
    [silent, { heartbeats: 0 }],
  ]);
});

test("1.23 is not asked for a quarter of a million rows", async () => {
  const fake = await fakeKuma({ version: "1.23.17" });
  const id = fake.seedMonitor({ name: "a" });
  fake.beat(id, { status: 1, msg: "" });
  expect((await readHistory(await readerOf(fake), [id])).size).toBe(0);
  expect(fake.log.map(({ event }) => event)).not.toContain("getMonitorBeats");
});

test("no more than twenty are asked about", async () => {
  const fake = await fakeKuma();
  const ids = Array.from({ length: 30 }, (_, index) => fake.seedMonitor({ name: `m${index}` }));
  expect((await readHistory(await readerOf(fake), ids)).size).toBe(20);
});
