/** Planning an import shows no changes, on every server, for every type of every kind. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../config/load-config.ts";
import { factor } from "../../src/import/factor/factor.ts";
import { yamlText } from "../../src/import/yaml-text.ts";
import { kinds } from "../../src/kinds/index.ts";
import { observe } from "../../src/kuma/observe.ts";
import type { Observed } from "../../src/model/observed.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { planConfig, runConfig, withClient } from "../laws/run-config.ts";
import { clear, seedEverything, type Seeded, everything } from "./one-of-everything.ts";
import { importFrom } from "./server-import.ts";

/** Without such entries an object that equals what is declared is adopted without being asked for. */
async function isAdoptionRead(): Promise<boolean> {
  const yaml = "version: 1\nproject: shop\nmonitors: { edge: { type: group, adopt: { id: 1 } } }";
  const source = { paths: ["-"], cwd: "/", env: {}, vars: {}, readStdin: async () => yaml };
  return (await loadConfig(source, kinds)).findings.length === 0;
}

/** What was observed before the first apply, with the fields that the ledger says are filled from secrets. */
function withMarksOf(managed: Observed, before: Observed): Observed {
  const marks = new Map(managed.entities.map(({ kind, id, sensitive }) => [`${kind}#${id}`, sensitive]));
  return {
    ...before,
    entities: before.entities.map((entity) => ({
      ...entity,
      sensitive: marks.get(`${entity.kind}#${entity.id}`) ?? entity.sensitive,
    })),
  };
}

describe.each(contractServers())("import from $name", (server) => {
  let target: RunningServer;
  let seeded: Seeded;
  let observed: Observed;
  beforeAll(async () => {
    target = await server.start();
    // A server of your own may hold what other files left.
    await withClient(target, clear);
    [seeded, observed] = await withClient(target, async (client) => [
      await seedEverything(client),
      await observe(client, kinds, everything),
    ]);
  }, 120_000);
  afterAll(async () => {
    await withClient(target, clear);
    await target.close();
  }, 60_000);

  // One story: the apply changes what the plans look at.
  test("every object is represented, adopted without a change, and then nothing is left to do", async () => {
    const { imported, yaml, env } = await importFrom(observed, { adopt: await isAdoptionRead() });
    expect(imported.omissions).toEqual([]);
    expect(imported.entities).toHaveLength(seeded.count);

    const first = await runConfig(target, yaml, { env });
    expect(first.plan.blockers).toEqual([]);
    expect(first.plan.steps.filter((step) => step.action !== "adopt" || step.changes.length > 0)).toEqual([]);
    expect(first.plan.steps).not.toHaveLength(0);
    expect(first.report).toMatchObject({ ok: true, verification: { state: "converged" } });
    expect((await planConfig(target, yaml, { env })).steps).toEqual([]);
    const short = factor(imported, kinds);
    const factored = yamlText(short, { entities: short.entities, isMain: true }, kinds);
    expect((await planConfig(target, factored, { env })).steps).toEqual([]);

    // Managed now, so that keys come from the markers and nothing is left to adopt.
    const managed = await withClient(target, (client) => observe(client, kinds, everything));
    const again = await importFrom(managed, { adopt: true });
    expect(again.yaml).toBe((await importFrom(withMarksOf(managed, observed), { adopt: false })).yaml);
    expect((await planConfig(target, again.yaml, { env: again.env })).steps).toEqual([]);
  }, 120_000);

  test("neither the text nor the report of the import holds a secret", async () => {
    const { imported, yaml } = await importFrom(observed);
    const { variables: _values, ...told } = imported;
    const shown = `${yaml}\n${JSON.stringify(told)}`;
    expect(seeded.secrets.length).toBeGreaterThan(30);
    expect(seeded.secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  });
});
