import { describe, expect, it } from "vitest";
import type { MonitorRow } from "../fakes/fake-state.ts";
import type { FakeVerdict } from "../fakes/kuma-server.ts";
import { readDocument } from "./documents.ts";
import { configOf, openWorkspace } from "./workspace.ts";

function webIsDown({ name }: MonitorRow): FakeVerdict {
  return { status: name === "WEB" ? 0 : 1, msg: "said" };
}

describe("status", () => {
  it("shows what the managed monitors say, and no others", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    kuma.seedMonitor({ name: "By hand", type: "http", url: "https://by-hand.example" });
    await run(["apply", "--auto-approve", "--wait", "10s"]);
    const ended = await run(["status"]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^ {2}UP {2}API {2}monitor\/api {2}5 ms {2}200 - OK\n\n1 monitor: 1 up\.\n$/u);
  });

  it("exits 9 when one is down, and puts it first", async () => {
    const { run } = await openWorkspace(configOf({ api: 60, web: 60 }), { verdict: webIsDown });
    await run(["apply", "--auto-approve"]);
    const ended = await run(["status", "--format", "json"]);
    expect(ended.code).toBe(9);
    expect(readDocument(ended)).toMatchObject({
      type: "kuma-sync.status",
      project: "shop",
      monitors: [
        { key: "monitor/web", state: "down", message: "said" },
        { key: "monitor/api", state: "up" },
      ],
    });
  });

  it("knows paused monitors, which say nothing", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }).replace("timeout: 10", "timeout: 10, active: false"));
    await run(["apply", "--auto-approve"]);
    const { code, stdout } = await run(["status"]);
    expect(code).toBe(0);
    expect(stdout).toContain("PAUSED");
  });

  it("says so when nothing was applied yet", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    expect((await run(["status"])).stdout).toBe("No managed monitors.\n");
  });
});
