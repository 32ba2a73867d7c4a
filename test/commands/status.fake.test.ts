import { describe, expect, it } from "vitest";
import type { MonitorRow } from "../fakes/fake-state.ts";
import type { FakeVerdict } from "../fakes/kuma-server.ts";
import { readDocument } from "./documents.ts";
import { configOf, openWorkspace, type Workspace } from "./workspace.ts";

function webIsDown({ name }: MonitorRow): FakeVerdict {
  return { status: name === "WEB" ? 0 : 1, msg: "said" };
}

describe("status", () => {
  it("shows the managed monitors and no others", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    kuma.seedMonitor({ name: "By hand", type: "http", url: "https://by-hand.example" });
    await run(["apply", "--auto-approve", "--wait", "10s"]);
    const ended = await run(["status"]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(
      /^.*\n {2}UP {2}API +monitor\/api +5 ms +5 ms +100% +100% +\d+s +200 - OK\n\n1 monitor: 1 up\.\n$/u,
    );
  });

  it("exits 9 when a monitor is down, and lists it first", async () => {
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

  it("names the monitors that notify nobody, unless that is meant", async () => {
    const said = (await openWorkspace(configOf({ api: 60 }).replace(", notifications: []", ""))).run;
    await said(["apply", "--auto-approve"]);
    expect((await said(["status"])).stderr).toContain('"api" notifies nobody [KS1616]');
    expect(readDocument(await said(["status", "--format", "json"]))).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ code: "KS1616", severity: "warning" })]) as unknown,
    });
    const meant = (await openWorkspace(configOf({ api: 60 }))).run;
    await meant(["apply", "--auto-approve"]);
    expect((await meant(["status"])).stderr).not.toContain("KS1616");
  });

  it("shows paused monitors without a message", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }).replace("timeout: 10", "timeout: 10, active: false"));
    await run(["apply", "--auto-approve"]);
    const { code, stdout } = await run(["status"]);
    expect(code).toBe(0);
    expect(stdout).toContain("PAUSED");
  });

  it("reports that nothing was applied yet", async () => {
    const { run } = await openWorkspace(configOf({ api: 60 }));
    expect((await run(["status"])).stdout).toBe("No managed monitors.\n");
  });

  it("shows uptime, mean response time and the time of the last change, as the server has them", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
    await run(["apply", "--auto-approve", "--wait", "10s"]);
    const [id = 0] = kuma.monitors.keys();
    kuma.beat(id, { status: 1, msg: "200 - OK", ping: 10 });
    kuma.beat(id, { status: 0, msg: "refused" });
    kuma.beat(id, { status: 0, msg: "refused still" });
    const { monitors } = readDocument(await run(["status", "--format", "json"])) as {
      readonly monitors: readonly object[];
    };
    expect(monitors).toEqual([
      {
        key: "monitor/api",
        id,
        name: "API",
        state: "down",
        message: "refused still",
        averagePing: 7.5,
        uptime24h: 0.5,
        uptime30d: 0.5,
        since: { time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u), isOlder: false },
      },
    ]);
  });
});

async function watched(): Promise<{ readonly workspace: Workspace; readonly id: number }> {
  const workspace = await openWorkspace(configOf({ api: 60 }));
  await workspace.run(["apply", "--auto-approve", "--wait", "10s"]);
  return { workspace, id: [...workspace.kuma.monitors.keys()][0] ?? 0 };
}

describe("status --watch", () => {
  it("writes a line for each change, and ends after Ctrl-C with the code of the last state", async () => {
    const { workspace, id } = await watched();
    const verdicts: readonly FakeVerdict[] = [
      { status: 0, msg: "refused" },
      { status: 0, msg: "refused again" },
      { status: 2, msg: "trying" },
      { status: 0, msg: "gone" },
    ];
    let next = 0;
    const ended = await workspace.run(["status", "--watch"], {
      onStdout: (_, interrupt) => {
        const verdict = verdicts[next++];
        if (verdict === undefined) interrupt("SIGINT");
        else workspace.kuma.beat(id, verdict);
        // The second says nothing new, so nothing is written that the third could follow.
        if (next === 1) workspace.kuma.beat(id, verdicts[next++] as FakeVerdict);
      },
    });
    const lines = ended.stdout.split("\n\n1 monitor: 1 up.\n")[1];
    expect(lines?.replaceAll(/^\S+Z/gmu, "TIME")).toBe(
      "TIME  DOWN  API  monitor/api  refused again\nTIME  PENDING  API  monitor/api  trying\n" +
        "TIME  DOWN  API  monitor/api  gone\n",
    );
    expect(ended.code).toBe(9);
    expect(ended.stderr).toMatch(/^note: [^\n]*\n$/u);
  });

  it("redraws the table on a terminal", async () => {
    const { workspace, id } = await watched();
    let drawn = 0;
    const ended = await workspace.run(["status", "--watch"], {
      isStdoutTty: true,
      onStdout: (_, interrupt) => {
        drawn += 1;
        if (drawn === 1) workspace.kuma.beat(id, { status: 1, msg: "201 - Created", ping: 7 });
        else interrupt("SIGINT");
      },
    });
    const [, before, after] = ended.stdout.split("\u001B[2J\u001B[H");
    expect(before).toContain("200 - OK");
    expect(after).toContain("201 - Created");
    expect(ended.code).toBe(0);
  });

  it("is interrupted by SIGTERM like anything else", async () => {
    const { workspace } = await watched();
    const { code } = await workspace.run(["status", "--watch"], {
      onStdout: (_, interrupt) => interrupt("SIGTERM"),
    });
    expect(code).toBe(143);
  });

  it("ends when the connection is lost", async () => {
    const { workspace } = await watched();
    const ended = await workspace.run(["status", "--watch"], {
      onStdout: () => void workspace.kuma.restart(),
    });
    expect(ended.code).toBe(7);
    expect(ended.stderr).toContain("the connection to the server was lost");
  });

  it("is refused with --format json", async () => {
    const { run } = await openWorkspace(configOf({}));
    expect(await run(["status", "--watch", "--format", "json"])).toMatchObject({ code: 64 });
  });
});
