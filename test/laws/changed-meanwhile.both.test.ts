/** The law of verification: what another client changes while an apply runs is reported, on every release. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { runConfigOn, withClient } from "./run-config.ts";

const prefix = `meanwhile-${process.pid}`;

/** `interval` is that of the monitor that the apply changes. */
function yamlWith(interval: string): string {
  const monitor = (name: string, more = ""): string =>
    `  ${name}: { name: "${prefix} ${name}", type: http, url: "http://127.0.0.1:1/", active: false${more} }\n`;
  return `
version: 1
project: ${prefix}
notifications:
  hook: { name: ${prefix} hook, type: webhook, webhookURL: "http://127.0.0.1:1/hook" }
tags:
  team: { name: ${prefix} team, color: "#2563EB" }
monitors:
  group: { name: "${prefix} group", type: group }
  inside: { name: "${prefix} inside", type: push, parent: group }
${monitor("written", `, interval: ${interval}`)}${monitor("other")}${monitor("tagged", ", tags: [team]")}${monitor("notifying", ", notifications: [hook]")}`;
}

type Change = (client: KumaClient, idOf: (name: string) => number) => Promise<unknown>;

async function edit(client: KumaClient, id: number, change: JsonObject): Promise<void> {
  const row = (await client.refreshMonitors())[String(id)] as JsonObject;
  const { tags: _1, path: _2, pathName: _3, childrenIDs: _4, ...rest } = row;
  await client.write("editMonitor", { ...rest, ...change });
}

const changes: readonly (readonly [what: string, keys: readonly string[], change: Change])[] = [
  ["another monitor edited", ["monitor/other"], (client, idOf) => edit(client, idOf("other"), { interval: 777 })],
  ["the same monitor edited", ["monitor/written"], (client, idOf) => edit(client, idOf("written"), { timeout: 7 })],
  ["a monitor deleted", ["monitor/other"], (client, idOf) => client.write("deleteMonitor", idOf("other"))],
  ["a group paused", ["monitor/group"], (client, idOf) => client.write("pauseMonitor", idOf("group"))],
  [
    "a tag deleted",
    ["tag/team", "monitor/tagged"],
    async (client) => {
      const { tags } = await client.read("getTags");
      const tag = (tags as readonly JsonObject[]).find(({ name }) => name === `${prefix} team`);
      await client.write("deleteTag", tag?.["id"] as number);
    },
  ],
  [
    "a notification deleted",
    ["notification/hook", "monitor/notifying"],
    async (client) => {
      const list = (await client.list("notificationList")) as readonly JsonObject[];
      await client.write("deleteNotification", list.find(({ name }) => name === `${prefix} hook`)?.["id"] as number);
    },
  ],
  // The last: no apply goes on from it without consent.
  ["a monitor added that has our marker", ["monitor/other"], addTwin],
];

/** Another client's monitor with the marker of ours, as a second run makes it: `add` and then its tag. */
async function addTwin(client: KumaClient): Promise<void> {
  const rows = Object.values(await client.refreshMonitors()) as JsonObject[];
  const other = rows.find(({ name }) => name === `${prefix} other`);
  const links = (other?.["tags"] ?? []) as readonly JsonObject[];
  const marker = links.find(({ name }) => name === "kuma-sync");
  const { monitorID } = await client.write("add", {
    type: "http",
    name: `${prefix} other`,
    url: "http://127.0.0.1:1/",
    interval: 60,
    retryInterval: 60,
    maxretries: 0,
    timeout: 48,
    active: false,
    accepted_statuscodes: ["200-299"],
    ...(other !== undefined && "conditions" in other ? { conditions: [] } : {}),
    notificationIDList: {},
  });
  await client.write("addMonitorTag", marker?.["tag_id"] as number, monitorID as number, marker?.["value"] as string);
}

/** The client, which lets `change` happen right after the first edit of the run. */
function withChange(client: KumaClient, change: () => Promise<unknown>): KumaClient {
  let isChanged = false;
  return {
    ...client,
    write: async (event, ...args) => {
      const answer = await client.write(event, ...args);
      if (event === "editMonitor" && !isChanged) {
        isChanged = true;
        await change();
      }
      return answer;
    },
  };
}

describe.each(contractServers())("on $name", (server) => {
  let target: RunningServer;
  beforeAll(async () => {
    target = await server.start();
  });
  afterAll(() => target.close());

  // One story: logins are few (20 a minute).
  test("what another client changes between the plan and the last read is reported", async () => {
    await withClient(target, (client) =>
      withClient(target, async (other) => {
        const options = { freshness: "anew", allowBulk: true, allowDeletes: 9 } as const;
        for (const [what, keys, change] of changes) {
          const first = await runConfigOn(client, yamlWith("60s"), options);
          expect([what, first.report?.verification]).toEqual([what, { state: "converged" }]);
          const rows = Object.values(await client.refreshMonitors()) as JsonObject[];
          const ids = new Map(rows.map(({ id, name }) => [name as string, id as number]));
          const idOf = (name: string): number => ids.get(`${prefix} ${name}`) ?? 0;
          const meddled = withChange(client, () => change(other, idOf));
          const { report } = await runConfigOn(meddled, yamlWith("90s"), { ...options, freshness: "current" });
          const { steps = [], blockers = [] } = report?.verification.state === "remaining" ? report.verification : {};
          const left = [...steps.map(({ key }) => key), ...blockers.flatMap((blocker) => blocker.keys)];
          expect([what, ...left]).toEqual([what, ...keys]);
        }
        await runConfigOn(client, `version: 1\nproject: ${prefix}\nmonitors: {}\n`, options);
      }),
    );
  }, 120_000);
});
