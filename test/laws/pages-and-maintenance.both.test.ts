/**
 * Status pages, maintenances and settings on every server, through plan, apply and ledger: written, read back, changed, set
 * by hand, deleted. Their fields hang together, so what each becomes is written out here; that none is passed over is a test.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { connect } from "../../src/kuma/connect.ts";
import { observe } from "../../src/kuma/observe.ts";
import { kindNames, type KindName, type ObservedEntity } from "../../src/model/entity.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import {
  analytics,
  maintenanceChanges,
  pageChanges,
  prefix,
  settingsChanges,
  strategies,
  type Change,
} from "./page-changes.ts";
import { runConfigOn, type RunResult } from "./run-config.ts";
import { isAtLeast } from "../../src/model/release.ts";

const everything = { freshness: "anew" as const, project: prefix, needed: new Set(kindNames) };

/** Two pictures of one pixel. */
const pictures = {
  "red.png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
  "grey.png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
};

interface Configuration extends JsonObject {
  readonly monitors: JsonObject;
  readonly statusPages: Readonly<Record<string, JsonObject>>;
  readonly maintenance: Readonly<Record<string, JsonObject>>;
  readonly settings: JsonObject;
}

const base: Configuration = {
  version: 1,
  project: prefix,
  monitors: {
    api: { name: `${prefix} api`, type: "http", url: "http://127.0.0.1:1/api", active: false },
    shop: { name: `${prefix} shop`, type: "http", url: "http://127.0.0.1:1/shop", active: false },
    host: { name: `${prefix} host`, type: "ping", hostname: "127.0.0.1", active: false },
  },
  statusPages: {
    main: {
      slug: `${prefix}-main`,
      title: "Main",
      groups: [
        { name: "Second", monitors: ["shop", "api"] },
        { name: "First", monitors: [{ monitor: "host" }, { monitor: "api", sendUrl: true }] },
      ],
    },
    other: { slug: `${prefix}-other`, title: "Other" },
  },
  maintenance: {
    upgrade: {
      title: `${prefix} upgrade`,
      strategy: "single",
      start: "2030-01-31 22:00",
      end: "2030-02-01 02:00",
      monitors: ["api", "host"],
      statusPages: ["main"],
    },
    backups: {
      title: `${prefix} backups`,
      strategy: "recurring-weekday",
      weekdays: ["sun", "sat"],
      timeRange: "22:00-02:00",
      timezone: "Europe/Berlin",
    },
    now: { title: `${prefix} now`, strategy: "manual", active: false, monitors: ["shop"] },
  },
  settings: { keepDataPeriodDays: 91, primaryBaseURL: "http://127.0.0.1:3001" },
};

type Section = "statusPages" | "maintenance";

function withEntity(section: Section, key: string, fields: JsonObject): Configuration {
  return { ...base, [section]: { ...base[section], [key]: { ...base[section][key], ...fields } } };
}

/** What was different, as `status-page/main /theme`; a whole new object as its key. */
function linesOf({ steps }: RunResult["plan"]): readonly string[] {
  return steps.flatMap((step) =>
    step.action === "update" ? step.changes.map(({ path }) => `${step.key} ${path}`) : [step.key],
  );
}

function withoutSince({ since: _since, ...change }: Change): JsonObject {
  return change;
}

function fieldOf(change: JsonObject): string {
  return Object.keys(change)[0] ?? "";
}

