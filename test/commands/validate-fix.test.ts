/** `validate --fix`: what it writes, what it refuses, and what it shows. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readDocument } from "./documents.ts";
import { runMain, type Ended } from "./fake-context.ts";

interface Folder {
  readonly path: string;
  readonly read: (name?: string) => string;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
}

function folderWith(files: Readonly<Record<string, string>>): Folder {
  const path = mkdtempSync(join(tmpdir(), "kuma-sync-fix-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return {
    path,
    read: (name = "monitors.yaml") => readFileSync(join(path, name), "utf8"),
    run: (...args) => runMain(["validate", ...args], { cwd: path }),
  };
}

const crooked = [
  "\uFEFFversion: 1",
  "project: shop # ours",
  "monitors:",
  "  # the shop",
  "  api:   { type: http, url: 'https://shop.example',   max_retries: 3, notifications: [] }",
  "  db:",
  "    type: http",
  "    url: https://db.example",
  "    retry_interval:   2 minutes   # two",
  "    basic_auth_pass: hunter22",
  "    basicAuthUser: bob",
  "    authMethod: basic",
  "    notifications: []",
  "",
].join("\r\n");

const straight = crooked
  .replace("max_retries", "maxRetries")
  .replace("retry_interval:   2 minutes", "retryInterval:   2m")
  .replace("basic_auth_pass", "basicAuthPass");

test("edits only what is wrong, byte for byte, and keeps the rights of the file", async () => {
  const { path, read, run } = folderWith({ "monitors.yaml": crooked });
  chmodSync(join(path, "monitors.yaml"), 0o640);
  expect(await run("--fix")).toMatchObject({ code: 0, stderr: "" });
  expect(read()).toBe(straight);
  expect(statSync(join(path, "monitors.yaml")).mode & 0o777).toBe(0o640);
});

test("has nothing to do the second time", async () => {
  const { read, run } = folderWith({ "monitors.yaml": crooked });
  await run("--fix");
  const { stdout } = await run("--fix");
  expect(stdout).toContain("Nothing to fix.");
  expect(read()).toBe(straight);
});

test("shows a diff without passwords, what it did, and what is left", async () => {
  const { run } = folderWith({ "monitors.yaml": crooked });
  const { stdout } = await run("--fix");
  expect(stdout).not.toContain("hunter22");
  expect(stdout).toMatchInlineSnapshot(`
    "--- monitors.yaml
    +++ monitors.yaml
    @@ -4,3 +4,3 @@
       # the shop
    -  api:   { type: http, url: 'https://shop.example',   max_retries: 3, notifications: [] }
    +  api:   { type: http, url: 'https://shop.example',   maxRetries: 3, notifications: [] }
       db:
    @@ -8,4 +8,4 @@
         url: https://db.example
    -    retry_interval:   2 minutes   # two
    -    basic_auth_pass: (sensitive)
    +    retryInterval:   2m   # two
    +    basicAuthPass: (sensitive)
         basicAuthUser: bob

      monitors.yaml: rename "max_retries" to "maxRetries"
      monitors.yaml: rename "retry_interval" to "retryInterval"
      monitors.yaml: rename "basic_auth_pass" to "basicAuthPass"
      monitors.yaml: write 2m
    Fixed 4 findings in monitors.yaml.

    Valid: 2 monitors in project shop.
    "
  `);
});

test("--show-fixes shows the same and writes nothing", async () => {
  const { read, run } = folderWith({ "monitors.yaml": crooked });
  const { stdout } = await run("--show-fixes");
  expect(read()).toBe(crooked);
  expect(stdout).toContain("+    retryInterval:   2m   # two");
  expect(stdout).toContain("--fix would fix 4 findings in monitors.yaml.");
});

test("says in JSON what it did, and which findings are left", async () => {
  const { run } = folderWith({ "monitors.yaml": crooked.replace("bob", "bob\r\n    nonsense: 1") });
  const ended = await run("--fix", "--format", "json");
  expect(readDocument(ended)).toMatchObject({
    type: "kuma-sync.findings",
    ok: false,
    fixed: { isWritten: true, files: [{ file: "monitors.yaml", fixes: { length: 4 } }] },
    findings: [{ code: "KS1201", message: expect.stringContaining("nonsense") as string }],
  });
  expect(ended.stdout).not.toContain("hunter22");
});

test("changes all files that were given, and no other", async () => {
  const fields = "url: https://a.example, max_retries: 1, notifications: []";
  const { path, read, run } = folderWith({
    "a.yaml": `version: 1\nproject: shop\nmonitors: { a: { type: http, ${fields} } }\n`,
    "monitors.yaml": crooked,
  });
  mkdirSync(join(path, "b"));
  writeFileSync(join(path, "b", "c.yaml"), `monitors: { c: { type: http, ${fields} } }\n`);
  expect((await run("--fix", "a.yaml", "b")).code).toBe(0);
  expect([read("a.yaml"), read("b/c.yaml")].join("")).not.toContain("max_retries");
  expect(read()).toBe(crooked);
});

test("does not touch standard input or a pipe", async () => {
  const { run } = folderWith({});
  expect(await run("--fix", "-")).toMatchObject({
    code: 64,
    stderr: expect.stringContaining("stdin cannot be repaired") as string,
  });
  expect(await run("--fix", "/dev/fd/63")).toMatchObject({ code: 64 });
});

test("does not write through a link that leads out of the folder, and then writes no other file either", async () => {
  const outside = folderWith({ "c.yaml": crooked });
  const { path, read, run } = folderWith({ "a.yaml": crooked.replaceAll("api", "x").replaceAll("db:", "y:") });
  symlinkSync(join(outside.path, "c.yaml"), join(path, "monitors.yaml"));
  const { code } = await run("--fix", "--file-root", outside.path, "a.yaml", "monitors.yaml");
  expect(code).toBe(64);
  expect(outside.read("c.yaml")).toBe(crooked);
  expect(read("a.yaml")).toContain("max_retries");
});

test("a link within the folder stays a link, and its file is repaired", async () => {
  const { path, read, run } = folderWith({ "real.yaml": crooked });
  symlinkSync("real.yaml", join(path, "monitors.yaml"));
  await run("--fix");
  expect(read("real.yaml")).toBe(straight);
});

test("repairs a JSON configuration as JSON", async () => {
  const json = {
    version: 1,
    project: "shop",
    monitors: { a: { type: "http", url: "https://a.example", max_retries: 3, interval: "5 min", notifications: [] } },
  };
  const { read, run } = folderWith({ "a.json": JSON.stringify(json, null, 2) });
  expect((await run("--fix", "a.json")).code).toBe(0);
  const { max_retries: maxRetries, ...rest } = json.monitors.a;
  expect(JSON.parse(read("a.json"))).toMatchObject({ monitors: { a: { ...rest, maxRetries, interval: "5m" } } });
});

test("repairs 5,000 monitors", async () => {
  const monitors = Array.from(
    { length: 5000 },
    (_, index) =>
      `  m${index}: { type: http, url: "https://m${index}.example", max_retries: 2, interval: 5 min, notifications: [] }`,
  );
  const { read, run } = folderWith({
    "monitors.yaml": `version: 1\nproject: shop\nmonitors:\n${monitors.join("\n")}\n`,
  });
  const { code, stdout } = await run("--fix");
  expect(code).toBe(0);
  expect(stdout).toContain("Fixed 10000 findings in monitors.yaml.");
  expect(read()).toBe(
    `version: 1\nproject: shop\nmonitors:\n${monitors.join("\n").replaceAll("max_retries", "maxRetries").replaceAll("5 min", "5m")}\n`,
  );
});
