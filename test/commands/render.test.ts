/** `render`: what it prints, where it writes, and what it refuses. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { runMain, type Ended } from "./fake-context.ts";

interface Folder {
  readonly path: string;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
}

function folderOf(files: Readonly<Record<string, string>>): Folder {
  const path = mkdtempSync(join(tmpdir(), "kuma-sync-render-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, run: (...args) => runMain(["render", ...args], { cwd: path, env: { TOKEN: "tok-Zq9vX3" } }) };
}

const head = "version: 1\nproject: shop\n";
const two = `${head}monitors:\n  a: { type: ping, hostname: a.example, interval: 60 }\n  b: { type: group }\n`;

test("prints YAML with the place of each object", async () => {
  const { run } = folderOf({ "monitors.yaml": two });
  expect(await run()).toMatchObject({
    code: 0,
    stderr: "",
    stdout: `# Project shop, with everything filled in but secrets: written by kuma-sync render.

version: 1
project: shop

monitors:
  # monitors.yaml:4
  a:
    type: ping
    hostname: a.example
    interval: 1m

  # monitors.yaml:5
  b:
    type: group
`,
  });
});

test("prints JSON, which is a configuration too", async () => {
  const { run, path } = folderOf({ "monitors.yaml": two });
  const { stdout } = await run("--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    project: "shop",
    monitors: { a: { type: "ping" }, b: { type: "group" } },
    "x-origins": { "monitor/a": [{ by: "object", file: "monitors.yaml", line: 4 }] },
  });
  writeFileSync(join(path, "again.json"), stdout);
  expect((await run("again.json")).stdout).toContain("  # again.json:");
});

test("--format takes yaml and json", async () => {
  const { run } = folderOf({ "monitors.yaml": two });
  expect((await run("--format", "yaml")).stdout).toContain("monitors:\n");
  expect(await run("--format", "markdown")).toMatchObject({ code: 64 });
});

async function field(text: string, vars: string): Promise<unknown> {
  const yaml = `${head}${vars}monitors: { a: { type: http, url: "https://x.example/", description: ${text} } }\n`;
  const { stdout } = await folderOf({ "monitors.yaml": yaml, "secret.txt": "file-Zq9vX3" }).run();
  expect(stdout).not.toContain("Zq9vX3");
  return (parse(stdout) as { monitors: { a: { description: unknown } } }).monitors.a.description;
}

describe("what comes from outside", () => {
  const vars = 'vars: { open: "a b", secret: "<${env:TOKEN}>", coded: "${env:TOKEN|url}", dollar: "$" }\n';

  test.each([
    ['"${env:TOKEN}"', "${env:TOKEN}"],
    ['"${env:TOKEN:-a b}"', "${env:TOKEN:-a b}"],
    ['"x ${file:secret.txt} y"', "x ${file:secret.txt} y"],
    ['"https://x.example/?t=${env:TOKEN|url}"', "https://x.example/?t=${env:TOKEN|url}"],
    ['"${var:open}"', "a b"],
    ['"${var:open|url}"', "a%20b"],
    ['"${var:secret}!"', "<${env:TOKEN}>!"],
    ['"${var:secret|url}"', "%3C${env:TOKEN|url}%3E"],
    // Encoded twice: only the variable can say that.
    ['"${var:coded|url}"', "${var:coded|url}"],
    // A dollar right before an expression would make it a literal.
    ['"${var:dollar}${env:TOKEN}"', "${var:dollar}${env:TOKEN}"],
    ['"$${env:TOKEN}"', "$${env:TOKEN}"],
    ['"$${env:TOKEN} ${env:TOKEN}"', "$${env:TOKEN} ${env:TOKEN}"],
  ])("%s is %s", async (written, rendered) => {
    expect(await field(written, vars)).toBe(rendered);
  });

  test("a number that a variable puts together stays one expression", async () => {
    const yaml = `${head}vars: { p: "8\${env:PORT}" }\nmonitors: { a: { type: port, hostname: x.example, port: "\${var:p}" } }\n`;
    expect((await folderOf({ "monitors.yaml": yaml }).run()).stdout).toContain("port: ${var:p}\n");
  });

  test("monitors of a service keep it, in whatever they make of it", async () => {
    const block = `openWebUI: { main: { url: "https://\${env:HOST}/chat/", apiKey: "\${env:KEY:-Bearer}", models: [gpt-4o] } }\n`;
    const { stdout } = await folderOf({ "monitors.yaml": head + block }).run();
    expect(stdout).toContain("url: https://${env:HOST}/chat/api/models\n");
    expect(stdout).toContain("Authorization: Bearer ${env:KEY:-Bearer}\n");
  });

  test("what is calculated from it is refused by name", async () => {
    const block = `openWebUI: { main: { url: "https://x.example", apiKey: "\${env:KEY}", models: [a:1, b:1], completions: { "*": { interval: "\${env:I}" } } } }\n`;
    const { code, stderr, stdout } = await folderOf({ "monitors.yaml": head + block }).run();
    expect({ code, stdout }).toEqual({ code: 64, stdout: "" });
    expect(stderr).toContain('"interval" of monitor/main.completion.a-1 is calculated from a value of ${env:…}');
  });
});

test("paths start in the folder of the file that is written", async () => {
  const monitor = "type: keyword, url: https://x.example/, keyword: ok";
  const yaml = `${head}monitors: { a: { ${monitor}, headers: { A: "\${file:key.txt}" }, sample: { file: s.txt }, tests: [{ file: s.txt, expect: up }] } }\n`;
  const { run, path } = folderOf({ "team/monitors.yaml": yaml, "team/key.txt": "k", "team/s.txt": "ok" });
  const { stdout } = await run("team/");
  expect(stdout).toContain("${file:team/key.txt}");
  expect(stdout).toContain("file: team/s.txt");
  await run("team/monitors.yaml", "--out", "team/below/rendered.yaml");
  expect(readFileSync(join(path, "team/below/rendered.yaml"), "utf8")).toContain("${file:../key.txt}");
  await run("team/monitors.yaml", "--out", "team/rendered.yaml");
  expect(readFileSync(join(path, "team/rendered.yaml"), "utf8")).toContain("file: s.txt, expect: up");
});

describe("--out", () => {
  test("replaces an older file, and says so on stderr", async () => {
    const { run, path } = folderOf({ "monitors.yaml": two, "out.yaml": "old" });
    expect(await run("--out", "out.yaml")).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "Wrote 2 objects to out.yaml.\n",
    });
    expect(readFileSync(join(path, "out.yaml"), "utf8")).toContain("project: shop");
  });

  test.each([["monitors.yaml"], ["./monitors.yaml"]])("is never a file that is read: %s", async (out) => {
    const { run, path } = folderOf({ "monitors.yaml": two });
    expect(await run("--out", out)).toMatchObject({ code: 64 });
    expect(readFileSync(join(path, "monitors.yaml"), "utf8")).toBe(two);
  });
});

describe("--select", () => {
  test("leaves out the rest, and says that it is a part", async () => {
    const moves = "moved: [{ from: monitor/c, to: monitor/a }, { from: monitor/d, to: monitor/b }]\n";
    const { stdout } = await folderOf({ "monitors.yaml": two + moves }).run("--select", "monitor/a");
    expect(stdout).toContain("Only 1 of its 2 objects, as --select says: not to be applied by itself.");
    expect(parse(stdout)).toMatchObject({ monitors: { a: {} }, moved: [{ from: "monitor/c", to: "monitor/a" }] });
  });

  test("refuses what nothing matches", async () => {
    const { code, stderr } = await folderOf({ "monitors.yaml": two }).run("--select", "x-*");
    expect({ code, stderr }).toMatchObject({ code: 64, stderr: expect.stringContaining('"x-*"') as string });
  });
});

describe("a target", () => {
  const yaml = `${head}vars: { d: base }\ntargets:\n  one: { url: https://one.example, vars: { d: own }, overrides: { monitor/b: { description: "over" } } }\n  two: { url: https://two.example }\nmonitors:\n  a: { type: group, description: "\${var:d}" }\n  b: { type: group }\n`;

  test("is laid over the objects, and the others are left out", async () => {
    const { stdout } = await folderOf({ "monitors.yaml": yaml }).run("--target", "one");
    expect(parse(stdout)).toEqual({
      version: 1,
      project: "shop",
      vars: { d: "own" },
      targets: { one: { url: "https://one.example" } },
      monitors: { a: { type: "group", description: "own" }, b: { type: "group", description: "over" } },
    });
    expect(stdout).toContain("# monitors.yaml:9, override of target one (monitors.yaml:5)");
  });

  test.each([[[]], [["--target", "three"]]])("has to be one of several: %j", async (flags) => {
    expect(await folderOf({ "monitors.yaml": yaml }).run(...flags)).toMatchObject({ code: 64, stdout: "" });
  });
});

test("defaults that apply to removed objects stay", async () => {
  const yaml = `${head}defaults: { monitor: { onRemove: pause, maxRetries: 2, ignoreChanges: [keyword, tags] } }\nmonitors: { a: { type: ping, hostname: x.example } }\n`;
  const { stdout } = await folderOf({ "monitors.yaml": yaml }).run();
  expect(parse(stdout)).toEqual({
    version: 1,
    project: "shop",
    defaults: { monitor: { onRemove: "pause" } },
    monitors: { a: { type: "ping", hostname: "x.example", maxRetries: 2, ignoreChanges: ["tags"] } },
  });
});

test("a configuration with errors is reported and not printed", async () => {
  const { code, stdout, stderr } = await folderOf({
    "monitors.yaml": `${head}monitors: { a: { type: pong } }\n`,
  }).run();
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toContain("[KS1206]");
});

test("a comment names templates, groups and defaults, each where it stands", async () => {
  const base = `templates:\n  web: { type: http, interval: 30 }\n  notification: { hook: { type: webhook } }\n`;
  const yaml = `${head}defaults:\n  monitor: { maxRetries: 2 }\n  http: { timeout: 9 }\nmonitors:\n  g: { type: group, defaults: { tags: [web] } }\n  a: { use: web, parent: g, url: "https://x.example/" }\ntags:\n  web: {}\n`;
  const hooks = `notifications:\n  n: { use: hook, webhookURL: "https://hook.example/", webhookContentType: json }\n`;
  const { run } = folderOf({ "a.yaml": yaml + hooks, "base.yaml": base });
  const { stdout } = await run("a.yaml", "base.yaml");
  expect(stdout).toContain(
    "# a.yaml:8, defaults.monitor (a.yaml:4), defaults.http (a.yaml:5), defaults of group g (a.yaml:7), template web (base.yaml:2)\n",
  );
  expect(stdout).toContain("# a.yaml:12, template hook (base.yaml:3)\n");
  expect(stdout).not.toMatch(/templates|use:|defaults:/u);
});

test("a name of a file cannot leave its comment", async () => {
  const { stdout } = await folderOf({ "a\nb: c.yaml": two }).run(".");
  expect(stdout).toContain("  # a b: c.yaml:4\n");
});
