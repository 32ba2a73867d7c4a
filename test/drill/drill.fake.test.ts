/** A drill on a server that lies, is silent, belongs to others, or goes away. */
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { drillText } from "../../src/kinds/drill-marker.ts";
import { leaseKeys } from "../../src/ledger/ledger-text.ts";
import type { DrilledMonitor, DrillProblem } from "../../src/model/drilled-monitor.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { readDocument } from "../commands/documents.ts";
import type { Ended } from "../commands/fake-context.ts";
import { textOf } from "../fakes/fake-state.ts";
import { namesOn, type Workspace } from "../commands/workspace.ts";
import { openCheckingWorkspace } from "./checking-kuma.ts";

const configuration = `
version: 1
project: shop
notifications:
  oncall: { type: webhook, webhookURL: "http://127.0.0.1:1/oncall", webhookContentType: json }
defaults:
  monitor: { notifications: [oncall] }
monitors:
  page:
    name: Page
    type: keyword
    url: https://shop.example/
    keyword: Welcome to the shop
    sample: { body: Welcome to the shop }
  secret: { name: Secret, type: http, url: "https://\${env:SECRET_HOST}/x", headers: { Authorization: "Bearer \${env:SECRET_KEY}" } }
  silent: { name: Silent, type: http, url: "https://silent.example/", notifications: [] }
  hidden: { name: Hidden, type: keyword, url: "https://shop.example/", keyword: "\${env:SECRET_WORD}" }
  edge: { name: Edge, type: group }
`;

const env = { SECRET_WORD: "word-Zq9vX3-secret", SECRET_HOST: "a.example", SECRET_KEY: "key-Zq9vX3" };

const onServer = ["--on-server", "--listen", "127.0.0.1:0"];

type Drilled = DrilledMonitor & { readonly problems: readonly DrillProblem[]; readonly state: string };

function monitorsOf(ended: Ended): readonly Drilled[] {
  return readDocument(ended)["monitors"] as unknown as readonly Drilled[];
}

function drill({ run }: Workspace, ...args: readonly string[]): Promise<Ended> {
  return run(["drill", ...args, ...onServer, "--format", "json"]);
}

/** What is left of a drill. */
function left({ kuma }: Workspace): readonly string[] {
  const notifications = [...kuma.notifications.values()].map(({ name }) => textOf(name));
  return [...namesOn(kuma), ...notifications].filter((name) => name.startsWith("DRILL"));
}

