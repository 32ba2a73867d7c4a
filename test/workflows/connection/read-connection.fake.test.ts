import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fakeAdmin } from "../../fakes/kuma-server.ts";
import { readDocument } from "../../commands/documents.ts";
import { configOf, openWorkspace } from "../../commands/workspace.ts";

const yaml = configOf({ api: 60 });

describe("where the connection comes from", () => {
  it.each([
    ["a password in a file", { KUMA_SYNC_PASSWORD: "", KUMA_SYNC_PASSWORD_FILE: "password.txt" }, []],
    ["a user name in a flag", { KUMA_SYNC_USERNAME: "nobody" }, ["--username", "admin"]],
  ])("%s", async (_name, env, flags) => {
    const { run, folder } = await openWorkspace(yaml);
    writeFileSync(join(folder, "password.txt"), `${fakeAdmin.password}\n`);
    expect((await run(["plan", ...flags], { env })).code).toBe(0);
  });

  it("a password on stdin", async () => {
    const { run } = await openWorkspace(yaml);
    const env = { KUMA_SYNC_PASSWORD: "wrong" };
    expect((await run(["plan", "--password-stdin"], { env, stdin: `${fakeAdmin.password}\n` })).code).toBe(0);
    expect((await run(["plan", "--password-stdin"], { env, stdin: "" })).code).toBe(64);
    const nobody = await run(["plan", "--password-stdin"], { env: { ...env, KUMA_SYNC_USERNAME: "" }, stdin: "x" });
    expect(nobody.stderr).toContain("there is a password and no user name");
    expect((await run(["plan", "--password-stdin", "-f", "-"], { env, stdin: yaml })).stderr).toContain("stdin cannot");
  });

  it("a password typed by a person, which is asked for only when it is missing", async () => {
    const { run } = await openWorkspace(yaml);
    const asked = await run(["plan"], { env: { KUMA_SYNC_PASSWORD: "" }, answers: [fakeAdmin.password] });
    expect([asked.code, asked.questions.length]).toEqual([0, 1]);
    expect(asked.questions[0]).toMatch(/^Password of admin at http/u);
    expect((await run(["plan"], { answers: [] })).questions).toEqual([]);
    expect((await run(["plan", "--no-input"], { env: { KUMA_SYNC_PASSWORD: "" }, answers: [] })).code).toBe(64);
  });

  it("an address in a flag, which wins over the environment", async () => {
    const { run, env } = await openWorkspace(yaml);
    const { code } = await run(["plan", "--url", env["KUMA_SYNC_URL"] ?? ""], {
      env: { KUMA_SYNC_URL: "http://127.0.0.1:9" },
    });
    expect(code).toBe(0);
  });
});

describe("names what is missing", () => {
  it.each([
    ["no server", { KUMA_SYNC_URL: "" }, 64, "set KUMA_SYNC_URL"],
    ["no password", { KUMA_SYNC_PASSWORD: "" }, 64, "set KUMA_SYNC_PASSWORD or KUMA_SYNC_PASSWORD_FILE"],
    ["no user name", { KUMA_SYNC_USERNAME: "" }, 64, "set KUMA_SYNC_USERNAME"],
    ["neither", { KUMA_SYNC_USERNAME: "", KUMA_SYNC_PASSWORD: "" }, 7, "set KUMA_SYNC_USERNAME and KUMA_SYNC_PASSWORD"],
    ["both of a pair", { KUMA_SYNC_PASSWORD_FILE: "x" }, 64, "unset one of them"],
    [
      "a file that is not there",
      { KUMA_SYNC_PASSWORD: "", KUMA_SYNC_PASSWORD_FILE: "nowhere" },
      64,
      'cannot read "nowhere"',
    ],
  ])("%s", async (_name, env, code, words) => {
    const { run } = await openWorkspace(yaml);
    const ended = await run(["plan"], { env });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(words);
    expect(ended.stdout).toBe("");
    expect(readDocument(await run(["plan", "--format", "json"], { env }))["type"]).toBe("kuma-sync.error");
  });
});

describe("what the server refuses", () => {
  it.each(["plan", "apply", "status"])("a wrong password fails %s", async (command) => {
    const { run } = await openWorkspace(yaml);
    const ended = await run([command, "--format", "json"], { env: { KUMA_SYNC_PASSWORD: "wrong-pass1" } });
    expect(ended.code).toBe(7);
    expect(readDocument(ended)).toMatchObject({ error: { kind: "server", code: "wrong-password" } });
  });

  it("explains that an API key is not a login token", async () => {
    const { run } = await openWorkspace(yaml);
    const { code, stderr } = await run(["plan"], { env: { KUMA_SYNC_TOKEN: "uk1_abcdefgh" } });
    expect(code).toBe(7);
    expect(stderr).toContain("API key");
    expect(stderr).not.toContain("uk1_abcdefgh");
  });

  it("nothing at the address", async () => {
    const { run } = await openWorkspace(yaml);
    const { code } = await run(["plan", "--timeout", "2s"], { env: { KUMA_SYNC_URL: "http://127.0.0.1:9" } });
    expect(code).toBe(7);
  });

  it("a server that is too slow for --timeout", async () => {
    const { run, kuma } = await openWorkspace(yaml);
    kuma.faults.stallPhase("login");
    const { code, stderr } = await run(["plan", "--timeout", "200ms"]);
    expect(code).toBe(7);
    expect(stderr).toContain("0.2s");
  });

  it("a server that is not set up, with the command that does it", async () => {
    const { run } = await openWorkspace(yaml, { start: "no-user" });
    const { code, stderr } = await run(["plan"]);
    expect(code).toBe(7);
    expect(stderr).toContain("bootstrap");
  });
});

describe("values that are never shown", () => {
  it("is the password of an address, of a login, and a token", async () => {
    const { run } = await openWorkspace(yaml);
    const secrets = ["url-s3cret", "pass-s3cret", "tok-s3cret"];
    const env = { KUMA_SYNC_URL: "http://me:url-s3cret@127.0.0.1:9", KUMA_SYNC_PASSWORD: "pass-s3cret" };
    const outputs = [
      await run(["plan", "-v"], { env }),
      await run(["plan", "-v", "--format", "json"], { env: { ...env, KUMA_SYNC_TOKEN: "tok-s3cret" } }),
      await run(["plan", "-v"], { env: { KUMA_SYNC_TOKEN: "tok-s3cret" } }),
    ];
    for (const { stdout, stderr } of outputs) {
      for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
    }
  });
});
