/**
 * The traps about what is done to a server: nothing unasked, nothing twice, nothing without end, and no history for
 * nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { connect } from "../../src/kuma/connect.ts";
import { readEvents } from "../../src/model/kuma-client.ts";
import { readDocument } from "../commands/documents.ts";
import { configOf, namesOn, openWorkspace, type Workspace } from "../commands/workspace.ts";
import { fakeAdmin, fakeVersions, startFakeKuma } from "../fakes/kuma-server.ts";
import { seedEverything } from "../import/one-of-everything.ts";

const approved = ["apply", "--auto-approve"];

async function openApplied(monitors: Readonly<Record<string, number>>): Promise<Workspace> {
  const workspace = await openWorkspace(configOf(monitors));
  await workspace.run(approved);
  return workspace;
}

function deletesIn({ stdout }: { readonly stdout: string }): number {
  return (JSON.parse(stdout) as { readonly summary: { readonly delete: number } }).summary.delete;
}

describe("a plan changes nothing", () => {
  it.each([
    [["plan"]],
    [["plan", "--full", "--adopt", "--out", "plan.json"]],
    [["status"]],
    [["import"]],
    [["snapshot"]],
  ])("%j sends nothing but reads", async (args) => {
    const { run, write, kuma } = await openApplied({ api: 60, old: 60 });
    write(configOf({ api: 90, fresh: 60 }));
    const before = kuma.log.length;
    expect((await run(args)).code).toBe(0);
    const allowed = new Set<string>([...readEvents, "login", "loginByToken", "needSetup"]);
    const sent = kuma.log.slice(before).map(({ event }) => event);
    expect(sent).not.toEqual([]);
    expect(sent.filter((event) => !allowed.has(event))).toEqual([]);
  });
});

describe("what was applied is not a difference", () => {
  it.each(fakeVersions)(
    "every type of every kind, made from nothing on %s",
    async (version) => {
      const source = await startFakeKuma({ version });
      onTestFinished(() => source.close());
      const client = await connect({ url: source.url, credentials: { type: "password", ...fakeAdmin } });
      const { count } = await seedEverything(client);
      await client.close();
      const { run, folder, kuma } = await openWorkspace("", { version });
      const from = { env: { KUMA_SYNC_URL: source.url } };
      const args = ["import", "--project", "shop", "--no-adopt", "--out", "all.yaml", "--secrets-file", "all.env"];
      expect((await run(args, from)).code).toBe(0);
      // The values do not matter here, but that they are such as the fields take.
      const lines = readFileSync(join(folder, "all.env"), "utf8").matchAll(/^(\w+)=(?:'((?:[^']|'\\'')*)'|(.*))$/gmu);
      const env = Object.fromEntries([...lines].map(([, name, quoted, plain]) => [name, quoted ?? plain ?? ""]));
      const applied = await run([...approved, "-f", "all.yaml", "--format", "json"], { env });
      expect(readDocument(applied)).toMatchObject({ result: "applied", verification: { state: "converged" } });
      expect(count).toBeGreaterThan(kuma.monitors.size);
      const again = await run(["plan", "-f", "all.yaml", "--detailed-exitcode"], { env });
      expect([again.code, again.stdout.startsWith("No changes.")]).toEqual([0, true]);
    },
    60_000,
  );
});

describe("nothing goes before what replaces it is there", () => {
  // The markers and the ledger are writes too; the last numbers are beyond the end.
  it.each(Array.from({ length: 9 }, (_, index) => [index + 1]))("cut off at write %i", async (nth) => {
    const { run, write, kuma } = await openApplied({ api: 60, old: 60, older: 60 });
    write(configOf({ api: 90, fresh: 60, new: 60 }));
    const flags = ["--allow-deletes", "2", "--not-renamed"];
    kuma.faults.atWrite(nth, "disconnectBefore");
    await run([...approved, ...flags]);
    kuma.faults.clear();
    const names = namesOn(kuma);
    expect(names).toContain("API");
    const isDeleting = !names.includes("OLD") || !names.includes("OLDER");
    expect(names).toEqual(expect.arrayContaining(isDeleting ? ["FRESH", "NEW"] : ["OLD", "OLDER"]));
    expect((await run([...approved, ...flags])).code).toBe(0);
    expect(namesOn(kuma)).toEqual(["API", "FRESH", "NEW"]);
    expect(kuma.monitors.get(1)).toMatchObject({ name: "API", interval: 90 });
  });
});

describe("protection does not go with the block that asked for it", () => {
  it("a protected monitor that is no longer declared is not deleted, whatever flags are given", async () => {
    const { run, write, kuma } = await openWorkspace(
      configOf({ api: 60 }).replace("timeout", "protect: true, timeout"),
    );
    await run(approved);
    write(configOf({ web: 60 }));
    const consent = ["--allow-deletes", "9", "--allow-bulk", "--allow-empty", "--not-renamed"];
    for (const command of [approved, ["destroy", "--confirm", `shop@${new URL(kuma.url).host}`]]) {
      const flags = command === approved ? consent : [];
      const { code, stdout } = await run([...command, ...flags]);
      expect([code, stdout.includes("[KS4002]")]).toEqual([5, true]);
    }
    expect(namesOn(kuma)).toEqual(["API"]);
  });
});

describe("a rename is not a delete and a create", () => {
  it.each<[string, (workspace: Workspace) => void]>([
    ["the display name", ({ write }) => write(configOf({ api: 60 }).replace("name: API", "name: Checkout"))],
    [
      "the group",
      ({ write }) =>
        write(`${configOf({ api: 60 }).replace("timeout", "parent: edge, timeout")}  edge: { type: group }\n`),
    ],
    [
      "the file",
      ({ write, folder }) => {
        write("version: 1\nproject: shop\n");
        writeFileSync(join(folder, "more.yaml"), configOf({ api: 60 }).replace("version: 1\nproject: shop\n", ""));
      },
    ],
    ["the address", ({ write }) => write(configOf({ api: 60 }).replace("api.example", "checkout.example"))],
    [
      "the key, with moved",
      ({ write }) =>
        write(configOf({ api: 60 }, "moved: [{ from: monitor/api, to: monitor/b }]\n").replace("  api:", "  b:")),
    ],
  ])("of %s", async (_name, rename) => {
    const workspace = await openApplied({ api: 60 });
    rename(workspace);
    const files = ["-f", "."];
    expect(deletesIn(await workspace.run(["plan", ...files, "--format", "json"]))).toBe(0);
    expect((await workspace.run([...approved, ...files])).code).toBe(0);
    expect(workspace.kuma.monitors.has(1)).toBe(true);
  });

  it("of the key alone is pointed out, with the lines to paste", async () => {
    const { run, write, kuma } = await openApplied({ api: 60 });
    write(configOf({ api: 60 }).replace("  api:", "  checkout:"));
    const { code, stdout } = await run([...approved, "--allow-deletes", "1"]);
    expect([code, kuma.monitors.has(1)]).toEqual([5, true]);
    expect(stdout).toContain("moved: [{ from: monitor/api, to: monitor/checkout }]");
  });
});

interface Refusal {
  readonly before: string;
  readonly after: string;
  readonly flag: string;
  /** What to write in the configuration instead. */
  readonly setting: RegExp;
  readonly prepare?: (workspace: Workspace) => void;
}

