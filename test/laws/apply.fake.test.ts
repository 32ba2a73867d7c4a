/**
 * The law of a reconciler, on every release: after an apply there is nothing to plan, and applying does nothing. With the
 * days on which something goes wrong: after the next run the server holds what the file says, nothing twice, nothing lost.
 */
import { afterEach, describe, expect, test } from "vitest";
import { fakeAdmin, fakeVersions, startFakeKuma, type FakeKuma, type FakeKumaOptions } from "../fakes/kuma-server.ts";
import { planConfig, runConfig } from "./run-config.ts";

const yaml = `
version: 1
project: shop
notifications:
  oncall: { name: On call, type: webhook, webhookURL: "http://127.0.0.1:1/hook" }
tags:
  team: { color: "#2563EB" }
monitors:
  edge: { name: Edge, type: group }
  gateway:
    name: Gateway
    type: http
    url: http://127.0.0.1:1/health
    parent: edge
    notifications: [oncall]
    tags: [{ team: core }]
    headers: { Authorization: Bearer abc }
  models:
    type: json-query
    url: http://127.0.0.1:1/models
    jsonPath: $count(data) > 0
    expectedValue: "true"
    parent: edge
    interval: 5m
  page: { type: keyword, url: "http://127.0.0.1:1/", keyword: Welcome }
  host: { type: ping, hostname: 127.0.0.1 }
  ssh: { type: port, hostname: 127.0.0.1, port: 22 }
  names: { type: dns, hostname: example.com, dnsResolveServer: 127.0.0.1 }
  cron: { type: push }
`;

const open: FakeKuma[] = [];

