import { describe, expect, it } from "vitest";
import { readDocument } from "./documents.ts";
import { configOf, openWorkspace } from "./workspace.ts";

describe("plan", () => {
  it("shows what would be created, and creates nothing", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    const { code, stdout, stderr } = await run(["plan"]);
    expect(code).toBe(0);
    expect(stdout).toContain('  + monitor/api  "API"  monitors.yaml:4\n');
    expect(stdout).toContain("\nPlan: 1 to create.\n");
    expect(stderr).toMatch(/^note: Uptime Kuma 2\.5\.3 .*\[KS1532\].*\n$/u);
    expect(kuma.monitors.size).toBe(0);
  });

  it("reports errors of the files after a connection was opened, and closes it", async () => {
    const { run, kuma } = await openWorkspace("version: 1\nproject: shop\nmonitors: { api: { type: nothing } }\n");
    for (const phase of [undefined, "login", "lists"] as const) {
      kuma.faults.stallPhase(phase);
      const { code, stderr } = await run(["plan"]);
      expect(code).toBe(3);
      expect(stderr).toContain("KS1206");
    }
    await expect.poll(() => kuma.connections()).toBe(0);
  });

  it("logs in once, also for targets that are all on one server", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }, "targets:\n  blue: {}\n"));
    const { code, stdout } = await run(["plan"]);
    expect([code, kuma.log.filter(({ event }) => event === "login")]).toEqual([0, [expect.anything()]]);
    expect(stdout).toContain("1 to create");
  });

  it("shows a blocked delete without failing, with the flag that lifts it", async () => {
    const { run, write } = await openWorkspace(configOf({ api: 60, old: 60 }));
    await run(["apply", "--auto-approve"]);
    write(configOf({ api: 60 }));
    const blocked = await run(["plan"]);
    expect(blocked.code).toBe(0);
    expect(blocked.stdout).toContain("--allow-deletes 1");
    expect((await run(["plan", "--allow-deletes", "1"])).stdout).not.toContain("blocked");
  });

  it("shows default fields only with --full", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    expect((await run(["plan"])).stdout).toMatch(/Fields of new objects that have their default are not shown/u);
    expect((await run(["plan", "--full"])).stdout).toMatch(/\n +maxRedirects +10\n/u);
  });

  it("shows which objects it would adopt only with --adopt", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    kuma.seedMonitor({ name: "API", type: "http", url: "https://by-hand.example", interval: 60, timeout: 10 });
    expect((await run(["plan"])).stdout).toContain("--adopt takes it over");
    expect((await run(["plan", "--adopt"])).stdout).toContain("1 to adopt");
  });

  it("shows warnings on stderr, and in the document", async () => {
    const { run } = await openWorkspace(
      `${configOf({ api: 60 })}  web: { type: http, url: "https://w.example", interval: 30, timeout: 40, notifications: [] }\n`,
    );
    const human = await run(["plan"]);
    expect(human.code).toBe(0);
    expect(human.stderr).toMatch(/warning: .*\[KS1404\]/u);
    const json = await run(["plan", "--format", "json"]);
    expect(json.stderr).toBe("");
    expect(readDocument(json)["findings"]).toMatchObject([
      { severity: "warning" },
      { code: "KS1532", severity: "info" },
    ]);
  });
});

describe("validate", () => {
  it("needs no server", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60, web: 30 }));
    const { code, stdout, stderr } = await run(["validate"], { env: { KUMA_SYNC_URL: "" } });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "Valid: 2 monitors in project shop.\n", stderr: "" });
    expect(kuma.log).toEqual([]);
  });

  it("prints all findings on stdout", async () => {
    const { run } = await openWorkspace(`${configOf({ api: 60 })}  web: { type: http, intervall: 3 }\n`);
    const { code, stdout, stderr } = await run(["validate"]);
    expect(code).toBe(3);
    expect(stderr).toBe("");
    expect(stdout).toContain('did you mean "interval"?');
    expect(stdout).toMatch(/\n2 errors in monitors\.yaml\n$/u);
    expect(readDocument(await run(["validate", "--format", "json"]))).toMatchObject({ summary: { errors: 2 } });
  });

  it("reads stdin, folders, globs and variables", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }).replace("https://api", "https://${var:host}"));
    for (const path of [".", "*.yaml", "./monitors.yaml"]) {
      expect((await run(["validate", "-f", path, "--var", "host=a"])).code).toBe(0);
    }
    expect((await run(["validate", "-f", "-"], { stdin: configOf({ api: 60 }) })).code).toBe(0);
    expect((await run(["validate"])).stdout).toContain("[KS1102]");
  });
});
