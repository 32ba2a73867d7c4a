/** The ledger on the server: what a run leaves there, and what the next one makes of it. */
import { onTestFinished, describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { Kind, KindRegistry } from "../../src/kinds/kind.ts";
import { tag } from "../../src/kinds/tag.ts";
import { connect } from "../../src/kuma/connect.ts";
import { observe } from "../../src/kuma/observe.ts";
import type { EntityKey } from "../../src/model/entity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { emptyLedger, heldSecret, type Ledger, type LedgerEntry } from "../../src/model/ledger.ts";
import { fingerprint } from "../../src/ledger/fingerprint.ts";
import { decodeLedger, encodeLedger } from "../../src/ledger/ledger-text.ts";
import { fakeAdmin, fakeVersions, startFakeKuma, type FakeKuma, type FakeVersion } from "../fakes/kuma-server.ts";
import { runConfig, type Target } from "./run-config.ts";

const yaml = `
version: 1
project: shop
monitors:
  edge: { name: Edge, type: group }
  api: { name: API, type: http, url: "http://127.0.0.1:1/", parent: edge }
`;

async function start(version: FakeVersion = "2.5.3"): Promise<{ fake: FakeKuma; target: Target }> {
  const fake = await startFakeKuma({ version });
  onTestFinished(() => fake.close());
  return { fake, target: { url: fake.url, ...fakeAdmin } };
}

async function settingsOf(target: Target, change: JsonObject = {}): Promise<JsonObject> {
  const client = await connect({ url: target.url, credentials: { type: "password", ...fakeAdmin } });
  const { data } = await client.read("getSettings");
  if (Object.keys(change).length > 0) await client.write("setSettings", { ...(data as JsonObject), ...change }, "");
  await client.close();
  return data as JsonObject;
}

function writesOf(fake: FakeKuma): string[] {
  return fake.log.map(({ event }) => event).filter((event) => event === "setSettings");
}

describe.each(fakeVersions)("on %s", (version) => {
  test("a run writes it before the first create and after the last write, and a second run not at all", async () => {
    const { fake, target } = await start(version);
    const { report } = await runConfig(target, yaml);
    expect(report?.ledger).toEqual({ state: "written" });
    const events = fake.log.map(({ event }) => event);
    expect(writesOf(fake)).toHaveLength(2);
    expect(events.indexOf("setSettings")).toBeLessThan(events.indexOf("add"));
    expect(events.lastIndexOf("setSettings")).toBeGreaterThan(events.lastIndexOf("addMonitorTag"));
    const { observed } = await runConfig(target, yaml);
    expect(writesOf(fake)).toHaveLength(2);
    expect(observed.ledger).toMatchObject({ state: "known", ledger: { intents: [] } });
  });
});

test("what else is among the settings stays as it is, and what the server would miss is sent along", async () => {
  const { fake, target } = await start();
  await settingsOf(target, { primaryBaseURL: "http://kuma.test", entryPage: "statusPage-main" });
  await runConfig(target, yaml.replace("project: shop", "project: other"));
  await runConfig(target, yaml);
  expect(await settingsOf(target)).toMatchObject({ primaryBaseURL: "http://kuma.test", entryPage: "statusPage-main" });
  const sent = fake.log.filter(({ event }) => event === "setSettings").at(-1)?.args ?? [];
  expect(sent).toEqual([expect.objectContaining({ entryPage: "statusPage-main", nscd: true }), ""]);
  // Another project's ledger may be written at this very moment.
  expect(Object.keys(sent[0] as JsonObject).filter((key) => key.startsWith("kumaSync/"))).toEqual(["kumaSync/shop"]);
});

test("a missing, damaged or newer ledger does no harm", async () => {
  const { target } = await start();
  await runConfig(target, yaml);
  for (const value of ["", "what?", { format: 1, checksum: "0", text: "AAAA" }, { format: 9 }]) {
    await settingsOf(target, { "kumaSync/shop": value });
    const { plan, report } = await runConfig(target, yaml.replace("1:1/", `1:1/${JSON.stringify(value).length}`));
    expect(plan.steps).toHaveLength(1);
    expect(report?.ok).toBe(true);
  }
  const { report } = await runConfig(target, yaml);
  expect(report?.ledger).toEqual({ state: "unwritten", reason: "a newer version of this tool wrote it" });
  expect((await settingsOf(target))["kumaSync/shop"]).toEqual({ format: 9 });
});

test("a create whose marker was never written is finished although the file has changed in every field", async () => {
  const { fake, target } = await start();
  fake.faults.disconnectAfter("add", 2);
  await runConfig(target, yaml);
  const [id] = [...fake.monitors].find(([, { name }]) => name === "API") as [number, unknown];
  const changed = yaml.replace(
    'name: API, type: http, url: "http://127.0.0.1:1/"',
    "name: Gate, type: ping, hostname: h",
  );
  const { report } = await runConfig(target, changed);
  expect(report?.ok).toBe(true);
  expect([...fake.monitors.values()].map(({ name }) => name)).toEqual(["Edge", "Gate"]);
  expect(fake.monitors.get(id)).toMatchObject({ name: "Gate", type: "ping" });
});

test("stops at the first failure if asked to, and says so", async () => {
  const { fake, target } = await start("1.23.17");
  const lines = Array.from({ length: 4 }, (_, index) => `  m${index}: { type: ping, hostname: h${index} }`);
  const broken = `${yaml.replace("type: group", `type: group, description: ${"x".repeat(1_100_000)}`)}${lines.join("\n")}\n`;
  const { report } = await runConfig(target, broken, { onError: "stop" });
  expect(report?.outcomes.filter(({ result }) => result === "failed")).toHaveLength(1);
  const skipped = report?.outcomes.filter(({ result }) => result === "skipped") ?? [];
  expect(skipped.map((outcome) => outcome.result === "skipped" && outcome.because)).toContain("stopped");
  expect(fake.monitors.size + skipped.length).toBe(5);
});

function holding(objects: readonly { key: string; id: number; isProtected?: true; name?: string }[]): Ledger {
  const entries = objects.map(({ key, id, name, ...mark }): [EntityKey, LedgerEntry] => [
    `proxy/${key}`,
    {
      id,
      variant: "proxy",
      onRemove: "delete",
      fields: name === undefined ? {} : { name: fingerprint(name), color: fingerprint("#123456") },
      ...mark,
    },
  ]);
  return { ...emptyLedger, entries: new Map(entries) };
}

/** A kind without a marker, with four objects: as tags are, but for their name. */
function proxies(): Kind {
  const rows = [1, 2, 3, 4].map((id) => ({
    id,
    name: `p${id}`,
    type: undefined,
    owner: undefined,
    row: { name: `p${id}` },
  }));
  return { ...tag, name: "proxy", rows: () => Promise.resolve(rows) };
}

test("kinds without a marker belong to the project whose ledger has them", async () => {
  const { target } = await start();
  const ours = holding([
    { key: "mine", id: 1, isProtected: true, name: "p1" },
    { key: "both", id: 2 },
    // Its id has come again for another object.
    { key: "gone", id: 4, name: "what it was" },
  ]);
  const writes = [...encodeLedger(ours, {}, "shop"), ...encodeLedger(holding([{ key: "theirs", id: 2 }]), {}, "other")];
  await settingsOf(target, Object.assign({}, ...writes) as JsonObject);
  const client = await connect({ url: target.url, credentials: { type: "password", ...fakeAdmin } });
  onTestFinished(() => client.close());
  const registry: KindRegistry = new Map([...kinds, ["proxy", proxies()] as const]);
  const look = async (project: string): Promise<unknown> => {
    const { entities } = await observe(client, registry, { freshness: "pushed", project, needed: new Set() });
    return entities.map(({ id, owner }) => [id, owner]);
  };
  // Nobody declares a proxy: our ledger is what makes it look for them.
  expect(await look("shop")).toEqual([
    [1, { project: "shop", key: "mine", isProtected: true }],
    // In two ledgers: neither changed nor deleted before somebody says whose it is.
    [2, { project: "other", key: "theirs" }],
    [3, undefined],
    [4, undefined],
  ]);
  expect(await look("third")).toEqual([]);
});

test("a ledger without room for fingerprints still knows which fields hold a secret, and plans hide those alone", async () => {
  const { fake, target } = await start();
  await settingsOf(target, { primaryBaseURL: `http://kuma.test/${"x".repeat(810_000)}` });
  const env = { NOTE: "spoken-to-nobody" };
  const noted = yaml.replace("parent: edge", 'parent: edge, description: "${env:NOTE}"');
  await runConfig(target, noted, { env });
  const state = await decodeLedger(fake.settings, "shop");
  const { entries, defaults } = state.state === "known" ? state.ledger : emptyLedger;
  expect([...entries.values()].map(({ fields }) => fields)).toEqual([{ description: heldSecret }]);
  expect(defaults.size).toBe(0);
  const { plan } = await runConfig(target, yaml.replace("127.0.0.1:1/", "127.0.0.1:2/"));
  const changes = plan.steps.flatMap((step) => ("changes" in step ? step.changes : []));
  expect(changes.map(({ path, sensitive }) => [path, sensitive])).toEqual([
    ["/description", true],
    ["/url", false],
  ]);
});
