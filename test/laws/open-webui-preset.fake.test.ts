/** The example of a block is valid as it stands, applies on every release, and leaves nothing to do. */
import { readdirSync, readFileSync } from "node:fs";
import { onTestFinished, describe, expect, test } from "vitest";
import { loadConfig } from "../config/load-config.ts";
import { kinds } from "../../src/kinds/index.ts";
import { fakeAdmin, fakeVersions, startFakeKuma } from "../fakes/kuma-server.ts";
import { planConfig, runConfig } from "./run-config.ts";

const yaml = readFileSync(new URL("../../examples/open-webui/preset.yaml", import.meta.url), "utf8");
const env = { OPEN_WEBUI_API_KEY: "sk-Zq9vX3" };

test("nothing in it is wrong or doubtful", async () => {
  const source = { paths: ["-"], cwd: "/", env, vars: {}, readStdin: () => Promise.resolve(yaml) };
  const { findings, entities } = await loadConfig(source, kinds);
  expect(findings).toEqual([]);
  expect(entities.filter(({ kind }) => kind === "monitor")).toHaveLength(11);
});

const folder = new URL("../../examples/open-webui/", import.meta.url);

test.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))("%s applies, and converges", async (file) => {
  const fake = await startFakeKuma();
  onTestFinished(() => fake.close());
  const target = { url: fake.url, ...fakeAdmin };
  const text = readFileSync(new URL(file, folder), "utf8");
  const { report } = await runConfig(target, text, { env });
  expect(report).toMatchObject({ ok: true, verification: { state: "converged" } });
  expect((await planConfig(target, text, { env })).steps).toEqual([]);
});

describe.each(fakeVersions)("on %s", (version) => {
  test("applies, and converges", async () => {
    const fake = await startFakeKuma({ version });
    onTestFinished(() => fake.close());
    const target = { url: fake.url, ...fakeAdmin };
    const { plan, report } = await runConfig(target, yaml, { env });
    expect(plan.blockers).toEqual([]);
    expect(report).toMatchObject({ ok: true, verification: { state: "converged" } });
    expect(fake.monitors.size).toBe(11);
    expect((await planConfig(target, yaml, { env })).steps).toEqual([]);
  });
});
