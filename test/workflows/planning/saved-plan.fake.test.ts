/** A saved plan is an approval: what was looked at is done, or nothing is. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leaseTimes } from "../../../src/ledger/lease/lease-times.ts";
import { startFakeKuma } from "../../fakes/kuma-server.ts";
import { readDocument } from "../../commands/documents.ts";
import type { FakeProcess } from "../../commands/fake-context.ts";
import { createTestClock } from "../../commands/test-clock.ts";
import { configOf, namesOn, openWorkspace, type Workspace } from "../../commands/workspace.ts";

const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`m${index}`, 60]));

async function openApplied(monitors: Readonly<Record<string, number>>): Promise<Workspace> {
  const workspace = await openWorkspace(configOf(monitors));
  await workspace.run(["apply", "--auto-approve"]);
  return workspace;
}

/** After the third step. */
const interruptSoon: FakeProcess = {
  onStderr: (text, interrupt) => {
    if (/ 3\/\d+ /u.test(text)) interrupt("SIGINT");
  },
};

/** A run that finds the lease of one that died does not sit out the time until the lease counts as stale. */
function withoutTheWait(): FakeProcess {
  const clock = createTestClock();
  return {
    clock,
    onStderr: (text) => {
      if (text.startsWith("waiting for another run")) clock.skip(leaseTimes.heldStale);
    },
  };
}

