/** What a configuration says of how objects come, change and go, end to end. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configOf, namesOn, openWorkspace } from "../../commands/workspace.ts";

const approved = ["apply", "--auto-approve"];
const byHand = { name: "By hand", type: "http", url: "https://api.example", interval: 60, timeout: 10 };

/** `api` with more fields, and whatever else. */
function withApi(fields: string, head = ""): string {
  return `version: 1\nproject: shop\n${head}monitors:\n  api: { name: API, type: http, url: "https://api.example", timeout: 10, ${fields} }\n`;
}

const nothing = "version: 1\nproject: shop\nmonitors: { web: { type: group } }\n";

describe("protect", () => {
  it("still applies after its block is removed, and takes two applies to lift", async () => {
    const { run, write, kuma } = await openWorkspace(withApi("interval: 60, protect: true"));
    await run(approved);
    write(nothing);
    const consent = ["--allow-deletes", "9", "--allow-bulk", "--allow-empty", "--not-renamed"];
    const refused = await run([...approved, ...consent]);
    expect(refused.code).toBe(5);
    expect(refused.stdout).toContain("protect: false");
    expect(namesOn(kuma)).toEqual(["API"]);
    write(withApi("interval: 60, protect: false"));
    expect((await run(approved)).code).toBe(0);
    write(nothing);
    expect((await run([...approved, ...consent])).code).toBe(0);
    expect(namesOn(kuma)).toEqual(["web"]);
  });
});

describe("moved", () => {
  it("keeps the object and its history under another key, once", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60 }));
    await run(approved);
    const renamed = configOf({ api: 60 }, "moved: [{ from: monitor/api, to: monitor/checkout }]\n");
    write(renamed.replace("  api:", "  checkout:"));
    const moved = await run(approved);
    expect(moved.code).toBe(0);
    expect(moved.stdout).toContain("was monitor/api, history kept");
    expect([...kuma.monitors.keys()]).toEqual([1]);
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
  });
});

describe("onRemove", () => {
  it("pause: the monitor stays with its history, and comes back with its key", async () => {
    const { run, write, kuma } = await openWorkspace(withApi("interval: 60, onRemove: pause"));
    await run(approved);
    write(nothing);
    const gone = await run(approved);
    expect(gone.code).toBe(0);
    expect(gone.stdout).toContain("1 paused");
    expect(kuma.monitors.get(1)).toMatchObject({ name: "API", active: 0 });
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
    write(withApi("interval: 60, onRemove: pause"));
    expect((await run([...approved, "--allow-deletes", "1"])).code).toBe(0);
    expect(kuma.monitors.get(1)).toMatchObject({ name: "API", active: 1 });
    expect(namesOn(kuma)).toEqual(["API"]);
  });

  it("release: the monitor stays as it is and becomes unmanaged", async () => {
    const { run, write, kuma } = await openWorkspace(withApi("interval: 60, onRemove: release"));
    await run(approved);
    write(nothing);
    const released = await run(approved);
    expect(released.code).toBe(0);
    expect(released.stdout).toContain("1 released");
    expect(kuma.monitors.get(1)).toMatchObject({ name: "API", active: 1 });
    const { stdout } = await run(["plan"]);
    expect(stdout).toMatch(/^No changes\. 1 managed object matches/u);
  });
});

describe("a lifecycle key is a change", () => {
  const plain = withApi("interval: 60");
  const gone = "version: 1\nproject: shop\nmonitors: { web: { type: group } }\n";

  it("the recipe of KS4001: put it back with onRemove, apply, take it out", async () => {
    const { run, write, kuma } = await openWorkspace(plain);
    await run(approved);
    write(gone);
    const blocked = await run(["plan"]);
    expect(blocked.stdout).toContain("put them back with `onRemove: pause`");
    write(withApi("interval: 60, onRemove: pause"));
    const plan = await run(["plan", "--detailed-exitcode"]);
    expect(plan.code).toBe(2);
    expect(plan.stdout).toMatch(/onRemove\s+"delete" (?:→|->) "pause"/u);
    const writes = kuma.log.length;
    const applied = await run(approved);
    expect(applied.code).toBe(0);
    expect(applied.stdout).toContain("1 updated");
    const sent = kuma.log.slice(writes).map(({ event }) => event);
    expect(sent.filter((event) => /^(?:edit|add|delete|pause|resume)/u.test(event))).toEqual([]);
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
    write(gone);
    const retired = await run(approved);
    expect(retired.code).toBe(0);
    expect(retired.stdout).toContain("1 paused");
    expect(namesOn(kuma)).toContain("API");
  });

  it("is in every format", async () => {
    const { run, write, folder } = await openWorkspace(plain);
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    await run(approved);
    write(withApi("interval: 60, onRemove: release"));
    const reports = ["--report", "markdown=plan.md", "--report", "html=plan.html"];
    const { stdout } = await run(["plan", "--format", "json", ...reports]);
    expect(JSON.parse(stdout)).toMatchObject({
      steps: [{ action: "update", changes: [{ path: "/onRemove", before: "delete", after: "release" }] }],
    });
    expect(read("plan.md")).toMatch(/- onRemove: "delete"\n\+ onRemove: "release"/u);
    expect(read("plan.html")).toContain("onRemove");
    const { stdout: report } = await run([...approved, "--format", "json"]);
    expect(JSON.parse(report)).toMatchObject({ result: "applied", summary: { update: 1 } });
  });

  it.each([
    ["policy: { onRemove: pause }\n", "1 paused"],
    ["defaults: { monitor: { onRemove: release } }\n", "1 released"],
  ])("today's %j holds for what did not say it itself, applied before or not", async (head, done) => {
    const { run, write } = await openWorkspace(plain);
    await run(approved);
    write(gone.replace("monitors:", `${head}monitors:`));
    expect((await run(approved)).stdout).toContain(done);
  });

  it("the onRemove of an object counts after its block is removed; a removed policy does not", async () => {
    const policy = "policy: { onRemove: pause }\n";
    const { run, write } = await openWorkspace(withApi("interval: 60", policy));
    await run(approved);
    write(gone);
    expect((await run(approved)).code).toBe(5);
    write(withApi("interval: 60, onRemove: pause", policy));
    const plan = await run(["plan"]);
    expect(plan.stdout).toMatch(/onRemove\.from\s+"project" (?:→|->) "object"/u);
    await run(approved);
    write(gone);
    expect((await run(approved)).stdout).toContain("1 paused");
  });

  it("a hundred changes of lifecycle keys are not a bulk change", async () => {
    const monitors = Array.from({ length: 12 }, (_, index) => `  m${index}: { type: group }`).join("\n");
    const yaml = (head: string): string => `version: 1\nproject: shop\n${head}monitors:\n${monitors}\n`;
    const { run, write } = await openWorkspace(yaml(""));
    await run(approved);
    write(yaml("policy: { onRemove: pause }\n"));
    const { code, stdout } = await run(approved);
    expect(code).toBe(0);
    expect(stdout).toContain("12 updated");
  });
});