describe("a drill on a server", () => {
  it("shows what test says and leaves nothing, and no secret is on the server meanwhile", async () => {
    const workspace = await openCheckingWorkspace(configuration);
    const ended = await drill(workspace, "page", "secret");
    expect(ended.code).toBe(0);
    expect(monitorsOf(ended).map(({ key, state }) => [key, state])).toEqual([
      ["monitor/page", "pass"],
      ["monitor/secret", "pass"],
    ]);
    expect(left(workspace)).toEqual([]);
    const sent = JSON.stringify(workspace.kuma.log);
    expect(sent).toContain("DRILL Secret: status 503");
    expect(sent).not.toMatch(/shop\.example|oncall/u);
  });

  it("never touches the monitor itself", async () => {
    const workspace = await openCheckingWorkspace(configuration);
    await workspace.run(["apply", "--auto-approve"], { env });
    const before = JSON.stringify(workspace.kuma.monitorList());
    expect((await drill(workspace, "page")).code).toBe(0);
    expect(JSON.stringify(workspace.kuma.monitorList())).toBe(before);
    const plan = await workspace.run(["plan"], { env });
    expect(plan.stdout).toContain("No changes.");
  });

  it("fails when a monitor does not go down for what test detects", async () => {
    const workspace = await openCheckingWorkspace(configuration, {
      show: (monitor, found) => (textOf(monitor["name"]).includes("status 503") ? { status: 1, msg: "fine" } : found),
    });
    const ended = await drill(workspace, "page");
    expect(ended.code).toBe(9);
    expect(monitorsOf(ended)[0]?.problems).toEqual([{ type: "stayed-up", variant: "status 503" }]);
  });

  it("says that a verdict of ours is wrong, with exit code 1", async () => {
    const json = configuration.replace("body: Welcome to the shop", 'body: { text: "Welcome to the shop", n: 1 }');
    const workspace = await openCheckingWorkspace(json, {
      // Once broken it is down whatever comes; then the healthy answer is let through.
      show: (monitor, found) => (textOf(monitor["name"]).includes("n missing") ? flipped(monitor.id, found) : found),
    });
    const seen = new Map<number, number>();
    function flipped(id: number, found: { status: 0 | 1 | 2 | 3; msg: string }): typeof found {
      const count = (seen.get(id) ?? 0) + 1;
      seen.set(id, count);
      return count === 2 || count === 3 ? { status: 0, msg: "no" } : found;
    }
    const ended = await drill(workspace, "page", "--all");
    expect(ended.code).toBe(1);
    const [page] = monitorsOf(ended);
    expect([page?.state, page?.problems]).toEqual(["disagree", [{ type: "went-down", variant: "n missing" }]]);
    const text = await workspace.run(["drill", "page", "--all", ...onServer]);
    expect(text.stdout).toMatch(/^ {2}BUG +Page /mu);
    expect(text.stdout).toContain("bug of kuma-sync");
  });

  it("fails when no notification arrives", async () => {
    const workspace = await openCheckingWorkspace(configuration, { isSilent: true });
    const ended = await drill(workspace, "page");
    expect(ended.code).toBe(9);
    expect(new Set(monitorsOf(ended)[0]?.problems.map(({ type }) => type))).toEqual(new Set(["silent"]));
  });

  it("reads what a monitor looks for only when asked to, and shows nothing that could hold it", async () => {
    const workspace = await openCheckingWorkspace(configuration);
    const args = ["drill", "hidden", ...onServer, "--format", "json"];
    const without = await workspace.run(args, { env });
    expect(monitorsOf(without)[0]?.skipped).toContain("comes from a secret");
    const ended = await workspace.run([...args, "--with-secrets"], { env });
    expect(ended.code).toBe(0);
    expect(monitorsOf(ended)[0]?.variants[0]?.message).toBe("(sensitive)");
    expect(ended.stdout + ended.stderr).not.toContain("word-Zq9vX3");
  });

  it("does not ask for notifications that nobody wants", async () => {
    const ended = await drill(await openCheckingWorkspace(configuration), "silent");
    expect([ended.code, monitorsOf(ended)[0]?.told]).toEqual([0, "on-purpose"]);
  });

  it("fails for a monitor that was named and cannot be drilled", async () => {
    const ended = await drill(await openCheckingWorkspace(configuration), "edge");
    expect([ended.code, monitorsOf(ended)[0]?.skipped]).toEqual([9, "a group asks nobody; drill the monitors in it"]);
  });

  it("ends in time, and says what was not done", async () => {
    const workspace = await openCheckingWorkspace(configuration, {
      show: (monitor, found) => (textOf(monitor["name"]).includes("reaches") ? found : { status: 2, msg: "wait" }),
    });
    const ended = await drill(workspace, "page", "--timeout", "8s");
    expect(ended.code).toBe(9);
    expect(monitorsOf(ended)[0]?.problems[0]?.type).toBe("no-check");
    expect(left(workspace)).toEqual([]);
  });

  it("sends the real notifications from one copy only", async () => {
    const workspace = await openCheckingWorkspace(configuration);
    const early = await workspace.run(["drill", "page", ...onServer, "--notify"]);
    expect([early.code, early.stderr]).toEqual([5, expect.stringContaining("does not have notification/oncall yet")]);
    await workspace.run(["apply", "--auto-approve"], { env });
    const from = workspace.kuma.log.length;
    expect((await drill(workspace, "page", "--notify")).code).toBe(0);
    const added = workspace.kuma.log
      .slice(from)
      .filter(({ event }) => event === "add")
      .map(({ args }) => args[0] as JsonObject);
    const counts = added.map(({ notificationIDList: list }) => Object.keys(list as JsonObject).length);
    expect(counts.filter((count) => count === 2)).toHaveLength(1);
  });
});

