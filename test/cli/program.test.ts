import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readDocument } from "../commands/documents.ts";
import { builtProgram, runProgram, type Ran } from "./built-program.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

const oneMonitor = `version: 1
project: shop
monitors:
  api: { type: http, url: "https://api.example" }
`;

const commands = [
  "validate",
  "render",
  "query",
  "test",
  "drill",
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

  it("loads nothing that only other commands need", async () => {
    const { stderr } = await runProgram(["version"], { env: { NODE_DEBUG: "module" } });
    const files = [...stderr.matchAll(/\/dist\/(?<name>[\w/-]+\.js)/gu)].map(({ groups }) => groups?.["name"]);
    expect([...new Set(files)]).toEqual(["cli.js"]);
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

  it("is the same with `help COMMAND` and `COMMAND --help`", async () => {
    expect((await runProgram(["help", "plan"])).stdout).toBe((await runProgram(["plan", "--help"])).stdout);
  });

  it("is printed on stderr when no command is given, with exit 64", async () => {
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
    [["apply", "--yes"], "unknown option '--yes' (Did you mean --auto-approve?)", 'see "kuma-sync apply --help"'],
    [["diff", "--nope"], "unknown option '--nope'", 'see "kuma-sync plan --help"'],
    [["status", "extra"], "too many arguments for 'status'", 'see "kuma-sync status --help"'],
    [["plan", "--format", "yaml"], "choices are human, json", 'see "kuma-sync plan --help"'],
    [["plan", "--timeout", "soon"], "a time is written like 90s, 5m, 1h30m or 1d", 'see "kuma-sync plan --help"'],
    [["plan", "--timeout", "5 minutes"], "(ms, s, m, h, d, w): 5m", 'see "kuma-sync plan --help"'],
    [["plan", "--timeout", "0"], "a time is written like", 'see "kuma-sync plan --help"'],
    [["apply", "--allow-deletes", "many"], "it must be a number", 'see "kuma-sync apply --help"'],
    [["validate", "--var", "novalue"], "it is written as name=value", 'see "kuma-sync validate --help"'],
    [["sandbox", "--port", "70000"], "a port is a number from 1 to 65535", 'see "kuma-sync sandbox --help"'],
    [["schema", "nonsense"], "choices are config, ledger, bootstrap", 'see "kuma-sync schema --help"'],
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
  it("exits 0 for a valid file and 3 for one with errors", async () => {
    const cwd = folderWith({ "good.yaml": oneMonitor, "bad.yaml": "version: 1\nprojekt: x\n" });
    expect((await runProgram(["validate", "-f", "good.yaml"], { cwd })).code).toBe(0);
    const bad = await runProgram(["validate", "-f", "bad.yaml"], { cwd });
    expect([bad.code, bad.stderr]).toEqual([3, ""]);
    expect(bad.stdout).toMatch(/^bad\.yaml:2:1: error: .*\[KS1201\]$/mu);
    expect(documentOf(await runProgram(["validate", "-f", "bad.yaml", "--format", "json"], { cwd }))["ok"]).toBe(false);
  });

  it("reads stdin", async () => {
    expect((await runProgram(["validate", "-f", "-"], { stdin: oneMonitor })).code).toBe(0);
  });

  it("colours only with --color or FORCE_COLOR", async () => {
    const cwd = folderWith({ "monitors.yaml": "version: 2\n" });
    expect((await runProgram(["validate"], { cwd })).stdout).not.toContain("\u001B");
    expect((await runProgram(["validate", "--color", "always"], { cwd })).stdout).toContain("\u001B[31merror:");
    expect((await runProgram(["validate"], { cwd, env: { NO_COLOR: "", FORCE_COLOR: "1" } })).stdout).toContain(
      "\u001B",
    );
  });

  it("reports when there is no file, with the flag to use", async () => {
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

describe("a bug", () => {
  it("is shown with its place in the sources with -v", async () => {
    const preload = "data:text/javascript,URL.canParse = () => { throw new Error('made to fail') }";
    const args = ["plan", "-v", "--url", "http://127.0.0.1:1", "-f", "examples/minimal.yaml"];
    const { code, stderr } = await runProgram(args, { env: { NODE_OPTIONS: `--import "${preload}"` } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/made to fail\n(?:.*\n)*.*[\\/]src[\\/]config[\\/]rules[\\/]url-form\.ts:\d+:\d+/u);
  });
});

describe("-e, --env-file", () => {
  const files = {
    "monitors.yaml": `version: 1\nproject: shop\nmonitors:\n  api: { type: http, url: "\${env:API_URL}", notifications: [] }\n`,
    "own.env": "API_URL=https://api.example\n",
  };

  it.each(["-e", "--env-file"])("%s names a file", async (flag) => {
    const { code, stdout } = await runProgram(["validate", "--with-secrets", flag, "own.env"], {
      cwd: folderWith(files),
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Valid: 1 monitor in project shop.\n" });
  });

  it("-e reads a pipe, and an empty one is refused: Node drains that of --env-file", async () => {
    const cwd = folderWith(files);
    expect(await runProgram(["validate", "--with-secrets", "-e", "-"], { cwd, stdin: files["own.env"] })).toMatchObject(
      {
        code: 0,
      },
    );
    const piped = (flag: string) => {
      const command = `"${process.execPath}" "${builtProgram()}" validate --with-secrets ${flag} <(cat own.env)`;
      return spawnSync("bash", ["-c", command], { cwd, encoding: "utf8" });
    };
    expect(piped("-e")).toMatchObject({ status: 0, stderr: "" });
    const drained = piped("--env-file");
    expect({ code: drained.status, stderr: drained.stderr }).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("for a pipe write -e instead") as string,
    });
  });
});