const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`m${index}`, 60]));
const manyLater = Object.fromEntries(Object.keys(many).map((key) => [key, 90]));

const refusals: Readonly<Record<string, Refusal>> = {
  "a delete": {
    before: configOf({ api: 60, old: 60 }),
    after: configOf({ api: 60 }),
    flag: "--allow-deletes 1",
    setting: /onRemove: pause/u,
  },
  "many deletes": {
    before: configOf({ api: 60, ...many }),
    after: configOf({ api: 60 }),
    flag: "--allow-bulk",
    setting: /policy: \{ maxDeletes: 12 \}/u,
  },
  "many updates": {
    before: configOf(many),
    after: configOf(manyLater),
    flag: "--allow-bulk",
    setting: /policy: \{ maxUpdatePercent: 100 \}/u,
  },
  "an empty configuration": {
    before: configOf({ api: 60 }),
    after: configOf({}),
    flag: "--allow-empty",
    setting: /`project:`/u,
  },
  "a rename": {
    before: configOf({ api: 60 }),
    after: configOf({ api: 60 }).replace("  api:", "  b:"),
    flag: "--not-renamed",
    setting: /`moved: \[\{ from: monitor\/api, to: monitor\/b \}\]`/u,
  },
  "a name that is taken": {
    before: configOf({}),
    after: configOf({ api: 60 }),
    flag: "--adopt",
    setting: /adopt:/u,
    prepare: ({ kuma }) => kuma.seedMonitor({ name: "API", type: "http", url: "https://b.example", interval: 60 }),
  },
  "another project's object": {
    before: configOf({ api: 60 }),
    after: configOf({ api: 90 }).replace("project: shop", "project: bank").replace("timeout", "adopt: 1, timeout"),
    flag: "--takeover",
    setting: /adopt|name/u,
  },
  "a protected object": {
    before: configOf({ api: 60 }).replace("timeout", "protect: true, timeout"),
    after: configOf({ web: 60 }),
    flag: "--no-deletes",
    setting: /`protect: false`/u,
  },
};