describe("what a drill leaves", () => {
  it("is nothing after an interruption", async () => {
    const workspace = await openCheckingWorkspace(configuration);
    const ended = await workspace.run(["drill", "page", ...onServer, "--verbose"], {
      onStderr: (text, interrupt) => {
        if (text.includes("drilled 1 of")) interrupt("SIGINT");
      },
    });
    expect([ended.code, left(workspace)]).toEqual([130, []]);
  });

  it("is deleted by the next one of the project, and left alone by the plans of all", async () => {
    const workspace = await openCheckingWorkspace(configuration);
    const { kuma, run } = workspace;
    const own = drillText({ project: "shop", key: "page", run: "0123456789abcdef" });
    const other = drillText({ project: "other", key: "page", run: "0123456789abcdef" });
    kuma.seedMonitor({ type: "http", name: "DRILL Page: empty body", url: "http://127.0.0.1:1/", description: own });
    kuma.seedMonitor({ type: "http", name: "DRILL of another", url: "http://127.0.0.1:1/", description: other });
    const plan = await run(["plan", "--format", "json"], { env });
    const { findings, steps } = readDocument(plan) as unknown as {
      findings: { code: string }[];
      steps: { action: string }[];
    };
    expect(findings.map(({ code }) => code)).toContain("KS1640");
    expect(new Set(steps.map(({ action }) => action))).toEqual(new Set(["create"]));
    expect((await run(["plan"], { env })).stderr).toContain("the server has 1 copy of a drill of this project");
    await run(["apply", "--auto-approve"], { env });
    expect(left(workspace)).toHaveLength(2);
    expect((await run(["import"])).stdout).not.toContain("DRILL");
    const ended = await run(["drill", "page", ...onServer]);
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining("deleted 1 copy of an earlier drill")]);
    expect(left(workspace)).toEqual(["DRILL of another"]);
  });
});

describe("a drill is refused", () => {
  it("when its time is up before it begins", async () => {
    const workspace = await openCheckingWorkspace(configuration, { show: () => ({ status: 2, msg: "wait" }) });
    const { code, stderr } = await workspace.run(["drill", "page", ...onServer, "--timeout", "8s"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("could not begin within 8.0s")]);
    expect(left(workspace)).toEqual([]);
  });

  it("when the server does not reach the listener", async () => {
    const workspace = await openCheckingWorkspace(configuration, {
      show: () => ({ status: 0, msg: "connect EHOSTUNREACH" }),
    });
    const { code, stderr } = await workspace.run(["drill", "page", ...onServer]);
    expect(code).toBe(5);
    expect(stderr).toContain("does not reach 127.0.0.1:0, so nothing was drilled; it says: connect EHOSTUNREACH");
    expect(left(workspace)).toEqual([]);
  });

  it("when the address is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { run } = await openCheckingWorkspace(configuration);
    const { code, stderr } = await run(["drill", "page", "--on-server", "--listen", `127.0.0.1:${port}`]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`cannot listen at 127.0.0.1:${port} (EADDRINUSE)`)]);
  });

  it.each<[readonly string[], string]>([
    [["page"], "a drill needs a server"],
    [["--sandbox", "--on-server"], "exclude each other"],
    [["--sandbox", "--notify"], "--notify is for --on-server"],
    [["page", "--on-server"], "needs --listen HOST:PORT"],
    [onServer, "for monitors that are named"],
    [["page", "--on-server", "--listen", "0.0.0.0:80"], "every address of this machine"],
    [["page", "--on-server", "--listen", "[::]:80"], "every address of this machine"],
    [["page", "--on-server", "--listen", "here"], "is not HOST:PORT"],
    [["pgae", ...onServer], 'no monitor has the key "pgae"'],
  ])("%j", async (args, words) => {
    const { run, kuma } = await openCheckingWorkspace(configuration);
    const { code, stderr } = await run(["drill", ...args]);
    expect([code, stderr]).toEqual([64, expect.stringContaining(words)]);
    expect(kuma.log).toEqual([]);
  });

  it("on files of strangers", async () => {
    const { run } = await openCheckingWorkspace(configuration);
    const { code } = await run(["drill", "page", ...onServer], { env: { KUMA_SYNC_UNTRUSTED: "1" } });
    expect(code).toBe(5);
  });

  it("while another run writes to the project", async () => {
    const { run, kuma } = await openCheckingWorkspace(configuration);
    const holder = { host: "h", pid: 1, name: "other", since: "2026-11-30T08:00:00Z" };
    const value = { format: 1, turn: 1, state: "held", id: "x.1", beat: 1, ...holder };
    kuma.settings[leaseKeys("shop").lease] = value;
    const { code, stderr } = await run(["drill", "page", ...onServer, "--timeout", "1s"]);
    expect([code, stderr]).toEqual([6, expect.stringContaining("is writing project shop")]);
  });
});
