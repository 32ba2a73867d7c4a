/** `--env-file`, in whole runs. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FakeProcess } from "../../commands/fake-context.ts";
import { configOf, openWorkspace, type Workspace } from "../../commands/workspace.ts";

const hook = `notifications:
  hook: { type: webhook, webhookURL: "\${env:HOOK_URL}", webhookContentType: json }
`;

/** The environment of a run without these variables at all: what is set and empty would win. */
function unset({ run }: Workspace, args: readonly string[], fake: FakeProcess = {}) {
  const none = { KUMA_SYNC_URL: undefined, KUMA_SYNC_USERNAME: undefined, KUMA_SYNC_PASSWORD: undefined };
  return run(args, { ...fake, env: { ...none, ...fake.env } as unknown as Record<string, string> });
}

async function openWith(files: Readonly<Record<string, string>>, yaml = configOf({ api: 60 }, hook)) {
  const workspace = await openWorkspace(yaml);
  const login = `KUMA_SYNC_URL=${workspace.kuma.url}\nexport KUMA_SYNC_USERNAME='${workspace.env["KUMA_SYNC_USERNAME"]}'\nKUMA_SYNC_PASSWORD="${workspace.env["KUMA_SYNC_PASSWORD"]}"\n`;
  for (const [name, text] of Object.entries({ "login.env": login, ...files }))
    writeFileSync(join(workspace.folder, name), text, { mode: 0o600 });
  return workspace;
}

const hookOf = ({ kuma }: Workspace): unknown =>
  JSON.parse([...kuma.notifications.values()][0]?.["config"] ?? "{}")["webhookURL"];

