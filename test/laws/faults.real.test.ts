/**
 * Bad days on a real server: a proxy that cuts the connection, drops an ack or holds the answers back at a random write,
 * and SIGKILL in mid-apply, again and again, until the apply is through. Nothing twice, nothing lost, ids kept.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { KumaError } from "../../src/model/errors.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { passwordToken } from "../contract/raw-socket.ts";
import { startRealServer } from "../contract/real-server.ts";
import { startFaultProxy, type FaultProxy, type ProxyFault } from "../fakes/fault-proxy.ts";
import { fakeAdmin } from "../fakes/kuma-server.ts";
import { keysOf, nextShop, randomOf, randomShop, repeated, stillThere, yamlOf, type Shop } from "./random-shop.ts";
import { runConfig, type RunOptions, type RunResult, type Target } from "./run-config.ts";

const proxySchedules = 60;
/**
 * Each kill costs the server's start, so that usually there are as many as fit into a time, at random writes. `every`: one at
 * each write, however long that takes.
 */
const killsEvery = process.env["KUMA_SYNC_KILLS"] === "every";
const killBudget = killsEvery ? Infinity : 90_000;
const callTimeout = 700;
const proxyFaults: readonly ProxyFault[] = ["cutBefore", "cutAfter", "dropAck", "delay"];

let sandbox: Sandbox;
let proxy: FaultProxy;
let direct: Target;
let faulty: Target;

beforeAll(async () => {
  sandbox = await startRealServer();
  const token = await passwordToken(sandbox.url, fakeAdmin.username, fakeAdmin.password);
  proxy = await startFaultProxy({
    port: Number(new URL(sandbox.url).port),
    delayMs: 2 * callTimeout,
    onFault: () => sandbox.kill(),
  });
  direct = { url: sandbox.url, ...fakeAdmin, token };
  faulty = { ...direct, url: proxy.url };
}, 120_000);

afterAll(async () => {
  await proxy.close();
  await sandbox.stop();
});

/** Undefined when the fault failed the run. */
async function tryRun(yaml: string, options: RunOptions): Promise<RunResult | undefined> {
  try {
    return await runConfig(faulty, yaml, options);
  } catch (error) {
    if (error instanceof KumaError) return undefined;
    throw error;
  }
}

/** The ids of what carries a marker of the project. */
function idsOf({ entities }: Observed, project: string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { kind, id, owner } of entities) {
    if (owner?.project !== project) continue;
    const key = `${kind}/${owner.key}`;
    found.set(key, [...(found.get(key) ?? []), id]);
  }
  return found;
}

/** What is neither ours nor a tag: a monitor or notification without its marker. */
function unmarked({ entities }: Observed): string[] {
  return entities.filter(({ kind, owner }) => kind !== "tag" && owner === undefined).map(({ name }) => name);
}

/** The npm package's server deletes tags that no monitor has, whenever any tag is taken off any monitor. */
function withUsedTag(shop: Shop): Shop {
  const holder = { name: "Holder", type: "ping", hostname: "127.0.0.1", active: false, tags: [{ t0: "held" }] };
  const tags = { ...shop.tags, t0: { name: "Tag 0", color: "#2563EB" } };
  return { ...shop, tags, monitors: { ...shop.monitors, holder } };
}

/** Runs until there is nothing to do, at most three times; gives what the server holds then. */
async function settle(yaml: string, options: RunOptions): Promise<Observed> {
  for (let run = 1; run <= 2; run += 1) {
    const { plan, report, observed } = await runConfig(direct, yaml, options);
    expect(plan.blockers).toEqual([]);
    if (plan.steps.length === 0) return observed;
    expect(report).toMatchObject({
      ok: true,
      verification: { state: "converged" },
    });
  }
  const { plan, observed } = await runConfig(direct, yaml, options);
  expect(plan.steps).toEqual([]);
  return observed;
}