describe("a refusal names the flag and the setting that lift it", () => {
  it.each(Object.entries(refusals))("%s", async (_name, { before, after, flag, setting, prepare }) => {
    const workspace = await openWorkspace(before);
    const { run, write } = workspace;
    await run([...approved, "--allow-empty"]);
    prepare?.(workspace);
    write(after);
    for (const format of ["human", "json", "markdown"]) {
      const { code, stdout } = await run([...approved, "--format", format]);
      expect(code).toBe(5);
      expect(stdout).toContain(flag);
      expect(stdout.replaceAll("\\", "")).toMatch(setting);
    }
  });

  it.each([
    ["stdin is no terminal", [], {}],
    ["--no-input is given", ["--no-input"], { answers: ["yes"] }],
    ["CI is set", [], { answers: ["yes"], env: { CI: "true" } }],
  ])("nobody is there to be asked: %s", async (_name, flags, fake) => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    const { code, stderr, questions } = await run(["apply", ...flags], fake);
    expect([code, questions, kuma.monitors.size]).toEqual([5, [], 0]);
    expect(stderr).toContain("--auto-approve");
  });
});

describe("what GitHub cuts off is kept short", () => {
  it("5,000 changes fit into a comment, a summary and ten annotations of a level", async () => {
    const monitors = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`m${index}`, 60]));
    // The time that a check may take is as long as the interval: a warning each.
    const { run, folder } = await openWorkspace(configOf(monitors).replaceAll("timeout: 10", "timeout: 60"));
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "summary.md" };
    const { code, stderr } = await run(["plan", "--report", "markdown=comment.md", "-q"], { env });
    expect(code).toBe(0);
    const bytes = (name: string): number => readFileSync(join(folder, name)).byteLength;
    expect(bytes("comment.md")).toBeLessThan(60_000);
    expect(bytes("comment.md")).toBeGreaterThan(10_000);
    expect(bytes("summary.md")).toBeLessThan(900_000);
    expect(bytes("summary.md")).toBeGreaterThan(bytes("comment.md"));
    const annotations = stderr.match(/^::warning .*$/gmu) ?? [];
    expect(annotations).toHaveLength(10);
    expect(annotations.at(-1)).toContain("4991 more");
  }, 60_000);
});

describe("an answer that is lost makes nothing twice", () => {
  it.each(fakeVersions)("of an add, on %s", async (version) => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60, web: 60 }), { version });
    kuma.faults.dropAck("add", 1);
    const { code } = await run([...approved, "--timeout", "500ms"]);
    expect(code).toBe(0);
    expect(namesOn(kuma)).toEqual(["API", "WEB"]);
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
  });
});