async function start(
  options: FakeKumaOptions = {},
): Promise<{ fake: FakeKuma; target: { url: string; username: string; password: string } }> {
  const fake = await startFakeKuma(options);
  open.push(fake);
  return { fake, target: { url: fake.url, ...fakeAdmin } };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

function namesOn(fake: FakeKuma): string[] {
  return [...fake.monitors.values()].map(({ name }) => name as string).toSorted();
}

const allNames = ["Edge", "Gateway", "cron", "host", "models", "names", "page", "ssh"];

describe.each(fakeVersions)("on %s", (version) => {
  test("apply, then plan is empty, and nothing is written", async () => {
    const { fake, target } = await start({ version });
    const first = await runConfig(target, yaml);
    expect(first.plan.blockers).toEqual([]);
    expect(first.report).toMatchObject({ ok: true, verification: { state: "converged" } });
    expect(namesOn(fake)).toEqual(allNames);
    const before = fake.log.length;
    const second = await runConfig(target, yaml);
    expect(second.plan.steps).toEqual([]);
    expect(second.plan.summary.unchanged).toBe(10);
    const events = new Set(fake.log.slice(before).map(({ event }) => event));
    expect([...events].filter((event) => /^(add|edit|delete|pause|resume)/.test(event))).toEqual([]);
  });

  test("a UI edit of a managed monitor is seen and set right", async () => {
    const { fake, target } = await start({ version });
    await runConfig(target, yaml);
    const [id, row] = [...fake.monitors].find(([, { name }]) => name === "Gateway") as [
      number,
      Record<string, unknown>,
    ];
    row["interval"] = 333;
    row["description"] = "edited by hand";
    const { plan, report } = await runConfig(target, yaml);
    expect(plan.steps).toMatchObject([
      {
        action: "update",
        key: "monitor/gateway",
        id,
        changes: [{ path: "/description" }, { path: "/interval", before: 333, after: 60 }],
      },
    ]);
    expect(report?.ok).toBe(true);
    expect(fake.monitors.get(id)).toMatchObject({ interval: 60 });
  });

  test("a monitor that is switched off stays off through an edit", async () => {
    const { fake, target } = await start({ version });
    const off = yaml.replace("type: ping,", "type: ping, active: false,");
    await runConfig(target, off);
    const { report, plan } = await runConfig(target, off.replace("hostname: 127.0.0.1 }", "hostname: 127.0.0.2 }"));
    expect(plan.steps).toHaveLength(1);
    expect(report).toMatchObject({ ok: true, verification: { state: "converged" } });
    expect([...fake.monitors.values()].find(({ name }) => name === "host")).toMatchObject({ active: 0 });
  });

  test("objects that are no longer declared are deleted with consent, and the rest stays", async () => {
    const { fake, target } = await start({ version });
    await runConfig(target, yaml);
    const smaller = yaml.replace(/ {2}cron:.*\n/, "").replace(/ {2}ssh:.*\n/, "");
    const refused = await runConfig(target, smaller, { allowDeletes: 1 });
    expect(refused.plan.blockers).toMatchObject([{ code: "KS4001" }]);
    expect(namesOn(fake)).toEqual(allNames);
    const { report } = await runConfig(target, smaller, { allowDeletes: 2 });
    expect(report?.ok).toBe(true);
    expect(namesOn(fake)).toEqual(allNames.filter((name) => name !== "cron" && name !== "ssh"));
  });

  test("other projects' objects and unmanaged ones are not touched", async () => {
    const { fake, target } = await start({ version });
    const other = yaml.replace("project: shop", "project: other").replaceAll("Edge", "Other edge");
    await runConfig(target, other);
    const id = fake.seedMonitor({ name: "By hand", type: "http", url: "http://127.0.0.1:1/x" });
    const before = structuredClone([...fake.monitors]);
    const { report, plan } = await runConfig(target, yaml);
    expect(report?.ok).toBe(true);
    expect(plan.summary).toMatchObject({ foreign: 9, unmanaged: 1 });
    expect([...fake.monitors].slice(0, before.length)).toEqual(before);
    expect(fake.monitors.has(id)).toBe(true);
    expect((await planConfig(target, other)).steps).toEqual([]);
  });
});

describe("bad days", () => {
  const writes = ["add", "addTag", "addMonitorTag", "addNotification"] as const;
  const faults = writes.flatMap((event) =>
    [1, 2, 5].flatMap((nth) =>
      (["dropAck", "disconnectBefore", "disconnectAfter"] as const).map((fault) => ({ event, nth, fault })),
    ),
  );

  test.each(faults)(
    "$fault at $event number $nth: after the next run everything is there, nothing twice",
    async ({ event, nth, fault }) => {
      const { fake, target } = await start({ version: "2.5.3" });
      fake.faults[fault](event, nth);
      // Long enough for every answer of a busy machine: one that comes late counts as lost too.
      const first = await runConfig(target, yaml, { callTimeout: 750 }).then(
        ({ report }) => report?.ok === true,
        () => false,
      );
      // A lost ack is settled in the same run; a lost connection ends it.
      expect(first || fault !== "dropAck" || event === "addTag").toBe(true);
      const { report } = await runConfig(target, yaml);
      expect(report).toMatchObject({ ok: true, verification: { state: "converged" } });
      expect(namesOn(fake)).toEqual(allNames);
      expect([...fake.tags.values()].map(({ name }) => name).toSorted()).toEqual(["kuma-sync", "team"]);
      expect(fake.notifications.size).toBe(1);
      expect((await planConfig(target, yaml)).steps).toEqual([]);
    },
  );

  test("restarted in mid-apply: the steps not done are named, and the next run does them", async () => {
    const { fake, target } = await start({ version: "2.5.3" });
    let seen = 0;
    let restarted: Promise<void> | undefined;
    const { report } = await runConfig(target, yaml, {
      emit: (event) => {
        seen += event.type === "finished" ? 1 : 0;
        if (seen === 4) restarted = fake.restart();
      },
    });
    await restarted;
    expect(report?.ok).toBe(false);
    expect(report?.verification).toEqual({ state: "unknown", reason: "the connection was lost" });
    const results = new Set(report?.outcomes.map(({ result }) => result));
    expect(report?.outcomes).toHaveLength(10);
    expect(results.has("done")).toBe(true);
    const next = await runConfig(target, yaml);
    expect(next.report?.ok).toBe(true);
    expect(namesOn(fake)).toEqual(allNames);
  });

  test("a monitor deleted by hand between plan and apply: a clear error, and the rest continues", async () => {
    const { fake, target } = await start({ version: "2.5.3" });
    await runConfig(target, yaml);
    const [id] = [...fake.monitors].find(([, { name }]) => name === "Gateway") as [number, unknown];
    const changed = yaml.replaceAll("http://127.0.0.1:1/", "http://127.0.0.1:2/");
    const { report } = await runConfig(target, changed, {
      beforeApply: async (client) => {
        await client.write("deleteMonitor", id);
      },
    });
    expect(report?.ok).toBe(false);
    const failed = report?.outcomes.filter(({ result }) => result === "failed");
    expect(failed).toMatchObject([
      { key: "monitor/gateway", error: { message: "monitor/gateway is no longer on the server" } },
    ]);
    expect(report?.outcomes.filter(({ result }) => result === "done")).toHaveLength(2 + 1);
    expect((await runConfig(target, changed)).report?.ok).toBe(true);
  });

  test("an interrupt finishes the writes in flight and starts no other", async () => {
    const { fake, target } = await start({ version: "1.23.17" });
    const stop = new AbortController();
    const { report } = await runConfig(target, yaml, {
      signal: stop.signal,
      emit: (event) => {
        if (event.type === "started" && event.index === 4) stop.abort();
      },
    });
    expect(report).toMatchObject({ ok: false, interrupted: true });
    expect(report?.outcomes.filter(({ result }) => result === "done")).toHaveLength(4);
    expect(
      report?.outcomes.filter((outcome) => outcome.result === "skipped" && outcome.because === "interrupted"),
    ).toHaveLength(6);
    expect((await runConfig(target, yaml)).report?.ok).toBe(true);
    expect(namesOn(fake)).toEqual(allNames);
  });

  test("two monitors of the same name on the server: nothing is written", async () => {
    const { fake, target } = await start();
    fake.seedMonitor({ name: "page", type: "http", url: "http://127.0.0.1:1/a" });
    fake.seedMonitor({ name: "page", type: "http", url: "http://127.0.0.1:1/b" });
    const { plan, report } = await runConfig(target, yaml, { adopt: true });
    expect(plan.blockers).toMatchObject([{ code: "KS4003", keys: ["monitor/page"] }]);
    expect(report).toBeUndefined();
    expect(fake.monitors.size).toBe(2);
  });

  test("a step that fails takes its dependents with it, and nothing else", async () => {
    const { fake, target } = await start({ version: "2.5.3" });
    // More than the server takes in one message: the group fails, and its two children with it.
    const tooLarge = yaml.replace("type: group", `type: group, description: ${"x".repeat(1_100_000)}`);
    const { report } = await runConfig(target, tooLarge);
    expect(report?.ok).toBe(false);
    const results = Object.fromEntries((report?.outcomes ?? []).map(({ key, result }) => [key, result]));
    expect(results).toMatchObject({
      "monitor/edge": "failed",
      "monitor/gateway": "skipped",
      "monitor/models": "skipped",
    });
    expect(Object.values(results).filter((result) => result === "done")).toHaveLength(7);
    expect(report?.outcomes.find(({ key }) => key === "monitor/gateway")).toMatchObject({ because: "monitor/edge" });
    expect(namesOn(fake)).toEqual(allNames.filter((name) => !["Edge", "Gateway", "models"].includes(name)));
  });
});
