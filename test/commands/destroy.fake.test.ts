import { describe, expect, it } from "vitest";
import { readDocument } from "./documents.ts";
import { namesOn, openWorkspace, type Workspace } from "./workspace.ts";

const yaml = `version: 1
project: shop
tags: { team: { color: "#2563EB" } }
notifications: { oncall: { name: On call, type: slack, slackwebhookURL: "https://hooks.example/x" } }
monitors:
  edge: { name: Edge, type: group }
  api: { name: API, type: http, url: "https://api.example", parent: edge, notifications: [oncall], tags: [team] }
  old: { name: Old, type: ping, hostname: old.example, onRemove: pause }
`;

function withoutOld(text: string): string {
  return text.replace(/^ {2}old: .*\n/mu, "");
}

/** Applied, with one that was paused when it went, one of another project, and one of nobody. */
async function openOccupied(): Promise<Workspace> {
  const workspace = await openWorkspace(yaml);
  await workspace.run(["apply", "--auto-approve"]);
  workspace.write(withoutOld(yaml));
  await workspace.run(["apply", "--auto-approve"]);
  workspace.write("version: 1\nproject: bank\nmonitors: { vault: { name: Vault, type: group } }\n");
  await workspace.run(["apply", "--auto-approve"]);
  workspace.kuma.seedMonitor({ name: "By hand", type: "http", url: "https://by-hand.example", interval: 60 });
  workspace.write(withoutOld(yaml));
  return workspace;
}

function tokenOf({ kuma }: Workspace): string {
  return `shop@${new URL(kuma.url).host}`;
}

describe("destroy", () => {
  it.each([
    ["nobody to ask", []],
    ["another project", ["--confirm", "bank@127.0.0.1"]],
    ["only the project", ["--confirm", "shop"]],
    ["an empty text", ["--confirm", ""]],
  ])("writes nothing with %s for its consent, and says what it wants", async (_name, flags) => {
    const workspace = await openOccupied();
    const before = workspace.kuma.faults.writeCount;
    const { code, stderr, questions } = await workspace.run(["destroy", ...flags]);
    expect([code, questions]).toEqual([5, []]);
    expect(stderr).toContain("nothing was deleted");
    expect(stderr).toContain(`give --confirm ${tokenOf(workspace)}`);
    expect(workspace.kuma.faults.writeCount).toBe(before);
  });

  it("deletes all that is ours, also what was paused when it went, and nothing else", async () => {
    const workspace = await openOccupied();
    const { kuma, run } = workspace;
    expect(namesOn(kuma)).toEqual(["API", "By hand", "Edge", "Old", "Vault"]);
    const ended = await run(["destroy", "--confirm", tokenOf(workspace)]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/ - monitor\/old .*\n +would erase /u);
    expect(namesOn(kuma)).toEqual(["By hand", "Vault"]);
    expect(kuma.notifications.size).toBe(0);
    // Tags are everybody's; the marker of the other project is one.
    expect([...kuma.tags.values()].map(({ name }) => name).toSorted()).toEqual(["kuma-sync", "team"]);
    const again = await run(["destroy", "--confirm", tokenOf(workspace)]);
    expect([again.code, again.stdout.startsWith("No changes.")]).toEqual([0, true]);
  });

  it("asks a person for both names", async () => {
    const workspace = await openOccupied();
    const { run, kuma } = workspace;
    for (const answer of ["yes", "shop", ""]) {
      expect((await run(["destroy"], { answers: [answer] })).code).toBe(5);
    }
    expect(namesOn(kuma)).toContain("API");
    const { code, questions } = await run(["destroy"], { answers: [tokenOf(workspace)] });
    expect(code).toBe(0);
    expect(questions).toEqual([expect.stringContaining(`Type ${tokenOf(workspace)} to continue`)]);
    expect(namesOn(kuma)).toEqual(["By hand", "Vault"]);
  });

  it("is stopped by what is protected, whole", async () => {
    const workspace = await openOccupied();
    const { run, write, kuma } = workspace;
    write(withoutOld(yaml).replace("Edge, type: group", "Edge, type: group, protect: true"));
    await run(["apply", "--auto-approve"]);
    const ended = await run(["destroy", "--confirm", tokenOf(workspace)]);
    expect(ended.code).toBe(5);
    expect(ended.stdout).toContain("monitor/edge is protected [KS4002]");
    // Flags that destroy does not have would send the reader in a circle.
    expect(ended.stdout).not.toContain("--no-deletes");
    expect(namesOn(kuma)).toContain("API");
  });

  it("reports as an apply does", async () => {
    const workspace = await openOccupied();
    const refused = readDocument(await workspace.run(["destroy", "--format", "json"]));
    expect(refused).toMatchObject({ type: "kuma-sync.report", result: "refused", outcomes: [] });
    const args = ["destroy", "--confirm", tokenOf(workspace), "--format", "json"];
    const done = readDocument(await workspace.run(args));
    expect(done).toMatchObject({ result: "applied", verification: { state: "converged" } });
  });

  it("wants a configuration without errors, and one server", async () => {
    const { run, write, kuma } = await openOccupied();
    write("version: 1\nproject: shop\nmonitors: { api: { type: nonsense } }\n");
    expect((await run(["destroy", "--confirm", "x"])).code).toBe(3);
    write(`version: 1\nproject: shop\ntargets: { a: { url: ${kuma.url} }, b: { url: "http://127.0.0.1:1" } }\n`);
    const undecided = await run(["destroy", "--confirm", "x"]);
    expect([undecided.code, undecided.stderr.includes("--target a, --target b")]).toEqual([64, true]);
    for (const flags of [["--all-targets"], ["--target", "a", "--target", "b"]]) {
      expect((await run(["destroy", "--confirm", "x", ...flags])).code).toBe(64);
    }
    expect(namesOn(kuma)).toContain("API");
  });
});
