import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { snapshotCommand, type SnapshotFlags } from "../../src/commands/snapshot.ts";
import { readSnapshotFile } from "../../src/workflows/planning/read-snapshot-file.ts";
import { UsageError } from "../../src/model/errors.ts";
import { exitCodeOf } from "../../src/model/exit-code.ts";
import { makePlan } from "../../src/plan/make-plan.ts";
import { desiredOf } from "../plan/builder.ts";
import { createRun } from "../../src/workflows/create-run.ts";
import { createFakeContext, type Ended } from "./fake-context.ts";
import { readDocument } from "./documents.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const usual: SnapshotFlags = { format: "human", color: "never", input: false };
const secret = "sl4ck-hook-path";
const yaml = `version: 1
project: shop
notifications: { oncall: { name: On call, type: slack, slackwebhookURL: "https://hooks.example/${secret}" } }
monitors: { api: { name: API, type: http, url: "https://api.example", notifications: [oncall] } }
`;

async function runIn({ folder, env }: Workspace, flags: Partial<SnapshotFlags> = {}): Promise<Ended> {
  const { context, written, questions } = createFakeContext({ cwd: folder, env });
  const outcome = await snapshotCommand.run(createRun(context, { ...usual, ...flags }, undefined));
  return { code: exitCodeOf(outcome), ...written, questions };
}

async function openApplied(): Promise<Workspace> {
  const workspace = await openWorkspace(yaml);
  await workspace.run(["apply", "--auto-approve"]);
  return workspace;
}

describe("snapshot", () => {
  test("prints one document without secrets, the same in both formats", async () => {
    const workspace = await openApplied();
    const human = await runIn(workspace);
    const json = await runIn(workspace, { format: "json" });
    expect(human.stdout).toBe(json.stdout);
    expect(readDocument(json)).toMatchObject({
      type: "kuma-sync.snapshot",
      entities: [
        { kind: "notification", sensitive: ["/slackwebhookURL"] },
        { kind: "monitor", name: "API" },
        { kind: "settings", sensitive: ["/steamAPIKey", "/globalpingApiToken"] },
      ],
    });
    expect(human.stdout + human.stderr).not.toContain(secret);
  });

  test("writes a file for plan --against, over an older one", async () => {
    const workspace = await openApplied();
    const file = join(workspace.folder, "snap.json");
    writeFileSync(file, "older");
    const { stdout } = await runIn(workspace, { out: "snap.json" });
    expect(stdout).toBe("Written: snap.json, 3 objects without their secrets.\n");
    expect(readFileSync(file, "utf8")).not.toContain(secret);
    const observed = await readSnapshotFile({ context: { cwd: workspace.folder } }, "snap.json");
    const options = { adopt: false, allowDeletes: 2, allowEmpty: true };
    const plan = makePlan({ desired: desiredOf(), observed, options });
    expect(plan.steps.map(({ action, key }) => `${action} ${key}`)).toEqual([
      "delete monitor/api",
      "delete notification/oncall",
    ]);
  });

  test("notes that the ledger is missing while two projects share the server", async () => {
    const workspace = await openApplied();
    workspace.write(yaml.replace("project: shop", "project: blog").replaceAll("name: API", "name: Blog"));
    await workspace.run(["apply", "--auto-approve"]);
    const { stderr } = await runIn(workspace, { out: "snap.json" });
    expect(stderr).toContain("no ledger goes along: blog and shop share the server; name one with --project");
    expect((await readSnapshotFile({ context: { cwd: workspace.folder } }, "snap.json")).ledger.state).toBe("absent");
    const named = await runIn(workspace, { out: "snap.json", project: "shop" });
    expect(named.stderr).not.toContain("ledger");
    expect((await readSnapshotFile({ context: { cwd: workspace.folder } }, "snap.json")).ledger.state).toBe("known");
  });

  test.each([
    ["missing.json", undefined, "there is no such file"],
    ["text.json", "no json", "it is not JSON"],
    ["plan.json", '{ "type": "kuma-sync.plan" }', '/type must be "kuma-sync.snapshot"'],
  ])("reading %s says what is wrong with it", async (name, text, message) => {
    const { folder: cwd } = await openWorkspace(yaml);
    if (text !== undefined) writeFileSync(join(cwd, name), text);
    const reading = readSnapshotFile({ context: { cwd } }, name);
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(message);
  });
});