describe("a saved plan", () => {
  it("prints the same again with show, in every format", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const planned = await run(["plan", "--out", "plans/plan.json"]);
    expect(planned.stderr).toContain("kuma-sync apply plans/plan.json");
    const shown = await run(["show", "plans/plan.json"], { env: { KUMA_SYNC_URL: "" } });
    expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 0, stdout: planned.stdout });
    const document = readDocument(await run(["show", "plans/plan.json", "--format", "json"]));
    expect(document).toMatchObject({ type: "kuma-sync.plan", summary: { create: 1 } });
    expect((await run(["show", "plans/plan.json", "--full"])).stdout).toMatch(/\n +maxRedirects +10\n/u);
    expect((await run(["show", "plans/plan.json", "--format", "markdown"])).stdout).toContain("### kuma-sync:");
  });

  it("is applied without a question, with the deletes that were allowed", async () => {
    const { run, write, kuma } = await openApplied({ api: 60, old: 60 });
    write(configOf({ api: 90, fresh: 30 }));
    const planned = await run(["plan", "--not-renamed", "--allow-deletes", "1", "--out", "plan.json"]);
    expect(planned.stdout).not.toContain("[KS4001]");
    expect(planned.stderr).toContain("carries out this plan and no other, its 1 delete without a further question");
    const { code, questions } = await run(["apply", "plan.json"], { answers: [] });
    expect([code, questions]).toEqual([0, []]);
    expect(namesOn(kuma)).toEqual(["API", "FRESH"]);
    const again = await run(["apply", "plan.json"]);
    expect([again.code, again.stdout.startsWith("No changes.")]).toEqual([0, true]);
  });

  it("is stale when the server has changed: exit 6, what changed, and nothing written", async () => {
    const { run, write, kuma } = await openApplied({ api: 60, web: 60 });
    write(configOf({ api: 90, web: 60 }));
    await run(["plan", "--out", "plan.json"]);
    for (const row of kuma.monitors.values()) row["interval"] = 45;
    const before = kuma.faults.writeCount;
    const { code, stderr } = await run(["apply", "plan.json"]);
    expect(code).toBe(6);
    expect(stderr).toMatch(/^stale: .*nothing was written\n {2}monitor\/(?:api|web): /u);
    expect(stderr).toContain("monitor/api: /interval would change from or to another value");
    expect(stderr).toContain("monitor/web: would update it, and the plan has no step for it");
    expect(kuma.faults.writeCount).toBe(before);
    const document = readDocument(await run(["apply", "plan.json", "--format", "json"]));
    expect(document).toMatchObject({ result: "stale", outcomes: [] });
  });

  it("is stale when the configuration has changed", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60 }));
    await run(["plan", "--out", "plan.json"]);
    write(configOf({ api: 60, more: 60 }));
    const { code, stderr } = await run(["apply", "plan.json"]);
    expect([code, kuma.monitors.size]).toEqual([6, 0]);
    expect(stderr).toContain("monitor/more: would create it, and the plan has no step for it");
  });

  it.each([[[]], [["--select", "gone"]]])(
    "is stale when an object it creates is no longer declared: %j",
    async (flags) => {
      const { run, write, kuma } = await openWorkspace(configOf({ api: 60, gone: 60 }));
      await run(["plan", ...flags, "--out", "plan.json"]);
      write(configOf({ api: 60 }));
      const { code, stderr } = await run(["apply", "plan.json"]);
      expect([code, kuma.monitors.size]).toEqual([6, 0]);
      expect(stderr).toContain("monitor/gone: is not declared any more");
    },
  );

  it.each([["1.23.17"], ["2.5.3"]] as const)("can be resumed after an interrupted apply, on %s", async (version) => {
    const { run, kuma } = await openWorkspace(configOf(many), { version });
    await run(["plan", "--out", "plan.json"]);
    const interrupted = await run(["apply", "plan.json"], interruptSoon);
    expect(interrupted.code).toBe(130);
    expect(kuma.monitors.size).toBeGreaterThan(0);
    expect((await run(["apply", "plan.json"])).code).toBe(0);
    expect(kuma.monitors.size).toBe(80);
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
  });

  // The ledger, the tag, each monitor and each marker are writes.
  it.each(Array.from({ length: 8 }, (_, index) => [index + 1]))(
    "can be resumed after the connection was cut at write %i, and creates nothing twice",
    async (nth) => {
      const { run, kuma } = await openWorkspace(configOf({ api: 60, web: 60, db: 60 }), { version: "1.23.17" });
      await run(["plan", "--out", "plan.json"]);
      kuma.faults.atWrite(nth, "disconnectAfter");
      expect((await run(["apply", "plan.json"])).code).not.toBe(0);
      kuma.faults.clear();
      expect((await run(["apply", "plan.json"], withoutTheWait())).code).toBe(0);
      expect(namesOn(kuma)).toEqual(["API", "DB", "WEB"]);
      expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
    },
  );

  it("is compared with a plan made with the same flags", async () => {
    const { run, write, kuma } = await openApplied({ api: 60, old: 60 });
    kuma.seedMonitor({ name: "WEB", type: "http", url: "https://by-hand.example", interval: 60, timeout: 10 });
    write(configOf({ api: 90, web: 60, db: 60 }));
    const flags = ["--adopt", "--no-deletes", "--select", "api", "--select", "monitor/w*"];
    await run(["plan", ...flags, "--out", "plan.json"]);
    expect((await run(["apply", "plan.json"])).code).toBe(0);
    // `old` is there still, `web` is adopted, and nobody looked at `db`.
    expect(namesOn(kuma)).toEqual(["API", "OLD", "WEB"]);
    expect([...kuma.monitors.values()].map((row) => row["interval"])).toEqual([90, 60, 60]);
  });

  it.each([
    ["--adopt"],
    ["--takeover"],
    ["--no-deletes"],
    ["--not-renamed"],
    ["--allow-empty"],
    ["--select=api"],
    ["--allow-deletes=1"],
    ["--allow-bulk"],
  ])("refuses the flag %s, which belongs to plan --out", async (flag) => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    await run(["plan", "--out", "plan.json"]);
    const { code, stderr } = await run(["apply", "plan.json", flag]);
    expect([code, kuma.monitors.size]).toEqual([64, 0]);
    expect(stderr).toContain("give these flags to plan --out instead");
  });

  it("is for one project and one server", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60 }));
    await run(["plan", "--out", "plan.json"]);
    const other = await startFakeKuma();
    const elsewhere = await run(["apply", "plan.json"], { env: { KUMA_SYNC_URL: other.url } });
    await other.close();
    expect([elsewhere.code, other.monitors.size]).toEqual([6, 0]);
    expect(elsewhere.stderr).toContain(`the plan is for the server at ${kuma.url}`);
    write(configOf({ api: 60 }).replace("project: shop", "project: bank"));
    const bank = await run(["apply", "plan.json"]);
    expect([bank.code, kuma.monitors.size]).toEqual([6, 0]);
    expect(bank.stderr).toContain("the plan is for project shop");
  });

  it("that was blocked stays blocked: exit 5, the flag to use, and nothing written", async () => {
    const { run, write, kuma } = await openApplied({ api: 60, old: 60 });
    write(configOf({ api: 60 }));
    const planned = await run(["plan", "--out", "plan.json"]);
    expect(planned.stderr).toContain("saved, but blocked: kuma-sync apply plan.json refuses it");
    const before = kuma.faults.writeCount;
    const { code, stdout, stderr } = await run(["apply", "plan.json", "--auto-approve"]);
    expect(code).toBe(5);
    expect(stdout).toContain("--allow-deletes 1 deletes them");
    expect(stderr).toContain("the saved plan was blocked when it was made (KS4001); nothing was written");
    expect([kuma.faults.writeCount, namesOn(kuma)]).toEqual([before, ["API", "OLD"]]);
    const document = readDocument(await run(["apply", "plan.json", "--format", "json"]));
    expect(document).toMatchObject({ ok: false, result: "refused", outcomes: [] });
  });

  it("that was blocked stays blocked when the blocker is gone", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    kuma.seedMonitor({ name: "API", type: "http", url: "https://by-hand.example", interval: 60, timeout: 10 });
    await run(["plan", "--out", "plan.json"]);
    for (const row of kuma.monitors.values()) row["name"] = "Another";
    expect((await run(["apply", "plan.json"])).code).toBe(5);
    expect(kuma.monitors.size).toBe(1);
  });

  it.each([
    ["--allow-deletes", 12, { allowDeletes: 0 }, "KS4001"],
    ["--allow-bulk", 12, { allowBulk: false }, undefined],
    ["--allow-empty", 13, { allowEmpty: false }, "KS4004"],
  ] as const)(
    "does no more than its flags allow when its blockers were edited out: without %s",
    async (_flag, gone, less, code) => {
      const old = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`old${index}`, 60]));
      const { run, write, kuma, folder } = await openApplied(old);
      write(
        configOf(
          Object.fromEntries(
            Object.keys(old)
              .slice(gone)
              .map((key) => [key, 60]),
          ),
        ),
      );
      const flags = ["--allow-deletes", String(gone), "--allow-bulk", "--allow-empty"];
      await run(["plan", ...flags, "--out", "plan.json"]);
      const file = join(folder, "plan.json");
      const saved = JSON.parse(readFileSync(file, "utf8")) as { blockers: unknown; shape: object };
      writeFileSync(file, JSON.stringify({ ...saved, blockers: [], shape: { ...saved.shape, ...less } }));
      const ended = await run(["apply", "plan.json"]);
      expect([ended.code, kuma.monitors.size]).toEqual(code === undefined ? [0, 13 - gone] : [5, 13]);
      expect(ended.stdout).toContain(code ?? "Applied:");
    },
  );

  it("does no step that was added to the file and is not in the configuration", async () => {
    const { run, kuma, folder } = await openApplied({ api: 60, web: 60 });
    await run(["plan", "--allow-deletes", "2", "--out", "plan.json"]);
    const file = join(folder, "plan.json");
    const saved = JSON.parse(readFileSync(file, "utf8")) as object;
    const steps = [{ action: "delete", key: "monitor/api", kind: "monitor", id: 1, name: "API", dependsOn: [] }];
    writeFileSync(file, JSON.stringify({ ...saved, steps }));
    expect((await run(["apply", "plan.json"])).code).toBe(0);
    expect(namesOn(kuma)).toEqual(["API", "WEB"]);
  });

  it("of version 0.1.0 allows no deletes: it stored no consent", async () => {
    const { run, write, kuma, folder } = await openApplied({ api: 60, old: 60 });
    write(configOf({ api: 60 }));
    await run(["plan", "--allow-deletes", "1", "--out", "plan.json"]);
    const file = join(folder, "plan.json");
    const { shape, ...saved } = JSON.parse(readFileSync(file, "utf8")) as { shape: Record<string, unknown> };
    const { allowDeletes: _deletes, allowBulk: _bulk, ...older } = shape;
    writeFileSync(file, JSON.stringify({ ...saved, shape: older }));
    expect((await run(["apply", "plan.json"])).code).toBe(5);
    expect(namesOn(kuma)).toEqual(["API", "OLD"]);
  });

  it("is refused while a blocker without a flag is in it", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    kuma.seedMonitor({ name: "API", type: "http", url: "https://by-hand.example", interval: 60, timeout: 10 });
    await run(["plan", "--out", "plan.json"]);
    expect((await run(["apply", "plan.json"])).code).toBe(5);
  });

  it.each([
    ["text.json", "monitors: {", 64, "it is not JSON"],
    ["nothing.json", undefined, 64, "cannot read"],
    ["list.json", "[]", 64, "it is not a JSON object"],
    ["snapshot.json", '{ "type": "kuma-sync.snapshot" }', 64, '/type must be "kuma-sync.plan"'],
    ["short.json", '{ "type": "kuma-sync.plan", "formatVersion": "1.0" }', 64, 'it has no "ok"'],
    ["later.json", '{ "type": "kuma-sync.plan", "formatVersion": "2.0" }', 8, 'it has the format "2.0"'],
    ["odd.json", '{ "type": "kuma-sync.plan", "formatVersion": { "a": 1 } }', 8, 'it has the format {"a":1}'],
  ])("is not %s", async (name, text, exit, message) => {
    const { run, folder, kuma } = await openWorkspace(configOf({ api: 60 }));
    if (text !== undefined) writeFileSync(join(folder, name), text);
    for (const command of ["apply", "show"]) {
      const { code, stderr } = await run([command, name]);
      expect([command, code]).toEqual([command, exit]);
      expect(stderr).toContain(message);
    }
    expect(kuma.log).toEqual([]);
  });

  it("is not the output of plan --format json, which lacks the flags", async () => {
    const { run, folder } = await openWorkspace(configOf({ api: 60 }));
    writeFileSync(join(folder, "plan.json"), (await run(["plan", "--format", "json"])).stdout);
    const { code, stderr } = await run(["apply", "plan.json"]);
    expect(code).toBe(64);
    expect(stderr).toContain("plan --out");
  });

  it("holds no secret and no hash of one, and detects that nothing else changed", async () => {
    const head = 'defaults: { monitor: { headers: { Authorization: "Bearer ${env:TOKEN}" } } }\n';
    const { run, folder, kuma } = await openWorkspace(configOf({ api: 60 }, head));
    const texts: string[] = [];
    for (const secret of ["0ld-s3cret-value", "n3w-s3cret-value"]) {
      await run(["plan", "--out", "plan.json"], { env: { TOKEN: secret } });
      texts.push(readFileSync(join(folder, "plan.json"), "utf8"));
    }
    // The same file for any value: nothing in it comes from the secret.
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toContain("s3cret");
    expect((await run(["apply", "plan.json"], { env: { TOKEN: "n3w-s3cret-value" } })).code).toBe(0);
    expect(JSON.stringify([...kuma.monitors.values()])).toContain("n3w-s3cret-value");
  });

  it("that cannot be written fails the plan", async () => {
    const { run, folder } = await openWorkspace(configOf({ api: 60 }));
    const { code, stderr } = await run(["plan", "--out", "monitors.yaml/plan.json"]);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot write "monitors.yaml/plan.json"');
    expect(existsSync(join(folder, "plan.json"))).toBe(false);
  });
});
