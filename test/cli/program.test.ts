import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readDocument } from "../commands/documents.ts";
import { configOf, openWorkspace } from "../commands/workspace.ts";
import { builtProgram, runProgram, type Ran } from "./built-program.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

const commands = [
  "validate",
  "query",
  "test",
  "schema",
  "explain",
  "plan",
  "apply",
  "show",
  "destroy",
  "import",
  "snapshot",
  "status",
  "notifications",
  "notifications test",
  "bootstrap",
  "init",
  "doctor",
  "sandbox",
  "version",
  "completion",
];

function documentOf({ code, stdout, stderr }: Ran) {
  return readDocument({ code: code ?? -1, stdout, stderr, questions: [] });
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

// The build is not the time of any one test.
beforeAll(() => void builtProgram());

describe("version", () => {
  it.each([[["version"]], [["--version"]], [["-V"]], [["version", "--format", "human"]]])("%j", async (args) => {
    expect(await runProgram(args)).toEqual({ code: 0, signal: null, stdout: `kuma-sync ${version}\n`, stderr: "" });
  });

  it("is a document in JSON format", async () => {
    const document = documentOf(await runProgram(["version", "--format", "json"]));
    expect(document).toMatchObject({ type: "kuma-sync.version", version, node: process.version });
  });

  it("loads none of the packages that only other commands need", async () => {
    const { stderr } = await runProgram(["version"], { env: { NODE_DEBUG: "esm" } });
    expect(stderr).toContain("tool-version.js");
    expect(stderr).not.toMatch(/node_modules\/(?:commander|ajv|yaml|jsonata|socket\.io-client|string-width)\//u);
  });
});

describe("help", () => {
  it("of the program", async () => {
    const { code, stdout, stderr } = await runProgram(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    await expect(stdout).toMatchFileSnapshot("golden/help.txt");
  });

  it.each(commands)("of %s", async (command) => {
    const { code, stdout, stderr } = await runProgram([...command.split(" "), "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    await expect(stdout).toMatchFileSnapshot(`golden/help-${command.replace(" ", "-")}.txt`);
  });

  it("is the same behind the word help", async () => {
    expect((await runProgram(["help", "plan"])).stdout).toBe((await runProgram(["plan", "--help"])).stdout);
  });

  it("comes on stderr when no command is given, which is a mistake", async () => {
    const { code, stdout, stderr } = await runProgram([]);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toContain("Usage: kuma-sync");
    expect(stderr).toContain("error: no command was given");
  });
});

describe("usage errors", () => {
  it.each([
    [["pln"], "unknown command 'pln' (Did you mean plan?)", 'see "kuma-sync --help"'],
    [["plan", "--ful"], "unknown option '--ful' (Did you mean --full?)", 'see "kuma-sync plan --help"'],
    [["diff", "--nope"], "unknown option '--nope'", 'see "kuma-sync plan --help"'],
    [["plan", "extra"], "too many arguments for 'plan'", 'see "kuma-sync plan --help"'],
    [["plan", "--format", "yaml"], "choices are human, json", 'see "kuma-sync plan --help"'],
    [["plan", "--timeout", "soon"], "a time is written like 90s, 5m or 1h", 'see "kuma-sync plan --help"'],
    [["plan", "--timeout", "0"], "a time is written like", 'see "kuma-sync plan --help"'],
    [["apply", "--allow-deletes", "many"], "it must be a number", 'see "kuma-sync apply --help"'],
    [["validate", "--var", "novalue"], "it is written as name=value", 'see "kuma-sync validate --help"'],
    [["sandbox", "--port", "70000"], "a port is a number from 1 to 65535", 'see "kuma-sync sandbox --help"'],
    [["schema", "nonsense"], "choices are config, bootstrap, code", 'see "kuma-sync schema --help"'],
    [["schema", "nonsense"], "error: value 'nonsense' is invalid for argument 'name': allowed", "schema --help"],
    [["plan", "--timeout", "soon"], "'soon' is invalid: a time is", 'see "kuma-sync plan --help"'],
    [["import", "--kind", "dog"], "'dog' is invalid: allowed choices are tag,", 'see "kuma-sync import --help"'],
    [["help", "pln"], "unknown command 'pln'", 'see "kuma-sync --help"'],
    [["notifications"], 'no command of "notifications" was given', 'see "kuma-sync notifications --help"'],
    [
      ["show", "none.json"],
      'cannot read "none.json": there is no such file',
      "make one with kuma-sync plan --out FILE",
    ],
    [["plan", "-f"], "argument missing", 'see "kuma-sync plan --help"'],
  ])("%j", async (args, words, help) => {
    const { code, stdout, stderr } = await runProgram(args);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr.toLowerCase()).toContain(words.toLowerCase());
    expect(stderr).toContain(help);
    expect(stderr.split("\n")).toHaveLength(3);
  });

  it("leave one document on stdout when JSON was asked for, however it was spelled", async () => {
    for (const args of [
      ["plan", "--nope", "--format", "json"],
      ["plan", "--format=json", "extra"],
    ]) {
      const ran = await runProgram(args);
      expect(ran.code).toBe(64);
      expect(documentOf(ran)).toMatchObject({ type: "kuma-sync.error", error: { kind: "usage" } });
    }
  });
});

describe("validate", () => {
  it("passes and fails with the codes of the contract", async () => {
    const cwd = folderWith({ "good.yaml": configOf({ api: 60 }), "bad.yaml": "version: 1\nprojekt: x\n" });
    expect((await runProgram(["validate", "-f", "good.yaml"], { cwd })).code).toBe(0);
    const bad = await runProgram(["validate", "-f", "bad.yaml"], { cwd });
    expect([bad.code, bad.stderr]).toEqual([3, ""]);
    expect(bad.stdout).toMatch(/^bad\.yaml:2:1: error: .*\[KS1201\]$/mu);
    expect(documentOf(await runProgram(["validate", "-f", "bad.yaml", "--format", "json"], { cwd }))["ok"]).toBe(false);
  });

  it("reads stdin", async () => {
    expect((await runProgram(["validate", "-f", "-"], { stdin: configOf({ api: 60 }) })).code).toBe(0);
  });

  it("colours only when that is asked for", async () => {
    const cwd = folderWith({ "monitors.yaml": "version: 2\n" });
    expect((await runProgram(["validate"], { cwd })).stdout).not.toContain("\u001B");
    expect((await runProgram(["validate", "--color", "always"], { cwd })).stdout).toContain("\u001B[31merror:");
    expect((await runProgram(["validate"], { cwd, env: { NO_COLOR: "", FORCE_COLOR: "1" } })).stdout).toContain(
      "\u001B",
    );
  });

  it("says where to look when there is no file", async () => {
    const { code, stdout } = await runProgram(["validate"], { cwd: folderWith({}) });
    expect(code).toBe(3);
    expect(stdout).toContain("-f FILE");
  });
});

describe("schema", () => {
  it.each(["plan", "test", "error"])("prints the schema of %s", async (name) => {
    const { code, stdout } = await runProgram(["schema", name]);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8"));
  });
});

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

  it("stops at once at the second", async () => {
    const { env, folder: cwd, kuma } = await openWorkspace(configOf({ api: 60 }));
    // The first signal lets the write in flight finish; this one never does.
    kuma.faults.dropAck("add", 1);
    const { code, signal } = await runProgram(["apply", "--auto-approve", "-v"], {
      cwd,
      env,
      onStart: (child) => {
        child.stderr?.on("data", (text: string) => {
          if (text.includes("create monitor/api") || text.includes("a second signal")) child.kill("SIGTERM");
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

  it("goes on when nobody reads what it says", async () => {
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
