/**
 * Nothing is written while a reference leads nowhere, and nothing is taken from others unasked: what once went wrong on real
 * servers, on every server. Each case is a file; where one has an id, it is the id that the server gave.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../src/kuma/connect.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { runConfigOn, type RunOptions, type RunResult } from "./run-config.ts";

function caseOf(name: string): string {
  return readFileSync(new URL(`../fixtures/cases/${name}.yaml`, import.meta.url), "utf8");
}

describe.each(contractServers())("on $name", (server) => {
  let running: RunningServer;
  let client: KumaClient;
  beforeAll(async () => {
    running = await server.start();
    const { url, username, password } = running;
    client = await connect({ url, credentials: { type: "password", username, password } });
  }, 120_000);
  afterAll(async () => {
    await client.close();
    await running.close();
  });

  const run = (yaml: string, options: RunOptions = {}): Promise<RunResult> =>
    runConfigOn(client, yaml, { freshness: "anew", allowDeletes: 9, allowBulk: true, ...options });
  const applied = async (yaml: string, options: RunOptions = {}): Promise<RunResult> => {
    const result = await run(yaml, options);
    expect([result.plan.blockers, result.report]).toMatchObject([
      [],
      { ok: true, verification: { state: "converged" } },
    ]);
    return result;
  };
  /** What a plan is refused for; nothing was written then. */
  const refusals = async (yaml: string): Promise<readonly string[]> => {
    const { plan, report } = await run(yaml);
    return report === undefined ? plan.blockers.map(({ code }) => code) : ["applied"];
  };
  const monitorNamed = async (name: string): Promise<JsonObject> => {
    const found = Object.values(await client.refreshMonitors()).find((row) => (row as JsonObject)["name"] === name);
    if (found === undefined) throw new Error(`no monitor ${name}`);
    return found as JsonObject;
  };
  const addByHand = async (fields: JsonObject): Promise<number> => {
    const conditions = client.server.capabilities.hasConditions ? { conditions: [] } : {};
    const usual = {
      type: "http",
      url: "http://127.0.0.1:9/",
      interval: 60,
      retryInterval: 60,
      timeout: 48,
      maxretries: 0,
    };
    const accepted = { accepted_statuscodes: ["200-299"], notificationIDList: {} };
    const { monitorID } = await client.write("add", { ...usual, ...accepted, ...conditions, active: false, ...fields });
    return Number(monitorID);
  };
  const newestOf = async (list: "notificationList" | "proxyList" | "dockerHostList"): Promise<number> =>
    ((await client.list(list)) as readonly JsonObject[]).at(-1)?.["id"] as number;
  const linksOf = async (name: string): Promise<number> =>
    Object.values((await monitorNamed(name))["notificationIDList"] as JsonObject).filter((on) => on === true).length;

  test("a reference that leads nowhere costs no link", async () => {
    await applied(caseOf("ref-1-start"));
    expect(await refusals(caseOf("ref-2-missing-id-first"))).toEqual(["KS4005"]);
    expect(await linksOf("E1 m")).toBe(2);
    const list = (await client.list("notificationList")) as readonly JsonObject[];
    const id = list.find(({ name }) => name === "N1")?.["id"] as number;
    await client.write("deleteNotification", id);
    expect(await refusals(caseOf("ref-3-deleted-by-hand").replace("{ id: 1 }", `{ id: ${id} }`))).toEqual(["KS4005"]);
    expect(await linksOf("E1 m")).toBe(1);
  });

  test("a group that becomes something else keeps what is in it, unless a flag says so", async () => {
    await applied(caseOf("ref-1-start"));
    const child = await addByHand({
      name: "in E1",
      active: true,
      parent: (await monitorNamed("E1 group"))["id"] as number,
    });
    const yaml = caseOf("ref-4-group-becomes-http");
    expect(await refusals(yaml)).toEqual(["KS4008"]);
    const paused = caseOf("ref-1-start").replace("type: group }", "type: group, active: false }");
    expect(await refusals(paused)).toEqual(["KS4008"]);
    const { plan, report } = await run(yaml, { plan: { allowSharedChanges: true } });
    expect(report?.outcomes.map(({ result }) => result)).toEqual(["done", "done", "done"]);
    expect(plan.steps.flatMap(({ sideEffects = [] }) => sideEffects)).toMatchObject([{ type: "top-level", id: child }]);
    expect((await monitorNamed("in E1"))["parent"]).toBe(null);
  });

  test.each(["ref-6-page", "ref-7-entry-page", "ref-9-proxy"])("%s", async (name) => {
    expect(await refusals(caseOf(name))).toEqual(["KS4005"]);
  });

  test("a maintenance of what is not there", async () => {
    expect(await refusals(caseOf("ref-5-maintenance"))).toEqual(["KS4005", "KS4005"]);
  });

  test("a parent that is not a group", async () => {
    const id = await addByHand({ name: "hand A" });
    expect(await refusals(caseOf("ref-8-parent-no-group"))).toEqual(["KS4024"]);
    expect(await refusals(caseOf("ref-8-parent-no-group").replace('{ name: "hand A" }', `{ id: ${id} }`))).toEqual([
      "KS4024",
    ]);
  });

  test("a monitor whose edit fails half-way gets its notifications back", async () => {
    const start = caseOf("ref-1-start").replaceAll("E1", "Half").replace("project: e1", "project: half");
    await applied(start);
    const list = (await client.list("notificationList")) as readonly JsonObject[];
    const newest = (wanted: string): number =>
      Math.max(...list.filter(({ name }) => name === wanted).map(({ id }) => Number(id)));
    const [first, second] = [newest("N1"), newest("N2")];
    const yaml = start.replace('"http://127.0.0.1:9/", n', '"http://127.0.0.1:9/x", n');
    const { report } = await run(yaml, {
      beforeApply: async () => void (await client.write("deleteNotification", first)),
    });
    expect(report?.outcomes).toMatchObject([
      {
        key: "monitor/m",
        result: "failed",
        error: { hint: expect.stringContaining('does not have them now: "deleted on the server"') as string },
      },
    ]);
    // The server links by id and stops at the one that is gone; ids do not follow the order of the file on every database.
    const back = second > first ? 'has them again: "N2"' : "does not have them now";
    expect(report?.outcomes).toMatchObject([{ error: { hint: expect.stringContaining(back) as string } }]);
    expect(await linksOf("Half m")).toBe(1);
  });

  test("a monitor whose add fails half-way is named, and finished by the next apply", async () => {
    const start = caseOf("ref-1-start").replaceAll("E1", "Part").replace("project: e1", "project: part");
    await applied(start);
    const list = (await client.list("notificationList")) as readonly JsonObject[];
    const [first] = list
      .filter(({ name }) => name === "N1")
      .map(({ id }) => Number(id))
      .toSorted((a, b) => b - a);
    const more = start.replace(
      "monitors:",
      'monitors:\n  fresh: { name: "Part fresh", type: http, url: "http://127.0.0.1:9/", notifications: [n1] }',
    );
    const { report } = await run(more, {
      beforeApply: async () => void (await client.write("deleteNotification", first ?? 0)),
    });
    expect(report?.outcomes).toMatchObject([
      {
        key: "monitor/fresh",
        result: "failed",
        error: { hint: expect.stringContaining("notifies nobody; the next apply finishes it") as string },
      },
    ]);
  });

  test("what is still named is not deleted", async () => {
    await applied(caseOf("shared-1-start"));
    expect(await refusals(caseOf("shared-2-taken-out-while-named"))).toEqual(["KS4026", "KS4026", "KS4008"]);
    expect(await linksOf("DelM")).toBe(1);
  });

  test("an object that others use is not deleted without a flag", async () => {
    const start = caseOf("shared-3-used-by-others");
    await applied(start);
    const [notification, proxy, dockerHost] = [
      await newestOf("notificationList"),
      await newestOf("proxyList"),
      await newestOf("dockerHostList"),
    ];
    await addByHand({ name: "user", notificationIDList: { [notification]: true }, proxyId: proxy });
    const docker = { type: "docker", docker_host: dockerHost, docker_container: "x" };
    await addByHand({ name: "docker user", ...docker });
    const less = start
      .split("\n")
      .filter((line) => !/^(?:notifications|proxies|dockerHosts)/u.test(line))
      .join("\n");
    expect(await refusals(less)).toEqual(["KS4025", "KS4025", "KS4025"]);
    expect(await linksOf("user")).toBe(1);
    await applied(less, { plan: { allowSharedChanges: true } });
    expect(await linksOf("user")).toBe(0);
  });

  test("slugs are swapped, and a domain is not taken from another page", async () => {
    await applied(caseOf("slug-1-start"));
    const { plan } = await applied(caseOf("slug-2-swapped"));
    expect(plan.steps.map(({ key }) => key)).toEqual(["status-page/a", "status-page/b"]);
    expect((await run(caseOf("slug-2-swapped"))).plan.steps).toEqual([]);
    await applied(caseOf("domain-1"));
    expect(await refusals(caseOf("domain-2-other-project"))).toEqual(["KS4027"]);
    expect(
      await refusals(
        caseOf("domain-2-other-project")
          .replace("domb", "sw-a")
          .replace(/, domainNames: .*\]/u, ""),
      ),
    ).toEqual(["KS4010"]);
    const other = caseOf("domain-1").replace("slug: doma", "slug: sw-a");
    expect(await refusals(other)).toEqual(["KS4027"]);
  }, 60_000);

  test("a push token of another monitor", async () => {
    const token = "abcdefghijabcdefghij";
    await addByHand({ name: "pushed", type: "push", pushToken: token });
    const yaml = `version: 1\nproject: tok\nmonitors: { a: { type: push, pushToken: ${token} } }\n`;
    expect(await refusals(yaml)).toEqual(["KS4028"]);
  });
});
