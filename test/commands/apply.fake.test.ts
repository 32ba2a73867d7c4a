import { describe, expect, it } from "vitest";
import type { MonitorRow } from "../fakes/fake-state.ts";
import type { FakeVerdict } from "../fakes/kuma-server.ts";
import { readDocument } from "./documents.ts";
import { configOf, openWorkspace } from "./workspace.ts";

describe("apply", () => {
  it("makes, verifies and reports; a second run finds nothing to do", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60, web: 30 }));
    const first = await run(["apply", "--auto-approve"]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/Applied: 2 created in .*\. The server now matches the configuration\.\n$/u);
    expect(first.stderr).toMatch(/ok 2\/2 create monitor\/\w+ /u);
    expect(new Set([...kuma.monitors.values()].map((row) => row["name"]))).toEqual(new Set(["API", "WEB"]));
    const second = await run(["apply", "--auto-approve"]);
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^No changes\. 2 managed objects match .*\.\n$/u);
  });

  it("reports in JSON what it did and that nothing is left", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const document = readDocument(await run(["apply", "--auto-approve", "--format", "json"]));
    expect(document).toMatchObject({
      type: "kuma-sync.report",
      result: "applied",
      outcomes: [{ key: "monitor/api", action: "create", result: "done" }],
      verification: { state: "converged" },
    });
    expect(readDocument(await run(["apply", "--auto-approve", "--format", "json"]))["result"]).toBe("unchanged");
  });

  it("says nothing on stderr with --quiet, and more with --verbose", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    expect((await run(["apply", "--auto-approve", "-q"])).stderr).toBe("");
    expect((await run(["apply", "--auto-approve", "-v"])).stderr).toMatch(/logging in at http/u);
  });

  it("does not start when the configuration is wrong", async () => {
    const { run, kuma } = await openWorkspace(`${configOf({ api: 60 })}  web: { type: nonsense }\n`);
    const { code, stdout, stderr } = await run(["apply", "--auto-approve"]);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("[KS1206]");
    expect(kuma.log).toEqual([]);
    expect(readDocument(await run(["apply", "--format", "json"]))["type"]).toBe("kuma-sync.findings");
  });

  it("a delete needs consent, and the refusal says which flag gives it", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60, old: 60 }));
    await run(["apply", "--auto-approve"]);
    write(configOf({ api: 60 }));
    const refused = await run(["apply", "--auto-approve"]);
    expect(refused.code).toBe(5);
    expect(refused.stdout).toContain("--allow-deletes 1");
    expect(refused.stderr).toContain("nothing was written");
    expect(kuma.monitors.size).toBe(2);
    const document = readDocument(await run(["apply", "--auto-approve", "--format", "json"]));
    expect(document).toMatchObject({ result: "refused", outcomes: [], blockers: [{ code: "KS4001" }] });
    expect((await run(["apply", "--auto-approve", "--allow-deletes", "1"])).code).toBe(0);
    expect(kuma.monitors.size).toBe(1);
  });

  it("takes over what was made by hand only with --adopt", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    kuma.seedMonitor({ name: "API", type: "http", url: "https://by-hand.example", interval: 60, timeout: 10 });
    expect((await run(["apply", "--auto-approve"])).code).toBe(5);
    expect((await run(["apply", "--auto-approve", "--adopt"])).code).toBe(0);
    expect(kuma.monitors.size).toBe(1);
  });
});

describe("consent", () => {
  it("is asked of a person, and only yes is a yes", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    for (const answer of ["y", "no", "YES", ""]) {
      const { code, stderr } = await run(["apply"], { answers: [answer] });
      expect([code, kuma.monitors.size]).toEqual([5, 0]);
      expect(stderr).toContain("nothing was written");
    }
    const { code, questions } = await run(["apply"], { answers: ["yes"] });
    expect(code).toBe(0);
    expect(questions).toHaveLength(1);
    expect(kuma.monitors.size).toBe(1);
  });

  it("to deletes is given with the names of what is lost before the eyes", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60, old: 60, older: 60 }));
    await run(["apply", "--auto-approve"]);
    write(configOf({ api: 60 }));
    const { code, stdout, questions } = await run(["apply"], { answers: ["yes"] });
    expect(code).toBe(0);
    expect(questions[0]).toMatch(
      /deletes 2 objects.*permanently erases its history:\n.*monitor\/old .*\n.*monitor\/older /su,
    );
    expect(stdout).not.toContain("BLOCKED");
    expect(kuma.monitors.size).toBe(1);
  });

  it("shows the plan before the question also in JSON format, where stdout is for the document", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    const ended = await run(["apply", "--format", "json"], { answers: ["yes"] });
    expect(ended.stderr).toContain("+ monitor/api");
    expect(readDocument(ended)["result"]).toBe("applied");
  });
});

function webIsDown({ name }: MonitorRow): FakeVerdict {
  return name === "WEB" ? { status: 0, msg: "ECONNREFUSED" } : { status: 1, msg: "200 - OK" };
}

describe("apply --wait", () => {
  it("is done when every new monitor is up", async () => {
    const { run } = await openWorkspace(configOf({ api: 60, web: 60 }));
    const { code, stdout } = await run(["apply", "--auto-approve", "--wait", "10s"]);
    expect(code).toBe(0);
    expect(stdout).toContain("All 2 new monitors are up.");
  });

  it("exits 9 when one is not, and says what it says", async () => {
    const { run } = await openWorkspace(configOf({ api: 60, web: 60 }), { verdict: webIsDown });
    const ended = await run(["apply", "--auto-approve", "--wait", "200ms"]);
    expect(ended.code).toBe(9);
    expect(ended.stdout).toMatch(/DOWN +WEB +monitor\/web +ECONNREFUSED/u);
    expect(ended.stdout).toContain("1 of 2 new monitors is up after");
  });

  it("has the first heartbeats in the document", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }), { verdict: () => undefined });
    const ended = await run(["apply", "--auto-approve", "--wait", "50ms", "--format", "json"]);
    expect(ended.code).toBe(9);
    expect(readDocument(ended)).toMatchObject({
      result: "not-up",
      firstHeartbeats: [{ key: "monitor/api", state: "none" }],
    });
  });
});

describe("interruption", () => {
  it("finishes the write in flight, skips the rest, and tells which", async () => {
    const monitors = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`m${index}`, 60]));
    const { run, kuma } = await openWorkspace(configOf(monitors), { version: "1.23.17" });
    const ended = await run(["apply", "--auto-approve", "--format", "json"], {
      onStderr: (text, interrupt) => {
        if (text.includes("ok  1/30")) interrupt("SIGTERM");
      },
    });
    expect(ended.code).toBe(143);
    const document = readDocument(ended);
    const outcomes = document["outcomes"] as readonly { readonly result: string }[];
    const done = outcomes.filter(({ result }) => result === "done").length;
    expect(document["result"]).toBe("interrupted");
    expect(outcomes).toHaveLength(30);
    expect(done).toBeLessThan(30);
    expect(kuma.monitors.size).toBe(done);
  });
});