test(`${proxySchedules} faults on the way to a real server`, { timeout: 400_000 }, async () => {
  const random = randomOf(5);
  const options: RunOptions = { allowDeletes: 99, plan: { allowBulk: true, notRenamed: true } };
  let shop: Shop = withUsedTag(randomShop(random));
  let before = new Map<string, number[]>();
  let happened = 0;
  for (let schedule = 0; schedule < proxySchedules;) {
    const yaml = yamlOf("faulty", shop);
    proxy.arm(proxyFaults[schedule % proxyFaults.length] as ProxyFault, 1 + Math.floor(random() * 8));
    await tryRun(yaml, { ...options, callTimeout });
    // A fault that did not come to pass is none.
    if (proxy.hasStruck) schedule += 1;
    happened += Number(proxy.hasStruck);
    const observed = await settle(yaml, options);
    const after = idsOf(observed, "faulty");
    const kept = stillThere(before, after);
    expect({ schedule, keys: [...after.keys()].toSorted(), kept: kept.is, twice: repeated(after) }).toEqual({
      schedule,
      keys: keysOf(shop),
      kept: kept.was,
      twice: [],
    });
    expect(unmarked(observed)).toEqual([]);
    before = after;
    shop = withUsedTag(nextShop(random, shop));
  }
  console.log(`faults on a real server: ${happened} by the proxy`);
});

function webhook(index: number): JsonObject {
  return { name: `Big call ${index}`, type: "webhook", webhookURL: "http://127.0.0.1:1/" };
}

/** Sixty steps: groups in a group, a tag, two notifications, and monitors below the groups. */
function bigShop(): Shop {
  const groups = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [
      `g${index}`,
      { name: `Big group ${index}`, type: "group", ...(index === 0 ? {} : { parent: "g0" }) },
    ]),
  );
  const monitors = Object.fromEntries(
    Array.from({ length: 52 }, (_, index) => [
      `m${index}`,
      {
        name: `Big ${index}`,
        type: "http",
        url: `http://127.0.0.1:1/${index}`,
        active: false,
        parent: `g${index % 5}`,
        ...(index % 3 === 0 ? { tags: [{ big: "x" }] } : {}),
        ...(index % 2 === 0 ? { notifications: ["n1"] } : {}),
      },
    ]),
  );
  return {
    notifications: { n1: webhook(1), n2: webhook(2) },
    tags: { big: { name: "Big tag", color: "#2563EB" } },
    monitors: { ...groups, ...monitors },
  };
}

/** Of a run: the first write is the ledger, a step is two or three. Whether the server carries out the last one is its luck. */
function writeToKill(random: () => number): number {
  return killsEvery ? 2 : 1 + Math.floor(random() * 6);
}

const killTimeout = killsEvery ? 3_600_000 : 400_000;
test("a real server killed and started again in the middle of a 60-step apply", { timeout: killTimeout }, async () => {
  const shop = bigShop();
  const yaml = yamlOf("killed", shop);
  const random = randomOf(7);
  const seen = new Map<string, number[]>();
  const started = performance.now();
  let kills = 0;
  let isThrough = false;
  while (!isThrough && performance.now() - started < killBudget) {
    proxy.arm("act", writeToKill(random));
    const run = await tryRun(yaml, { callTimeout: 20_000 });
    isThrough = !proxy.hasStruck;
    if (!isThrough) {
      kills += 1;
      await sandbox.restart();
    }
    const now = run === undefined ? new Map<string, number[]>() : idsOf(run.observed, "killed");
    const kept = stillThere(seen, now);
    expect({ kills, kept: kept.is, twice: repeated(now) }).toEqual({ kills, kept: kept.was, twice: [] });
    for (const [key, ids] of now) seen.set(key, ids);
  }
  const observed = await settle(yaml, {});
  const after = idsOf(observed, "killed");
  expect([...after.keys()].toSorted()).toEqual(keysOf(shop));
  const kept = stillThere(seen, after);
  expect(kept.is).toEqual(kept.was);
  expect(repeated(after)).toEqual([]);
  expect(unmarked(observed)).toEqual([]);

  // This server sends its whole list after each write: what is left would slow the other test down.
  const emptied = { notifications: {}, tags: shop.tags, monitors: {} };
  const { report } = await runConfig(direct, yamlOf("killed", emptied), {
    allowDeletes: 99,
    plan: { allowBulk: true, allowEmpty: true },
  });
  expect(report?.ok).toBe(true);
  console.log(`faults on a real server: killed ${kills} times in a 60-step apply`);
  expect(kills).toBeGreaterThan(5);
});
