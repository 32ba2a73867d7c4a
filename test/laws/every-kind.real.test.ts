/** The laws on real servers: the npm package's, started here, and the one of `KUMA_SYNC_TEST_URL`. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { observe } from "../../src/kuma/observe.ts";
import type { ObservedEntity } from "../../src/model/entity.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { startRealServer } from "../contract/real-server.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { fakeAdmin } from "../fakes/kuma-server.ts";
import { planConfig, runConfig, withClient, type Target } from "./run-config.ts";

const project = `law-${process.pid}`;

/** One of every kind and of every way to refer to another. */
const yaml = `
version: 1
project: ${project}
notifications:
  oncall: { name: ${project} on call, type: webhook, webhookURL: "http://127.0.0.1:1/hook" }
tags:
  team: { name: ${project} team, color: "#2563EB" }
monitors:
  edge: { name: Edge ${project}, type: group }
  inner: { name: Inner ${project}, type: group, parent: edge }
  gateway:
    name: Gateway ${project}
    type: http
    url: http://127.0.0.1:1/health
    parent: inner
    notifications: [oncall]
    tags: [{ team: core }]
    headers: { Authorization: Bearer abc }
  models:
    name: Models ${project}
    type: json-query
    url: http://127.0.0.1:1/models
    method: POST
    body: { model: x, messages: [{ role: user, content: hi }] }
    jsonPath: $count(data) > 0
    expectedValue: "true"
    parent: edge
    interval: 5m
  page: { name: Page ${project}, type: keyword, url: "http://127.0.0.1:1/", keyword: Welcome, tags: [team] }
  off: { name: Off ${project}, type: http, url: "http://127.0.0.1:1/", active: false }
  host: { name: Host ${project}, type: ping, hostname: 127.0.0.1 }
  ssh: { name: Ssh ${project}, type: port, hostname: 127.0.0.1, port: 22 }
  names: { name: Names ${project}, type: dns, hostname: example.com, dnsResolveServer: 127.0.0.1 }
  cron: { name: Cron ${project}, type: push }
`;
const declared = 12;

/** Everything of ours on a server, however it got there. */
async function ours(client: KumaClient): Promise<readonly ObservedEntity[]> {
  const { entities } = await observe(client, kinds, { freshness: "anew", project, needed: new Set() });
  return entities.filter(({ name, owner }) => owner?.project === project || name.includes(project));
}

async function namesOn(target: Target): Promise<readonly string[]> {
  return withClient(target, async (client) =>
    (await ours(client)).map(({ kind, name }) => `${kind} ${name}`).toSorted(),
  );
}

describe.each(contractServers())("on $name", (server) => {
  let target: RunningServer;
  beforeAll(async () => {
    target = await server.start();
  });
  afterAll(async () => {
    await withClient(target, async (client) => {
      const left = await ours(client);
      for (const { kind, id } of left) {
        if (kind === "monitor") await client.write("deleteMonitor", id);
        if (kind === "notification") await client.write("deleteNotification", id);
        if (kind === "tag") await client.write("deleteTag", id);
      }
    });
    await target.close();
  });

  // One story in one test: each part stands on the one before, and logins are few (20 a minute).
  test("from nothing, unchanged, changed by file and by hand, and smaller again", async () => {
    const first = await runConfig(target, yaml);
    expect(first.plan.blockers).toEqual([]);
    expect(first.report).toMatchObject({ ok: true, verification: { state: "converged" } });
    expect(first.report?.outcomes).toHaveLength(declared);

    const second = await runConfig(target, yaml);
    expect(second.plan.steps).toEqual([]);

    const changed = yaml
      .replace("interval: 5m", "interval: 10m")
      .replace("parent: inner", "parent: edge")
      .replace("tags: [{ team: core }]", "tags: [{ team: other }]")
      .replace(`127.0.0.1:1/", active: false`, `127.0.0.1:2/", active: false`);
    const third = await runConfig(target, changed);
    expect(third.plan.steps.map(({ action, key }) => `${action} ${key}`)).toEqual([
      "update monitor/gateway",
      "update monitor/models",
      "update monitor/off",
    ]);
    expect(third.report).toMatchObject({ ok: true, verification: { state: "converged" } });

    await withClient(target, async (client) => {
      const gateway = (await ours(client)).find(({ name }) => name.startsWith("Gateway"));
      const { tags: _1, path: _2, pathName: _3, childrenIDs: _4, ...row } = gateway?.row ?? {};
      await client.write("editMonitor", { ...row, interval: 333, url: "http://127.0.0.1:1/by-hand" });
    });
    const fourth = await runConfig(target, changed);
    expect(fourth.plan.steps).toMatchObject([
      { action: "update", key: "monitor/gateway", changes: [{ path: "/interval", before: 333 }, { path: "/url" }] },
    ]);
    expect(fourth.report).toMatchObject({ ok: true, verification: { state: "converged" } });

    const smaller = changed
      .replace(/ {2}inner:.*\n/, "")
      .replace(/ {2}cron:.*\n/, "")
      .replace(/ {2}ssh:.*\n/, "");
    expect((await runConfig(target, smaller)).report).toBeUndefined();
    const fifth = await runConfig(target, smaller, { allowDeletes: 3, allowBulk: true });
    expect(fifth.report).toMatchObject({ ok: true, verification: { state: "converged" } });
    expect(await namesOn(target)).toHaveLength(declared - 3);
  }, 120_000);
});

describe("killed in mid-apply", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startRealServer();
  });
  afterAll(() => sandbox.stop());

  test("after a restart the next run finishes it: nothing lost, nothing twice", async () => {
    const target = { url: sandbox.url, ...fakeAdmin };
    for (const killAt of [3, 7]) {
      let seen = 0;
      const { report } = await runConfig(target, yaml, {
        emit: (event) => {
          seen += event.type === "started" ? 1 : 0;
          if (event.type === "started" && seen === killAt) sandbox.kill();
        },
      });
      expect(report).toMatchObject({ ok: false, verification: { state: "unknown" } });
      await sandbox.restart();
    }
    const { report } = await runConfig(target, yaml);
    expect(report).toMatchObject({ ok: true, verification: { state: "converged" } });
    const names = await namesOn(target);
    expect(names).toHaveLength(declared);
    expect(new Set(names).size).toBe(declared);
    expect((await planConfig(target, yaml)).steps).toEqual([]);
  }, 120_000);
});