describe("the files of --env-file", () => {
  it("hold the login and the values of ${env:…}, and .env is not read by itself", async () => {
    const workspace = await openWith({
      ".env": "HOOK_URL=https://unasked.example/x\n",
      "hook.env": "HOOK_URL=https://hooks.example/S3cretPath\n",
    });
    const without = await unset(workspace, ["apply", "--auto-approve", "--env-file", "login.env"]);
    expect({ code: without.code, said: without.stderr }).toEqual({
      code: 3,
      said: expect.stringContaining('environment variable "HOOK_URL" is not set') as string,
    });
    const args = ["apply", "--auto-approve", "-e", "login.env", "-e", "hook.env"];
    const ran = await unset(workspace, args);
    expect({ code: ran.code, stderr: ran.stderr }).toMatchObject({ code: 0 });
    expect(hookOf(workspace)).toBe("https://hooks.example/S3cretPath");
    expect(ran.stdout + ran.stderr).not.toContain("S3cretPath");
  });

  it("win over earlier ones, and the environment wins over all", async () => {
    const workspace = await openWith({
      "one.env": "HOOK_URL=https://one.example/first-hook\n",
      "two.env": "HOOK_URL=https://two.example/second-hook\n",
    });
    const args = ["apply", "--auto-approve", "-e", "one.env", "-e", "two.env"];
    expect((await workspace.run(args)).code).toBe(0);
    expect(hookOf(workspace)).toBe("https://two.example/second-hook");
    const own = { env: { HOOK_URL: "https://own.example/third-hook" } };
    expect((await workspace.run(args, own)).code).toBe(0);
    expect(hookOf(workspace)).toBe("https://own.example/third-hook");
    const empty = await workspace.run(args, { env: { HOOK_URL: "" } });
    expect(empty.stderr).toContain("warning: HOOK_URL is set and empty in the environment, which wins over two.env");
    expect({ code: empty.code, stderr: empty.stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('environment variable "HOOK_URL" is empty') as string,
    });
  });

  it("only count as set in commands that need no secret", async () => {
    const workspace = await openWith({ "hook.env": "HOOK_URL=not-a-url-S3cret\n" });
    const run = (...args: readonly string[]) => unset(workspace, [...args, "-e", "hook.env"]);
    const unread = await run("validate");
    expect(unread).toMatchObject({ code: 0 });
    expect(unread.stdout).not.toContain("not set");
    const read = await run("validate", "--with-secrets");
    expect(read.code).toBe(3);
    expect(read.stdout + read.stderr).not.toContain("S3cret");
    expect((await unset(workspace, ["validate"])).stdout).toContain("not set");
  });

  it("cannot hand the configuration what KUMA_SYNC_ALLOW_ENV does not allow", async () => {
    const workspace = await openWith({ "hook.env": "HOOK_URL=https://x.example\nKUMA_SYNC_ALLOW_ENV=APP_*\n" });
    const inFile = await workspace.run(["plan", "-e", "hook.env"]);
    expect({ code: inFile.code, stderr: inFile.stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("KUMA_SYNC_ALLOW_ENV") as string,
    });
    const own = await openWith({}, configOf({ api: 60 }, hook.replace("HOOK_URL", "KUMA_SYNC_PASSWORD")));
    expect((await unset(own, ["plan", "-e", "login.env"])).code).toBe(3);
  });

  it("may be anywhere, and stdin", async () => {
    const workspace = await openWith({});
    const elsewhere = await openWith({ "hook.env": "HOOK_URL=https://elsewhere.example/hook\n" });
    const far = join(elsewhere.folder, "hook.env");
    expect((await workspace.run(["plan", "-e", far])).code).toBe(0);
    const piped = { stdin: "HOOK_URL=https://piped.example/hook\n" };
    expect((await workspace.run(["plan", "-e", "-"], piped)).code).toBe(0);
    const twice = await workspace.run(["plan", "-e", "-", "-f", "-"], piped);
    expect({ code: twice.code, stderr: twice.stderr }).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("stdin cannot hold both") as string,
    });
    expect((await workspace.run(["plan", "-e", "-", "-e", "-"], piped)).code).toBe(64);
  });

  it.each([
    ["a mistake", "HOOK_URL='S3cret", "error: bad.env:1:10: the quote of HOOK_URL is not closed"],
    [
      "several",
      "S3 cret\nA=${S3cret",
      "error: bad.env:1:4: a name is followed by =; bad.env:2:3: A: a ${ is not closed",
    ],
  ])("end the run with the place of %s and none of the text", async (_, text, message) => {
    const workspace = await openWith({ "bad.env": text });
    for (const command of ["plan", "validate", "import"]) {
      const { code, stdout, stderr } = await workspace.run([command, "--env-file", "bad.env"]);
      expect({ command, code }).toEqual({ command, code: 64 });
      expect(stderr).toContain(message);
      expect(stdout + stderr).not.toContain("S3cret");
    }
  });

  it("are UTF-8, and /dev/null is a file without variables", async () => {
    const workspace = await openWith({});
    writeFileSync(join(workspace.folder, "wide.env"), Buffer.from("\uFEFFHOOK_URL=x\n", "utf16le"));
    const wide = await workspace.run(["plan", "-e", "wide.env"]);
    expect({ code: wide.code, stderr: wide.stderr }).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('"wide.env" is not UTF-8') as string,
    });
    const none = { env: { HOOK_URL: "https://x.example/hook" } };
    expect((await workspace.run(["plan", "-e", "/dev/null"], none)).code).toBe(0);
  });

  it.each([
    ["SOPS", "HOOK_URL=ENC[AES256_GCM,data:Q==,type:str]\nsops_mac=ENC[x]\n", "is encrypted by SOPS"],
    ["1Password", "HOOK_URL=op://vault/item/field\n", 'HOOK_URL in "locked.env" is a reference of 1Password'],
  ])("end the run when %s must open one first", async (_, text, message) => {
    const workspace = await openWith({ "locked.env": text });
    const { code, stderr } = await workspace.run(["plan", "-e", "locked.env"]);
    expect({ code, stderr }).toMatchObject({ code: 64, stderr: expect.stringContaining(message) as string });
  });

  it.each([
    ["missing.env", "there is no such file"],
    ["folder.env", "it is a folder"],
  ])("end the run when %s cannot be read", async (file, reason) => {
    const workspace = await openWith({});
    if (file === "folder.env") mkdirSync(join(workspace.folder, file));
    const { code, stderr } = await workspace.run(["plan", "-e", file]);
    expect(code).toBe(64);
    expect(stderr).toContain(`--env-file: cannot read "${file}": ${reason}`);
  });

  it("are warned of when every user can read one", async () => {
    const workspace = await openWith({ "hook.env": "HOOK_URL=https://x.example/pa$S3cret\n" });
    chmodSync(workspace.folder, 0o755);
    const warned = async (mode: number): Promise<boolean> => {
      chmodSync(join(workspace.folder, "hook.env"), mode);
      const { code, stderr } = await workspace.run(["plan", "-e", "hook.env"]);
      expect(code).toBe(0);
      expect(stderr).toContain("warning: hook.env:1:10: HOOK_URL uses a variable that is not set");
      expect(stderr).not.toContain("S3cret");
      return stderr.includes("every user of this machine can read hook.env; chmod 600 closes it");
    };
    expect(await warned(0o644)).toBe(true);
    expect(await warned(0o640)).toBe(false);
    chmodSync(workspace.folder, 0o700);
    expect(await warned(0o644)).toBe(false);
  });
});
