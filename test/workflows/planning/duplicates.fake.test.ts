import { expect, it } from "vitest";
import { readDocument } from "../../commands/documents.ts";
import { configOf, namesOn, openWorkspace } from "../../commands/workspace.ts";
import type { FakeKuma } from "../../fakes/kuma-server.ts";

/** As two runs at once leave it: each made its own. */
async function openDoubled(): ReturnType<typeof openWorkspace> {
  const workspace = await openWorkspace(configOf({ api: 60, web: 60 }));
  const { run, kuma } = workspace;
  await run(["apply", "--auto-approve"]);
  const ids = [...kuma.monitors.keys()];
  for (const id of ids) double(kuma, id);
  return workspace;
}

/** The same monitor again, with its marker, and pushed to everybody, as when another client adds it. */
function double(kuma: FakeKuma, id: number): void {
  const { id: _id, ...copy } = kuma.monitors.get(id) ?? {};
  const made = kuma.seedMonitor(copy);
  for (const link of kuma.monitorTags.filter(({ monitorId }) => monitorId === id)) {
    (kuma.monitorTags as (typeof link)[]).push({ ...link, monitorId: made });
  }
  kuma.push("updateMonitorIntoList", { [made]: kuma.monitorList()[made] ?? null });
}

it("reports objects with the same marker in one message (KS4007); one consent resolves all of it", async () => {
  const { run, kuma } = await openDoubled();
  expect(namesOn(kuma)).toEqual(["API", "API", "WEB", "WEB"]);
  const refused = await run(["apply", "--auto-approve"]);
  expect(refused.code).toBe(5);
  expect(refused.stdout.match(/KS4007/gu)).toHaveLength(1);
  expect(refused.stdout).toContain("keep id");
  expect((await run(["apply", "--resolve-duplicates"])).code).toBe(5);
  expect((await run(["plan", "--resolve-duplicates", "--out", "plan.json"])).code).toBe(0);
  const report = readDocument(await run(["apply", "plan.json", "--format", "json"]));
  expect(report).toMatchObject({ result: "applied", summary: { delete: 2 } });
  expect([...kuma.monitors.keys()].toSorted((left, right) => left - right)).toEqual([1, 2]);
  expect((await run(["apply", "--auto-approve"])).stdout).toContain("No changes");
});

it("a surplus object that others use is not deleted without consent to that", async () => {
  const { run, kuma, write } = await openDoubled();
  const surplus = [...kuma.monitors.keys()].at(-1);
  write(`version: 1\nproject: ops\nmaintenance:\n  w: { strategy: manual, monitors: [{ id: ${surplus} }] }\n`);
  expect((await run(["apply", "--auto-approve"])).code).toBe(0);
  write(configOf({ api: 60, web: 60 }));
  const refused = await run(["apply", "--auto-approve", "--resolve-duplicates"]);
  expect(refused.code).toBe(5);
  expect(refused.stdout).toContain("KS4025");
  expect(refused.stdout).toContain("ops/w");
  expect(refused.stdout).not.toContain("put monitor/");
  expect(kuma.monitors.size).toBe(4);
  const consented = await run(["apply", "--auto-approve", "--resolve-duplicates", "--allow-shared-changes"]);
  expect(consented.code).toBe(0);
  expect(kuma.monitors.size).toBe(2);
});

it("a duplicate that appears during the apply counts as not converged", async () => {
  const { run, kuma, write } = await openWorkspace(configOf({ api: 60 }));
  await run(["apply", "--auto-approve"]);
  const [id = 0] = kuma.monitors.keys();
  write(configOf({ api: 60, web: 60 }));
  const ended = await run(["apply", "--auto-approve"], {
    onStderr: () => {
      if (kuma.monitors.size === 2) double(kuma, id);
    },
  });
  expect(ended.code).toBe(4);
  expect(ended.stdout).toContain("KS4007");
  expect(ended.stdout).toContain("--resolve-duplicates");
});
