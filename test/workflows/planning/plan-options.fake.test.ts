/** Flags that say what a plan may contain: each lifts or limits exactly what it names. */
import { describe, expect, it } from "vitest";
import { readDocument } from "../../commands/documents.ts";
import { configOf, namesOn, openWorkspace, type Workspace } from "../../commands/workspace.ts";

const approved = ["apply", "--auto-approve"];

async function openApplied(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Promise<Workspace> {
  const workspace = await openWorkspace(configOf(before));
  await workspace.run(approved);
  workspace.write(configOf(after));
  return workspace;
}

function intervalsOn({ kuma }: Workspace): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...kuma.monitors.values()].map(({ name, interval }) => [name as string, interval]));
}

describe("--select and --exclude", () => {
  it("plan a part, print that, and never delete", async () => {
    const workspace = await openApplied({ api: 60, web: 60, old: 60 }, { api: 90, web: 90 });
    const planned = await workspace.run(["plan", "--select", "monitor/a*"]);
    expect(planned.stdout).toContain("PARTIAL PLAN");
    const { code } = await workspace.run([...approved, "--select", "monitor/a*", "--allow-deletes", "9"]);
    expect(code).toBe(0);
    expect(intervalsOn(workspace)).toEqual({ API: 90, WEB: 60, OLD: 60 });
    expect((await workspace.run([...approved, "--exclude", "api", "--allow-deletes", "9"])).code).toBe(0);
    expect(intervalsOn(workspace)).toEqual({ API: 90, WEB: 90, OLD: 60 });
  });

  it("are marked in the document too", async () => {
    const { run } = await openWorkspace(configOf({ api: 60, web: 60 }));
    const document = readDocument(await run(["plan", "--exclude", "web", "--format", "json"]));
    expect(document).toMatchObject({ isPartial: true, summary: { create: 1 } });
  });

  it.each([
    [["--select", "nothing"], 'no declared entity matches "nothing"'],
    [["--exclude", "monitor/apy"], 'no declared entity matches "monitor/apy"'],
    [["--select", "api", "--select", "tag/*"], 'no declared entity matches "tag/*"'],
    [["--select", "api", "--exclude", "*"], "leave nothing to look at"],
  ])("that match nothing are a mistake: %j", async (flags, message) => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    for (const command of [["plan"], approved]) {
      const { code, stderr } = await run([...command, ...flags]);
      expect(code).toBe(64);
      expect(stderr).toContain(message);
    }
    expect(kuma.faults.writeCount).toBe(0);
  });
});

describe("removals", () => {
  it("--no-deletes keeps objects that are no longer declared, and counts them", async () => {
    const workspace = await openApplied({ api: 60, old: 60 }, { api: 90 });
    const { code, stdout } = await workspace.run([...approved, "--no-deletes"]);
    expect(code).toBe(0);
    expect(stdout).toContain("1 kept although no longer declared");
    expect(intervalsOn(workspace)).toEqual({ API: 90, OLD: 60 });
  });

  it("--allow-deletes consents to that many and no more", async () => {
    const workspace = await openApplied({ api: 60, old: 60, older: 60 }, { api: 60 });
    expect((await workspace.run([...approved, "--allow-deletes", "1"])).code).toBe(5);
    expect((await workspace.run([...approved, "--allow-deletes", "2"])).code).toBe(0);
    expect(namesOn(workspace.kuma)).toEqual(["API"]);
  });

  it("--allow-deletes with the number consents to many deletes at once; --allow-bulk to many updates", async () => {
    const old = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`old${index}`, 60]));
    const workspace = await openApplied({ api: 60, ...old }, { api: 60 });
    const refused = await workspace.run([...approved, "--allow-deletes", "11"]);
    expect(refused.code).toBe(5);
    expect(refused.stdout).toMatch(
      /limit is 5 \[KS4011\]\n.*\n {2}What you can do:\n(?: {4}.*\n)*? {4}--allow-deletes 12 /u,
    );
    expect((await workspace.run([...approved, "--allow-deletes", "12"])).code).toBe(0);
    expect(namesOn(workspace.kuma)).toEqual(["API"]);
    workspace.write(configOf(Object.fromEntries(["api", ...Object.keys(old)].map((key) => [key, 60]))));
    await workspace.run(approved);
    workspace.write(configOf(Object.fromEntries(["api", ...Object.keys(old)].map((key) => [key, 90]))));
    expect((await workspace.run([...approved, "--allow-deletes", "12"])).code).toBe(5);
    expect((await workspace.run([...approved, "--allow-bulk"])).code).toBe(0);
  });

  it("--not-renamed treats an apparent rename as delete plus create", async () => {
    const workspace = await openApplied({ api: 60 }, {});
    const renamed = configOf({ api: 60 }).replace("  api:", "  checkout:");
    workspace.write(renamed);
    const refused = await workspace.run([...approved, "--allow-deletes", "1"]);
    expect(refused.code).toBe(5);
    expect(refused.stdout).toContain("`moved: [{ from: monitor/api, to: monitor/checkout }]`");
    expect((await workspace.run([...approved, "--allow-deletes", "1", "--not-renamed"])).code).toBe(0);
    expect([...workspace.kuma.monitors.keys()]).toEqual([2]);
  });
});

describe("--takeover", () => {
  it("takes over objects of another project only with the flag", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60 }));
    await run(approved);
    write(configOf({ api: 90 }).replace("project: shop", "project: bank").replace("interval", "adopt: 1, interval"));
    const refused = await run(approved);
    expect(refused.code).toBe(5);
    expect(refused.stdout).toContain("[KS4010]");
    expect(refused.stdout).toContain("--takeover");
    const taken = await run([...approved, "--takeover"]);
    expect(taken.code).toBe(0);
    expect(taken.stdout).toContain("was shop/api of another project, history kept");
    expect([...kuma.monitors.keys()]).toEqual([1]);
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
  });
});

describe("--on-error", () => {
  it.each([
    ["continue", ["B", "C"]],
    ["stop", []],
  ])("%s", async (how, made) => {
    // The server refuses the first: a status code that it does not take never gets past our own checks.
    const { run, kuma } = await openWorkspace(configOf({ a: 60, b: 60, c: 60 }), { version: "1.23.17" });
    kuma.faults.refuse("add", 1);
    const ended = await run([...approved, "--on-error", how, "--format", "json"]);
    expect(ended.code).toBe(4);
    expect(namesOn(kuma)).toEqual(made);
    const outcomes = readDocument(ended)["outcomes"] as readonly {
      readonly result: string;
      readonly because?: string;
    }[];
    const rest = outcomes.filter(({ result }) => result !== "failed");
    expect(new Set(rest.map(({ result, because }) => because ?? result))).toEqual(
      new Set([how === "stop" ? "stopped" : "done"]),
    );
  });
});