describe.each(contractServers())("on $name", (server) => {
  let target: RunningServer;
  let client: KumaClient;
  let folder: string;
  let before: JsonObject;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pages-"));
    for (const [name, base64] of Object.entries(pictures)) writeFileSync(join(folder, name), base64, "base64");
    target = await server.start();
    const { url, username, password } = target;
    client = await connect({ url, credentials: { type: "password", username, password } });
    before = (await client.read("getSettings"))["data"] as JsonObject;
  }, 120_000);

  afterAll(async () => {
    for (const { kind, id, name } of await ours()) {
      if (kind === "monitor") await client.write("deleteMonitor", id);
      if (kind === "status-page") await client.write("deleteStatusPage", name);
      if (kind === "maintenance") await client.write("deleteMaintenance", id);
    }
    // Settings cannot be taken away again; a server of one's own gets its values back.
    await client.write("setSettings", { ...unset, ...before }, "");
    await client.close();
    await target.close();
    rmSync(folder, { recursive: true });
  }, 60_000);

  async function ours(): Promise<readonly ObservedEntity[]> {
    const { entities } = await observe(client, kinds, everything);
    return entities.filter(({ name }) => name.startsWith(prefix));
  }

  /** Planned, applied, and found as written. */
  async function run(config: JsonObject): Promise<RunResult["plan"]> {
    const { plan, report } = await attempt(config, 0);
    expect(plan.blockers).toEqual([]);
    expect(report?.outcomes.filter(({ result }) => result !== "done")).toEqual([]);
    expect(report?.verification).toEqual({ state: "converged" });
    return plan;
  }

  async function attempt(config: JsonObject, allowDeletes: number): Promise<RunResult> {
    return runConfigOn(client, JSON.stringify(config), {
      cwd: folder,
      freshness: "anew",
      allowBulk: true,
      allowDeletes,
    });
  }

  async function settle(config: JsonObject): Promise<readonly string[]> {
    return linesOf(await run(config));
  }

  /** All but the ledger, which each run writes. */
  async function settingsNow(): Promise<JsonObject> {
    const all = Object.entries((await client.read("getSettings"))["data"] as JsonObject);
    return Object.fromEntries(all.filter(([key]) => !key.startsWith("kumaSync/")));
  }

  async function specOf(kind: KindName, name: string): Promise<JsonObject> {
    const { entities } = await observe(client, kinds, everything);
    return entities.find((entity) => entity.kind === kind && entity.name === name)?.spec ?? {};
  }

  function known(changes: readonly Change[]): readonly JsonObject[] {
    return changes.filter(has).map(withoutSince);
  }

  function tooNew(changes: readonly Change[]): readonly JsonObject[] {
    return changes.filter((change) => !has(change)).map(withoutSince);
  }

  function has({ since }: Change): boolean {
    return isAtLeast(client.server.capabilities.release, since);
  }

  // One story: each part stands on the one before, and logins are few (20 a minute).
  test("written, changed, set by hand, deleted", async () => {
    const created = await settle(base);
    expect(created.filter((line) => !line.startsWith("settings/"))).toEqual([
      "monitor/api",
      "monitor/shop",
      "monitor/host",
      "status-page/main",
      "status-page/other",
      "maintenance/upgrade",
      "maintenance/backups",
      "maintenance/now",
    ]);

    // Every field of a page, alone.
    for (const change of known(pageChanges)) {
      const config = withEntity("statusPages", "main", change);
      expect({ change, done: await settle(config) }).toEqual({
        change,
        done: [`status-page/main /${fieldOf(change)}`],
      });
      expect(await settle(base)).toEqual([`status-page/main /${fieldOf(change)}`]);
    }
    for (const change of known(analytics)) {
      const expected = Object.keys(change).map((name) => `status-page/main /${name}`);
      expect(await settle(withEntity("statusPages", "main", change))).toEqual(expected);
      expect(await settle(base)).toEqual(expected);
    }
    for (const change of tooNew(pageChanges)) {
      await expect(settle(withEntity("statusPages", "main", change))).rejects.toThrow(/KS2001/u);
    }

    // A group keeps its id when another comes before it.
    const ids = await groupIds();
    const { groups = [] } = base.statusPages["main"] ?? {};
    const longer = [{ name: "New", monitors: [] }, ...(groups as readonly JsonObject[])];
    await settle(withEntity("statusPages", "main", { groups: longer }));
    expect((await groupIds()).slice(1)).toEqual(ids);
    await settle(base);

    // Every field of a maintenance, alone, and every way from one strategy to another.
    for (const { key, fields } of maintenanceChanges) {
      const expected = [`maintenance/${key} /${fieldOf(fields)}`];
      expect({ fields, done: await settle(withEntity("maintenance", key, fields)) }).toEqual({
        fields,
        done: expected,
      });
      expect(await settle(base)).toEqual(expected);
    }
    for (const strategy of strategies) {
      const now = { title: `${prefix} now`, ...strategy };
      const config = { ...base, maintenance: { ...base.maintenance, now } };
      await settle(config);
      const spec = await specOf("maintenance", `${prefix} now`);
      expect(spec["strategy"]).toBe(strategy["strategy"]);
    }
    await settle(base);

    // Every setting, alone; what nobody asked for stays.
    for (const change of tooNew(settingsChanges)) {
      await expect(settle({ ...base, settings: change })).rejects.toThrow(/KS2001/u);
    }
    for (const change of known(settingsChanges)) {
      const was = await settingsNow();
      const done = await settle({ ...base, settings: change });
      // A server that an earlier run was on may have the value already.
      expect([[], [`settings/server /${fieldOf(change)}`]]).toContainEqual(done);
      const is = await settingsNow();
      const { entryPage: _1, nscd: _2, [fieldOf(change)]: _3, ...others } = was;
      expect(is).toMatchObject(others);
      expect(Object.keys(is).toSorted()).toEqual(
        [...new Set([...Object.keys(was), "entryPage", "nscd", fieldOf(change)])].toSorted(),
      );
    }

    await settle(base);

    // By hand.
    const main = await rowOf("status-page", `${prefix}-main`);
    const { config } = (await client.read("getStatusPage", `${prefix}-main`)) as { readonly config: JsonObject };
    await client.write("saveStatusPage", `${prefix}-main`, { ...config, footerText: "by hand" }, "/icon.svg", []);
    const backups = await rowOf("maintenance", `${prefix} backups`);
    const { startDate: _1, endDate: _2, monitors: _3, statusPages: _4, ...byHand } = backups.row;
    await client.write("editMaintenance", { ...byHand, cron: "", description: "by hand", weekdays: [2] });
    await client.write("addMonitorMaintenance", backups.id, [{ id: (await rowOf("monitor", `${prefix} api`)).id }]);
    await client.write("setSettings", { entryPage: "dashboard", keepDataPeriodDays: 7 }, "");
    const drift = await run(base);
    expect(drift.steps.flatMap((step) => ("changes" in step ? step.changes : [])).map(({ cause }) => cause)).toEqual(
      Array.from({ length: 6 }, () => "server"),
    );
    expect(linesOf(drift).toSorted()).toEqual(
      [
        "maintenance/backups /description",
        "maintenance/backups /monitors",
        "maintenance/backups /weekdays",
        "settings/server /keepDataPeriodDays",
        "status-page/main /footerText",
        "status-page/main /groups",
      ].toSorted(),
    );
    expect(await settle(base)).toEqual([]);
    expect((await rowOf("status-page", `${prefix}-main`)).id).toBe(main.id);

    // Gone, with consent, and nothing else touched.
    const all = await ours();
    const { other: _5, ...statusPages } = base.statusPages;
    const { now: _6, ...maintenance } = base.maintenance;
    const less = { ...base, statusPages, maintenance };
    expect((await attempt(less, 0)).plan.blockers.map(({ code }) => code)).toEqual(["KS4001"]);
    const { plan: deletes, report } = await attempt(less, 2);
    expect(deletes.steps.map(({ action, key }) => `${action} ${key}`).toSorted()).toEqual([
      "delete maintenance/now",
      "delete status-page/other",
    ]);
    expect(report?.verification).toEqual({ state: "converged" });
    const left = await ours();
    expect(left.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      all.map(({ kind, name }) => `${kind} ${name}`).filter((line) => !/ now$|-other$/u.test(line)),
    );
    expect(left.map(({ spec }) => spec)).toEqual(
      all.filter(({ name }) => !/ now$|-other$/u.test(name)).map(({ spec }) => spec),
    );
  }, 300_000);

  async function rowOf(kind: KindName, name: string): Promise<ObservedEntity> {
    const found = (await observe(client, kinds, everything)).entities.find(
      (entity) => entity.kind === kind && entity.name === name,
    );
    if (found === undefined) throw new Error(`no ${kind} ${name}`);
    return found;
  }

  async function groupIds(): Promise<readonly Json[]> {
    const page = (await client.readPublic(`/api/status-page/${prefix}-main`)) as {
      readonly publicGroupList: readonly { readonly id: number }[];
    };
    return page.publicGroupList.map(({ id }) => id);
  }
});

/** What the form shows for settings that nobody has saved. */
const unset: JsonObject = {
  entryPage: "dashboard",
  trustProxy: false,
  checkUpdate: true,
  checkBeta: false,
  searchEngineIndex: false,
  keepDataPeriodDays: 180,
  tlsExpiryNotifyDays: [7, 14, 21],
};
