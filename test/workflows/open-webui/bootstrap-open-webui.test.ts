import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { admin, configure, startBare, startUsed } from "../../services/open-webui/with-stand-in.ts";
import { readDocument } from "../../commands/documents.ts";
import { runMain, type Ended } from "../../commands/fake-context.ts";

const env = { OPEN_WEBUI_ADMIN_EMAIL: admin.email, OPEN_WEBUI_ADMIN_PASSWORD: admin.password };

interface Bench {
  readonly keyFile: string;
  /** Without a place for the key. */
  readonly runWith: (args: readonly string[]) => Promise<Ended>;
  readonly run: (args?: readonly string[], answers?: readonly string[]) => Promise<Ended>;
}

function openBench(url: string): Bench {
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const base = ["bootstrap", "--open-webui", url, "--key-file", "owui.key"];
  return {
    keyFile: join(cwd, "owui.key"),
    runWith: (args) => runMain(["bootstrap", "--open-webui", url, ...args], { cwd, env }),
    run: (args = [], answers) =>
      runMain([...base, ...args], { cwd, env, ...(answers === undefined ? {} : { answers }) }),
  };
}

describe.each(["0.6.18", "0.8.12", "0.11.0", "0.12.4"])("bootstrap --open-webui on %s", (version) => {
  test("makes an account whose key works, and a second run changes nothing", async () => {
    const server = await startUsed(version);
    const { run, keyFile } = openBench(server.url);
    const first = await run(["--auto-approve", "--grant", "gpt-4o"]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const key = readFileSync(keyFile, "utf8").trim();
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(first.stdout).toContain("It sees 1 model.");
    for (const secret of [key, admin.password]) expect(first.stdout).not.toContain(secret);

    const state = JSON.stringify(server.state);
    // Without --auto-approve: there is nothing to ask about.
    const second = await run(["--grant", "gpt-4o", "--format", "json"]);
    expect(second.code).toBe(0);
    expect(readDocument(second)).toMatchObject({ type: "kuma-sync.bootstrap", steps: [] });
    expect(JSON.stringify(server.state)).toBe(state);
    expect(readFileSync(keyFile, "utf8").trim()).toBe(key);
  });
});

describe("bootstrap --open-webui", () => {
  test("starts with an instance that has no users", async () => {
    const { url } = await startBare("0.11.0");
    const { run, keyFile } = openBench(url);
    expect((await run(["--auto-approve"])).code).toBe(0);
    expect(readFileSync(keyFile, "utf8")).toMatch(/^sk-/u);
  });

  test.for([
    ["nobody is there", undefined],
    ["the answer is no", ["no"]],
  ] as const)("writes nothing when %s", async ([, answers]) => {
    const server = await startUsed("0.11.0");
    const { run, keyFile } = openBench(server.url);
    const before = JSON.stringify(server.state.groups) + JSON.stringify(server.state.settings);
    const ended = await run([], answers);
    expect(ended.code).toBe(5);
    expect(ended.stdout).toContain("create an API key");
    expect(JSON.stringify(server.state.groups) + JSON.stringify(server.state.settings)).toBe(before);
    expect(existsSync(keyFile)).toBe(false);
  });

  test("puts the key into a line of an environment file, and leaves the others alone", async () => {
    const { url } = await startUsed("0.11.0");
    const { keyFile, runWith } = openBench(url);
    const around = "# of the stack\nTZ=UTC\nexport WEBUI_KEY='sk-old'\nOTHER_WEBUI_KEY=x";
    writeFileSync(keyFile, around, { mode: 0o644 });
    const args = ["--key-file", "owui.key", "--key-name", "WEBUI_KEY", "--auto-approve"];
    const ended = await runWith(args);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("the key is in owui.key as WEBUI_KEY");
    const text = readFileSync(keyFile, "utf8");
    expect(text.replace(/sk-[0-9a-f]+/u, "KEY")).toBe(
      "# of the stack\nTZ=UTC\nexport WEBUI_KEY=KEY\nOTHER_WEBUI_KEY=x",
    );
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const again = await runWith(args);
    expect(again.stdout).toContain("Nothing to do.");
    expect(readFileSync(keyFile, "utf8")).toBe(text);
  });

  test.for([
    [[], "no place"],
    [["--key-file", "a", "--key-name", "1=2"], "name of a variable"],
    [["--key-file", "."], '--key-file: cannot read ".": '],
  ] as const)("wants one place for the key: %j", async ([args, message]) => {
    const { runWith } = openBench("http://127.0.0.1:9");
    const ended = await runWith(args);
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain(message);
  });

  test("does it after a yes", async () => {
    const { url } = await startUsed("0.11.0");
    const { run, keyFile } = openBench(url);
    expect((await run([], ["yes"])).code).toBe(0);
    expect(existsSync(keyFile)).toBe(true);
  });

  test("replaces a stored key that no account has", async () => {
    const { url } = await startUsed("0.11.0");
    const { run, keyFile } = openBench(url);
    writeFileSync(keyFile, "sk-old\n", { mode: 0o644 });
    expect((await run(["--auto-approve"])).code).toBe(0);
    expect(readFileSync(keyFile, "utf8")).not.toContain("sk-old");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  });

  test("refuses an account that is an administrator", async () => {
    const { url } = await startUsed("0.11.0");
    const { run } = openBench(url);
    const ended = await run(["--auto-approve", "--account", admin.email]);
    expect(ended.code).toBe(5);
    expect(ended.stdout).toContain("administrator");
  });

  test("leaves no empty file behind when Open WebUI gives no key", async () => {
    const server = await startBare("0.12.4");
    configure(server, { ENABLE_MFA: true });
    const { run, keyFile } = openBench(server.url);
    const ended = await run(["--auto-approve"]);
    expect(ended.code).toBe(7);
    expect(ended.stderr).toContain("only a person can; nothing else was written");
    expect(existsSync(keyFile)).toBe(false);
  });

  test("stops before it writes where signing in needs a second factor", async () => {
    const server = await startUsed("0.12.4");
    configure(server, { ENABLE_MFA: true });
    const { run, keyFile } = openBench(server.url);
    const ended = await run(["--auto-approve"]);
    expect(ended).toMatchObject({ code: 7, stderr: expect.stringContaining("OPEN_WEBUI_ADMIN_TOKEN") });
    expect(server.state.groups).toEqual([]);
    expect(existsSync(keyFile)).toBe(false);
  });

  test("stores the key before a later step fails", async () => {
    const server = await startUsed("0.12.4");
    const { run, keyFile } = openBench(server.url);
    server.failures.push("POST /api/v1/models/model/access/update");
    const ended = await run(["--auto-approve", "--grant", "gpt-4o"]);
    expect(ended.code).toBe(1);
    expect(readFileSync(keyFile, "utf8")).toMatch(/^sk-/u);
    server.failures.splice(0);
    const again = await run(["--auto-approve", "--grant", "gpt-4o"]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("It sees 1 model.") });
  });

  test("names granted models that the account does not see", async () => {
    const server = await startUsed("0.12.4");
    const { run } = openBench(server.url);
    const grants = ["--grant", "gpt-4o", "--grant", "llama3.1:latest"];
    expect((await run(["--auto-approve", ...grants])).stdout).toContain("It sees 2 models.");
    server.state.providers.openai.isUp = false;
    const ended = await run(grants);
    expect(ended.stdout).toContain("It sees 1 model.\nnote: it does not see gpt-4o:");
  });

  test("needs a place for the key, an administrator, and the right password", async () => {
    const { url } = await startUsed("0.11.0");
    const args = ["bootstrap", "--open-webui", url];
    expect((await runMain(args, { env })).code).toBe(64);
    expect((await runMain([...args, "--key-file", "/nowhere/key"], {})).code).toBe(64);
    const wrong = { ...env, OPEN_WEBUI_ADMIN_PASSWORD: "wrong-Zq9vX3" };
    const ended = await runMain([...args, "--key-file", "/nowhere/key"], { env: wrong });
    expect(ended.code).toBe(7);
    expect(ended.stderr).not.toContain("Zq9vX3");
  });
});
