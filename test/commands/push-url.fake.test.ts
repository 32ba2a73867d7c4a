import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocument } from "./documents.ts";
import { configOf, openWorkspace, type Workspace } from "./workspace.ts";

const [backupToken, reportToken] = ["b4ckup-t0ken-0123456789", "r3port-t0ken-0123456789"];
const yaml = `version: 1
project: shop
monitors:
  backup: { name: Nightly backup, type: push, interval: 1d, pushToken: "\${env:BACKUP_PUSH_TOKEN}", notifications: [] }
  report: { name: Report, type: push, interval: 1d, pushToken: ${reportToken}, notifications: [] }
  web: { name: Web, type: http, url: "https://web.example", notifications: [] }
`;
const env = { BACKUP_PUSH_TOKEN: backupToken };

async function openApplied(text = yaml): Promise<Workspace> {
  const workspace = await openWorkspace(text);
  expect((await workspace.run(["apply", "--auto-approve"], { env })).code).toBe(0);
  return workspace;
}

describe("push-url", () => {
  it("prints only the address for one key, without the secrets of the configuration", async () => {
    const { run, kuma } = await openApplied();
    const ended = await run(["push-url", "backup"]);
    expect(ended).toMatchObject({ code: 0, stdout: `${kuma.url}/api/push/${backupToken}\n`, stderr: "" });
    expect((await run(["push-url", "Report", "--format", "full"])).stdout).toBe(
      `${kuma.url}/api/push/${reportToken}?status=up&msg=OK&ping=\n`,
    );
  });

  it("prints all of the project with their keys, and as variables", async () => {
    const { run, kuma } = await openApplied();
    kuma.seedMonitor({ name: "By hand", type: "push", pushToken: "by-hand" });
    const base = `${kuma.url}/api/push`;
    expect((await run(["push-url"])).stdout).toBe(
      `monitor/backup  ${base}/${backupToken}\nmonitor/report  ${base}/${reportToken}\n`,
    );
    expect((await run(["push-url", "b*", "monitor/report", "--format", "env"])).stdout).toBe(
      `BACKUP_PUSH_URL=${base}/${backupToken}\nREPORT_PUSH_URL=${base}/${reportToken}\n`,
    );
    expect((await run(["push-url", "backup", "--format", "sh"])).stdout).toBe(
      `export BACKUP_PUSH_URL='${base}/${backupToken}'\n`,
    );
    expect(readDocument(await run(["push-url", "--format", "json"]))).toMatchObject({
      ok: true,
      project: "shop",
      pushUrls: [{ key: "monitor/backup", name: "Nightly backup", url: `${base}/${backupToken}` }, {}],
    });
  });

  it("uses the primary base URL, and nothing in it leaves the quotes of a shell", async () => {
    const { run } = await openApplied(`${yaml}settings: { primaryBaseURL: "https://status.example/it's$(id)/" }\n`);
    expect((await run(["push-url", "report", "--format", "sh"])).stdout).toBe(
      `export REPORT_PUSH_URL='https://status.example/it%27s%24(id)/api/push/${reportToken}'\n`,
    );
  });

  it("writes a file that only its owner can read, and replaces one only with --overwrite", async () => {
    const { run, kuma, folder } = await openApplied();
    const file = join(folder, "push.env");
    const args = ["push-url", "report", "--format", "env", "--out", "push.env"];
    expect(await run(args)).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "Wrote 1 address to push.env, readable only by you.\n",
    });
    expect(readFileSync(file, "utf8")).toBe(`REPORT_PUSH_URL=${kuma.url}/api/push/${reportToken}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    writeFileSync(file, "mine", { mode: 0o644 });
    const refused = await run(args);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('"push.env" exists and was left as it is');
    expect(readFileSync(file, "utf8")).toBe("mine");

    expect((await run([...args, "--overwrite"])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toContain(reportToken);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["web", '"web" has the type http', "only monitors with type: push have an address to call"],
    ["bakcup", 'no push monitor of the project on this server matches "bakcup"', 'did you mean "backup"?'],
  ])("says why %s has none", async (key, message, hint) => {
    const { run } = await openApplied();
    const ended = await run(["push-url", key]);
    expect(ended).toMatchObject({ code: 64, stdout: "" });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).toContain(hint);
  });

  it("refuses two keys that would be the same variable", async () => {
    const { run } = await openApplied(
      yaml
        .replace("  web:", "  back.up: { name: B, type: push, notifications: [] }\n  web:")
        .replace("  report:", "  back-up:"),
    );
    const ended = await run(["push-url", "--format", "env"]);
    expect(ended).toMatchObject({ code: 64, stdout: "" });
    expect(ended.stderr).toContain("BACK_UP_PUSH_URL");
  });

  it("says that nothing is there to call", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    await run(["apply", "--auto-approve"]);
    expect((await run(["push-url"])).stderr).toContain("the project has no push monitor on this server");
  });
});
