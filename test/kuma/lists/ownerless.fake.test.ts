/** What was on a server before its upgrade to 3.x belongs to nobody (docs/upstream/uptime-kuma.md#upgrade-to-3x). */
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import type { KumaClient, WriteEvent } from "../../../src/model/kuma-client.ts";
import { configOf, namesOn, openWorkspace } from "../../commands/workspace.ts";
import { failure } from "../failure.ts";
import { clientOf, fakeKuma } from "../with-fake.ts";

const version = "3.0.0-beta.0";
const said = "it has belonged to no user since the upgrade to Uptime Kuma 3.x";

async function upgraded(): Promise<{
  readonly client: KumaClient;
  readonly id: number;
  readonly notification: number;
}> {
  const fake = await fakeKuma({ version });
  const id = fake.seedMonitor({ type: "http", name: "before" });
  const client = await clientOf(fake);
  const { id: notification } = await client.write("addNotification", { name: "n", type: "webhook" }, null);
  fake.disownAll();
  return { client, id, notification: Number(notification) };
}

describe("a write to it", () => {
  test.each<[WriteEvent, (id: number, notification: number) => readonly Json[]]>([
    ["editMonitor", (id) => [{ id, type: "http", name: "n", accepted_statuscodes: ["200-299"] }]],
    ["pauseMonitor", (id) => [id]],
    ["resumeMonitor", (id) => [id]],
    ["deleteMonitor", (id) => [id]],
    ["addNotification", (_, notification) => [{ name: "n", type: "webhook" }, notification]],
    ["deleteNotification", (_, notification) => [notification]],
  ])("%s is explained", async (event, argsOf) => {
    const { client, id, notification } = await upgraded();
    const error = await failure(client.write(event, ...argsOf(id, notification)));
    expect(error).toMatchObject({ code: "ownerless", message: `${event}: ${said}` });
    expect(error.hint).toContain("docs/uptime-kuma-3.md");
  });

  test("a delete is not sent, because it would end the checks", async () => {
    const fake = await fakeKuma({ version });
    const id = fake.seedMonitor({ type: "http", name: "before" });
    fake.disownAll();
    await failure((await clientOf(fake)).write("deleteMonitor", id));
    expect(fake.log.map(({ event }) => event)).not.toContain("deleteMonitor");
  });

  test("an object that is not there keeps the words for that", async () => {
    const { client } = await upgraded();
    expect((await failure(client.write("pauseMonitor", 987))).message).toContain("there is no such monitor");
    expect((await failure(client.write("deleteNotification", 987))).message).toContain("there is no such notification");
  });
});

test("a delete that the server acknowledges and does not carry out is noticed by the verification", async () => {
  const fake = await fakeKuma({ version });
  const id = fake.seedMonitor({ type: "http", name: "before" });
  const client = await clientOf(fake);
  await client.list("monitorList");
  fake.disownAll();
  // As another client deletes it: the server says that it is gone.
  fake.push("deleteMonitorFromList", id);
  await client.read("getTags");
  expect(Object.keys(await client.currentMonitors())).toEqual([String(id)]);
});

test("an apply says which steps failed and why, and does the rest", async () => {
  const { run, kuma, write } = await openWorkspace(configOf({ api: 60, old: 60 }), { version });
  expect((await run(["apply", "--auto-approve"])).code).toBe(0);
  kuma.disownAll();
  expect((await run(["plan"])).stdout).toContain("No changes");
  write(configOf({ api: 120, fresh: 60 }));
  const plan = await run(["plan"]);
  expect(plan.code).toBe(0);
  expect(plan.stderr).toContain("2 objects of this plan have belonged to no user since the upgrade");
  const ended = await run(["apply", "--auto-approve", "--allow-deletes", "1"]);
  expect(ended.code).toBe(4);
  expect(ended.stdout + ended.stderr).toContain(said);
  expect(namesOn(kuma)).toEqual(["API", "FRESH", "OLD"]);
});
