/** The built program, as people start it, against a server. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, it } from "vitest";
import { readDocument } from "../commands/documents.ts";
import { configOf, openWorkspace } from "../commands/workspace.ts";
import { builtProgram, runProgram, type Ran } from "./built-program.ts";

function documentOf({ code, stdout, stderr }: Ran) {
  return readDocument({ code: code ?? -1, stdout, stderr, questions: [] });
}

// The build is not the time of any one test.
beforeAll(() => void builtProgram());

describe("a whole run against a server", () => {
  it("plans, applies, and finds nothing more to do", async () => {
    const { env, folder: cwd } = await openWorkspace(configOf({ api: 60, web: 30 }));
    expect((await runProgram(["plan", "--detailed-exitcode"], { cwd, env })).code).toBe(2);
    expect((await runProgram(["apply"], { cwd, env })).code).toBe(5);
    expect((await runProgram(["apply", "--auto-approve", "--wait"], { cwd, env })).code).toBe(0);
    expect((await runProgram(["plan", "--detailed-exitcode"], { cwd, env })).code).toBe(0);
    expect((await runProgram(["status"], { cwd, env })).stdout).toContain("2 monitors: 2 up.");
  });

  it("finishes the write in flight at the first Ctrl-C and exits 130 with its report", async () => {
    const monitors = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`m${index}`, 60]));
    const { env, folder: cwd, kuma } = await openWorkspace(configOf(monitors), { version: "1.23.17" });
    kuma.faults.delay("add", 20);
    const ran = await runProgram(["apply", "--auto-approve", "--format", "json"], {
      cwd,
      env,
      onStart: (child) => {
        child.stderr?.once("data", () => child.kill("SIGINT"));
      },
    });
    expect(ran.code).toBe(130);
    const { result, outcomes } = documentOf(ran) as unknown as { result: string; outcomes: { result: string }[] };
    expect(result).toBe("interrupted");
    expect(outcomes.filter((outcome) => outcome.result === "done")).toHaveLength(kuma.monitors.size);
    expect(kuma.monitors.size).toBeLessThan(200);
  });

  it("stops at once at the second Ctrl-C", async () => {
    const { env, folder: cwd, kuma } = await openWorkspace(configOf({ api: 60 }));
    // The first signal lets the write in flight finish; this one never does.
    kuma.faults.dropAck("add", 1);
    const { code, signal } = await runProgram(["apply", "--auto-approve", "-v"], {
      cwd,
      env,
      onStart: (child) => {
        child.stderr?.on("data", (text: string) => {
          if (!text.includes("create monitor/api")) return;
          // One of them comes late enough to be a second one.
          const again = setInterval(() => child.kill("SIGTERM"), 50);
          child.once("exit", () => clearInterval(again));
        });
      },
    });
    expect([code, signal]).toEqual([null, "SIGTERM"]);
  });

  it.each([
    [["--report", "foo=bar"], "foo"],
    [["--select", "nope"], "nope"],
  ])("ends when plan %j fails after it has connected", async (args, word) => {
    const { env, folder: cwd } = await openWorkspace(configOf({ api: 60 }));
    const { code, stderr } = await runProgram(["plan", ...args], { cwd, env });
    expect([code, stderr]).toEqual([64, expect.stringContaining(word)]);
  });

  it("continues when stdout is closed", async () => {
    const { env, folder: cwd, kuma } = await openWorkspace(configOf({ api: 60, web: 60 }));
    const args = [builtProgram(), "apply", "--auto-approve"];
    const child = spawn(process.execPath, args, { cwd, env: { PATH: process.env["PATH"] ?? "", ...env } });
    child.stdout.destroy();
    child.stderr.resume();
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(0);
    expect(kuma.monitors.size).toBe(2);
  });
});