describe("ignoreChanges", () => {
  it("leaves the server's value, also when another field is written", async () => {
    const { run, write, kuma } = await openWorkspace(withApi("interval: 60, ignoreChanges: [interval]"));
    await run(approved);
    const row = kuma.monitors.get(1);
    expect(row).toMatchObject({ interval: 60 });
    if (row !== undefined) row["interval"] = 45;
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
    write(withApi("interval: 60, maxRetries: 3, ignoreChanges: [interval]"));
    expect((await run(approved)).code).toBe(0);
    expect(kuma.monitors.get(1)).toMatchObject({ interval: 45, maxretries: 3 });
  });
});

describe("adopt", () => {
  it.each([["adopt: 2"], ["adopt: { id: 2 }"], ["adopt: { name: By hand }"]])(
    "%s takes that one over, with its history",
    async (adopt) => {
      const { run, kuma } = await openWorkspace(withApi(`interval: 90, ${adopt}`));
      kuma.seedMonitor({ ...byHand, name: "API" });
      kuma.seedMonitor(byHand);
      expect((await run(approved)).code).toBe(0);
      expect([...kuma.monitors.entries()].map(([id, { name, interval }]) => [id, name, interval])).toEqual([
        [1, "API", 60],
        [2, "API", 90],
      ]);
      expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
    },
  );

  it("an object that does not exist is refused, with what to do", async () => {
    const { run, kuma } = await openWorkspace(withApi("interval: 60, adopt: { name: By hand }"));
    const { code, stdout } = await run(approved);
    expect([code, kuma.monitors.size]).toEqual([5, 0]);
    expect(stdout).toContain("[KS4012]");
    expect(stdout).toContain("What you can do:");
  });
});

/** Asks for 96 completions a day. */
function chatWith(limit: number): string {
  return [
    "version: 1",
    "project: chat",
    `limits: { completionsPerDay: ${limit} }`,
    "openWebUI:",
    "  main:",
    '    url: "http://127.0.0.1:9"',
    "    version: 0.11.0",
    '    apiKey: "${env:KEY}"',
    "    models: [gpt-4o]",
    "    completions: { gpt-4o: { interval: 15m } }",
    "",
  ].join("\n");
}

describe("limits.completionsPerDay", () => {
  it("refuses a plan with more completions, and names the setting", async () => {
    const { run, write, kuma } = await openWorkspace(chatWith(95));
    const env = { KEY: "sk-s3cret" };
    const refused = await run(approved, { env });
    expect([refused.code, kuma.monitors.size]).toEqual([5, 0]);
    expect(refused.stdout).toContain("[KS4013]");
    expect(refused.stdout).toContain("completionsPerDay: 96");
    write(chatWith(96));
    expect((await run(approved, { env })).code).toBe(0);
  });
});

describe("causes", () => {
  it("distinguish an edit on the server from one in the file", async () => {
    const { run, write, kuma } = await openWorkspace(configOf({ api: 60, web: 60 }));
    await run(approved);
    const row = kuma.monitors.get(1);
    if (row !== undefined) row["interval"] = 45;
    const edited = configOf({ api: 60, web: 90 });
    write(edited);
    const { stdout } = await run(["plan", "--format", "json"]);
    const { steps } = JSON.parse(stdout) as { steps: { key: string; changes: { cause?: string }[] }[] };
    expect(steps.map(({ key, changes }) => [key, ...changes.map(({ cause }) => cause)])).toEqual([
      ["monitor/api", "server"],
      ["monitor/web", "file"],
    ]);
    expect((await run(["plan"])).stdout).toMatch(
      /! changed on the server since the last apply\n +interval +45s -> 1m \(server\)\n/u,
    );
  });

  it("are not known without a ledger, and the plan says so", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    const first = await run(["plan"]);
    expect(first.stdout).not.toContain("ledger");
    await run(approved);
    for (const name of Object.keys(kuma.settings)) if (name.startsWith("kumaSync")) delete kuma.settings[name];
    const row = kuma.monitors.get(1);
    if (row !== undefined) row["interval"] = 45;
    const { stdout } = await run(["plan"]);
    expect(stdout).toContain("note: there is no ledger on the server yet; the next apply writes it");
    expect(stdout).not.toContain("changed on the server");
    await run(approved);
    expect((await run(["plan"])).stdout).not.toContain("ledger");
  });
});
