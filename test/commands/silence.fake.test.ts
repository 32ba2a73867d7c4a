import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { FakeKuma } from "../fakes/kuma-server.ts";
import { readDocument } from "./documents.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const yaml = `version: 1
project: shop
monitors:
  shop: { name: Shop, type: group, notifications: [] }
  web: { name: Web, type: http, url: "https://web.example", parent: shop, notifications: [] }
  web-api: { name: Web API, type: http, url: "https://api.example", parent: shop, notifications: [] }
  mail: { name: Mail, type: port, hostname: mail.example, port: 25, notifications: [] }
maintenance:
  nightly: { title: Nightly, strategy: cron, cron: "0 3 * * *", duration: 60m, monitors: [mail] }
`;

async function openApplied(): Promise<Workspace> {
  const workspace = await openWorkspace(yaml);
  expect((await workspace.run(["apply", "--auto-approve"])).code).toBe(0);
  return workspace;
}

const titles = ({ maintenances }: FakeKuma): readonly Json[] =>
  [...maintenances.values()].map(({ stored }) => stored["title"] ?? null);

describe("silence", () => {
  it("silences monitors and names what a group covers, and ends by its id", async () => {
    const { run, kuma } = await openApplied();
    const begun = await run(["silence", "shop", "--for", "20m", "--reason", "deploy 1.4", "--id", "deploy-7"]);
    expect(begun).toMatchObject({ code: 0, stderr: "" });
    expect(begun.stdout).toMatch(
      /^Silenced: monitor\/shop, monitor\/web and monitor\/web-api, until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.\nEnd it earlier with: kuma-sync silence --end deploy-7\n$/u,
    );
    expect(titles(kuma)).toEqual(["Nightly", "deploy 1.4"]);
    expect((await run(["silence", "--list"])).stdout).toMatch(
      /ID +UNTIL +STILL +MONITORS +REASON\n +deploy-7 +\S+ \S+ UTC +(?:19|20)m +monitor\/shop, monitor\/web .+ deploy 1\.4\n/u,
    );
    expect((await run(["silence", "--end", "deploy-7"])).stdout).toBe(
      "Ended: deploy-7, of monitor/shop, monitor/web and monitor/web-api.\n",
    );
    expect(titles(kuma)).toEqual(["Nightly"]);
    expect(await run(["silence", "--end", "deploy-7"])).toMatchObject({
      code: 0,
      stdout: "No silence deploy-7 is there: it has ended by itself, or never began.\n",
    });
    expect((await run(["silence", "--list"])).stdout).toBe("Nothing is silenced.\n");
  });

  it("is neither drift nor deleted by a plan, and import leaves it out", async () => {
    const { run } = await openApplied();
    await run(["silence", "web*", "--for", "20m", "--reason", "Nightly"]);
    expect((await run(["plan", "--detailed-exitcode"])).code).toBe(0);
    expect((await run(["import"])).stdout).not.toContain("kuma-sync silence");
  });

  it("replaces one with the same id, and leaves those of others", async () => {
    const { run, kuma } = await openApplied();
    await run(["silence", "web", "--for", "20m", "--id", "a", "--reason", "first"]);
    await run(["silence", "mail", "--for", "20m", "--id", "b", "--reason", "other"]);
    await run(["silence", "web", "--for", "1h", "--id", "a", "--reason", "second"]);
    expect(titles(kuma)).toEqual(["Nightly", "other", "second"]);
  });

  it("deletes those that are over when the next one begins", async () => {
    const { run, kuma } = await openApplied();
    await run(["silence", "web", "--for", "20m", "--reason", "old"]);
    for (const { memory } of kuma.maintenances.values())
      if (memory["title"] === "old") memory["end"] = "2020-01-01 00:00";
    await run(["silence", "web", "--for", "20m", "--reason", "new"]);
    expect(titles(kuma)).toEqual(["Nightly", "new"]);
  });

  it("leaves no maintenance behind that covers nothing", async () => {
    const { run, kuma } = await openApplied();
    kuma.faults.refuse("addMonitorMaintenance", 2);
    expect((await run(["silence", "web", "--for", "20m"])).code).toBe(1);
    expect(titles(kuma)).toEqual(["Nightly"]);
  });

  it("goes on with --fail-open when nobody answers, and only then", async () => {
    const { run } = await openApplied();
    const away = { env: { KUMA_SYNC_URL: "http://127.0.0.1:1" } };
    expect((await run(["silence", "web", "--for", "20m"], away)).code).toBe(7);
    const open = await run(["silence", "web", "--for", "20m", "--fail-open"], away);
    expect(open).toMatchObject({ code: 0, stdout: "" });
    expect(open.stderr).toContain("warning: nothing was silenced or ended (--fail-open)");
    expect((await run(["silence", "nope", "--for", "20m", "--fail-open"])).code).toBe(64);
  });

  it("has one document for all of it", async () => {
    const { run } = await openApplied();
    const json = ["--format", "json"];
    expect(readDocument(await run(["silence", "mail", "--for", "90s", "--id", "x", ...json]))).toMatchObject({
      started: { id: "x", reason: "Silenced by kuma-sync", state: "running", monitors: ["monitor/mail"] },
    });
    expect(readDocument(await run(["silence", "--list", ...json]))).toMatchObject({ silences: [{ id: "x" }] });
    expect(readDocument(await run(["silence", "--end", "x", "--end", "y", ...json]))).toMatchObject({
      ended: [{ id: "x" }],
      missing: ["y"],
    });
  });

  it.each([
    [["silence"], "it is not said what to silence"],
    [["silence", "web"], "it is not said for how long"],
    [["silence", "wbe", "--for", "1m"], 'did you mean "web"?'],
    [["silence", "web", "--for", "1m", "--list"], "one run starts a silence, lists them, or ends some"],
    [["silence", "web", "--for", "1m", "--id", "a b"], '"a b" is no id of a silence'],
  ])("refuses %s", async (args, message) => {
    const { run } = await openApplied();
    const ended = await run(args);
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain(message);
  });
});
