/** A plan for those who may not have credentials: made against a file. */
import { describe, expect, it } from "vitest";
import { readDocument } from "../../commands/documents.ts";
import { configOf, openWorkspace, type Workspace } from "../../commands/workspace.ts";

const none = { KUMA_SYNC_URL: "", KUMA_SYNC_USERNAME: "", KUMA_SYNC_PASSWORD: "" };

async function openPictured(): Promise<Workspace> {
  const workspace = await openWorkspace(configOf({ api: 60, old: 60 }));
  await workspace.run(["apply", "--auto-approve"]);
  expect((await workspace.run(["snapshot", "--out", "snapshot.json"])).code).toBe(0);
  return workspace;
}

/** A snapshot does not tell what a delete would erase. */
function withoutHistory(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, member: unknown) => (name === "history" ? undefined : member)));
}

describe("plan --against", () => {
  it("prints what a plan on the server would print", async () => {
    const { run, write } = await openPictured();
    write(configOf({ api: 90, fresh: 60 }));
    const flags = ["--format", "json", "--not-renamed"];
    const there = readDocument(await run(["plan", ...flags]));
    const here = readDocument(await run(["plan", ...flags, "--against", "snapshot.json"], { env: none }));
    expect(here["steps"]).toEqual(withoutHistory(there["steps"]));
    expect(here["server"]).toEqual(there["server"]);
  });

  it("makes no connection, whatever the environment variables are", async () => {
    const { run, kuma } = await openPictured();
    const before = kuma.log.length;
    const { code, stdout } = await run(["plan", "--against", "snapshot.json", "--detailed-exitcode"]);
    expect([code, kuma.log.length]).toEqual([0, before]);
    expect(stdout).toMatch(/^No changes\./u);
  });

  it("requires a target when there are several", async () => {
    const { run, write } = await openPictured();
    const two = 'targets: { a: { url: "http://a.example" }, b: { url: "http://b.example" } }\n';
    write(configOf({ api: 60, old: 60 }, two));
    const args = ["plan", "--against", "snapshot.json"];
    expect((await run(args, { env: none })).code).toBe(64);
    expect((await run([...args, "--target", "a"], { env: none })).code).toBe(0);
  });

  it.each([
    ["monitors.yaml", '"monitors.yaml" is not a snapshot: it is not JSON'],
    ["nothing.json", 'cannot read "nothing.json": there is no such file'],
  ])("is a mistake with %s", async (file, why) => {
    const { run } = await openPictured();
    const { code, stderr } = await run(["plan", "--against", file], { env: none });
    expect(code).toBe(64);
    expect(stderr).toContain(`${why}\n help: make one with kuma-sync snapshot --out FILE`);
  });
});
