/** kuma-sync sends credentials only to hosts that the operator named. The listener counts connections: a refusal comes before the first of them. */
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fakeAdmin, startFakeKuma, type FakeKuma } from "../../fakes/kuma-server.ts";
import { readDocument } from "../../commands/documents.ts";
import { configOf, openWorkspace, type Workspace } from "../../commands/workspace.ts";

interface Listener {
  readonly url: string;
  /** Connections so far. */
  readonly connections: () => number;
}

/** Takes connections and never answers. */
async function listen(): Promise<Listener> {
  let connections = 0;
  const server: Server = createServer(() => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}

const one = (url: string, more = ""): string =>
  configOf({ api: 60 }, `targets: { x: { url: "${url}", username: u${more} } }\n`);
const two = (url: string): string =>
  configOf({ api: 60 }, `targets: { x: { url: "${url}", username: u }, y: { url: "${url}/y", username: u } }\n`);
const notification = 'notifications: { oncall: { type: slack, slackwebhookURL: "https://hooks.example/x" } }\n';

/** Every command that logs in at a target's address. */
const commands: readonly (readonly string[])[] = [
  ["plan"],
  ["plan", "--target", "x"],
  ["plan", "--all-targets"],
  ["apply", "--auto-approve"],
  ["status"],
  ["status", "--watch"],
  ["destroy", "--confirm", "shop@x"],
  ["notifications", "test", "oncall"],
];

describe("KUMA_SYNC_PASSWORD and its like belong to KUMA_SYNC_URL", () => {
  it.each(commands)("%s %s %s", async (...command) => {
    const { run, kuma, write } = await openWorkspace("");
    const listener = await listen();
    write(one(listener.url) + notification);
    const ended = await run([...command, "--timeout", "2s"], { env: { CI: "true" } });
    expect([ended.code, listener.connections()]).toEqual([7, 0]);
    expect(ended.stderr).toContain(`KUMA_SYNC_PASSWORD belongs to ${kuma.url} (KUMA_SYNC_URL)`);
    expect(ended.stderr).toContain(`the configuration puts it with ${listener.url} for target "x"; nothing was sent`);
    expect(ended.stderr).toContain(
      `set KUMA_SYNC_X_URL to it and give it credentials of its own in KUMA_SYNC_X_PASSWORD`,
    );
    expect(ended.stderr).not.toContain(fakeAdmin.password);
  });

  it.each([
    ["KUMA_SYNC_TOKEN", { KUMA_SYNC_TOKEN: "abcdef.ghijkl", KUMA_SYNC_PASSWORD: "" }],
    ["KUMA_SYNC_TOKEN", { KUMA_SYNC_TOKEN_FILE: "token.txt", KUMA_SYNC_PASSWORD: "" }],
    ["KUMA_SYNC_PASSWORD", { KUMA_SYNC_PASSWORD: "", KUMA_SYNC_PASSWORD_FILE: "token.txt" }],
    ["KUMA_SYNC_TOTP_SECRET", { KUMA_SYNC_PASSWORD: "", KUMA_SYNC_TOTP_SECRET: "GEZDGNBVGY3TQOJQ" }],
  ])("%s of %o", async (name, env) => {
    const { run, write, folder } = await openWorkspace("");
    const listener = await listen();
    writeFileSync(join(folder, "token.txt"), "abcdef.ghijkl\n");
    write(one(listener.url));
    const ended = await run(["plan"], { env });
    expect([ended.code, listener.connections()]).toEqual([7, 0]);
    expect(ended.stderr).toContain(`${name} belongs to`);
  });

  it("KUMA_SYNC_USERNAME too", async () => {
    const { run, write } = await openWorkspace("");
    const listener = await listen();
    write(configOf({ api: 60 }, `targets: { x: { url: "${listener.url}" } }\n`));
    const ended = await run(["plan"], {
      env: { KUMA_SYNC_X_PASSWORD: "x-s3cret", KUMA_SYNC_HOSTS: new URL(listener.url).host },
    });
    expect([ended.code, listener.connections()]).toEqual([7, 0]);
    expect(ended.stderr).toContain("KUMA_SYNC_USERNAME belongs to");
  });

  it("whatever KUMA_SYNC_HOSTS allows, and a yes on a terminal does not change it", async () => {
    const { run, write, folder } = await openWorkspace("");
    const listener = await listen();
    write(one(listener.url));
    const env = { KUMA_SYNC_HOSTS: new URL(listener.url).host, XDG_CONFIG_HOME: folder };
    const ended = await run(["plan"], { env, answers: ["yes"] });
    expect([ended.code, ended.questions, listener.connections()]).toEqual([7, [], 0]);
  });

  it("as one document in JSON", async () => {
    const { run, write } = await openWorkspace("");
    const listener = await listen();
    write(one(listener.url));
    const ended = await run(["plan", "--format", "json"]);
    expect(readDocument(ended)).toMatchObject({ error: { kind: "server", code: "host-not-allowed" } });
  });

  it("also where passwordEnv names it, or that of another target", async () => {
    const { run, write } = await openWorkspace("");
    const listener = await listen();
    const env = { KUMA_SYNC_HOSTS: new URL(listener.url).host, KUMA_SYNC_PROD_URL: "https://kuma.example.com" };
    for (const name of ["KUMA_SYNC_PASSWORD", "KUMA_SYNC_PROD_PASSWORD"]) {
      write(one(listener.url, `, passwordEnv: ${name}`));
      const ended = await run(["plan"], { env: { ...env, [name]: fakeAdmin.password } });
      expect([ended.code, listener.connections()]).toEqual([7, 0]);
      expect(ended.stderr).toContain(`${name} belongs to`);
    }
  });

  it("a variable that is not one for Uptime Kuma is an error of the file, or needs the host to be allowed", async () => {
    const { run, write } = await openWorkspace("");
    const listener = await listen();
    write(one(listener.url, ", passwordEnv: FOO"));
    const env = { FOO: "foo-s3cret", CI: "1" };
    const invalid = await run(["plan"], { env });
    const refused = await run(["plan", "--target", "x"], { env: { ...env, KUMA_SYNC_ALLOW_ENV: "FOO" } });
    expect([invalid.code, refused.code, listener.connections()]).toEqual([3, 7, 0]);
    expect(invalid.stderr).toContain("[KS1116]");
    expect(refused.stderr).toContain("FOO was not sent");
    expect(invalid.stderr + refused.stderr).not.toContain("foo-s3cret");
  });

  it("sends them to the same server under another spelling", async () => {
    const { run, kuma, write } = await openWorkspace("");
    write(one(`${kuma.url.replace("127.0.0.1", "127.1")}/`).replace("username: u", `username: ${fakeAdmin.username}`));
    expect((await run(["plan"])).code).toBe(0);
  });

  it("does not log in at the server that a saved plan names", async () => {
    const { run, kuma, write, folder } = await openWorkspace(configOf({ api: 60 }));
    const listener = await listen();
    await run(["plan", "--out", "plan.json"]);
    const path = join(folder, "plan.json");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(kuma.url, listener.url));
    write(configOf({ api: 60 }));
    expect((await run(["apply", "plan.json"])).code).toBe(6);
    expect(listener.connections()).toBe(0);
  });
});

/** A target that has credentials of its own, at an address that only the file names. */
async function openOwn(): Promise<{
  readonly run: Workspace["run"];
  readonly folder: string;
  readonly kuma: FakeKuma;
}> {
  const { run, kuma, write, folder } = await openWorkspace("");
  write(one(kuma.url).replace("username: u", `username: ${fakeAdmin.username}`));
  const env = {
    KUMA_SYNC_URL: "",
    KUMA_SYNC_USERNAME: "",
    KUMA_SYNC_PASSWORD: "",
    KUMA_SYNC_X_PASSWORD: fakeAdmin.password,
    XDG_CONFIG_HOME: join(folder, "config"),
  };
  return { kuma, folder, run: (args, fake = {}) => run(args, { ...fake, env: { ...env, ...fake.env } }) };
}

describe("credentials of a target, at an address that only the configuration names", () => {
  it.each(commands)("refused: %s %s %s", async (...command) => {
    const { run, write } = await openWorkspace("");
    const listener = await listen();
    write(two(listener.url) + notification);
    const env = { KUMA_SYNC_URL: "", KUMA_SYNC_X_PASSWORD: "x-s3cret", KUMA_SYNC_Y_PASSWORD: "y-s3cret", CI: "1" };
    const target = command.some((word) => word.includes("target")) ? [] : ["--target", "x"];
    const ended = await run([...command, ...target, "--timeout", "2s"], { env });
    expect([ended.code, listener.connections()]).toEqual([7, 0]);
    expect(ended.stderr).toContain(`only the configuration names ${listener.url}, for target "x"`);
    expect(ended.stderr).toContain("KUMA_SYNC_HOSTS is not set; KUMA_SYNC_X_PASSWORD was not sent");
    expect(ended.stderr).toContain(`set KUMA_SYNC_X_URL=${listener.url}, or add`);
    expect(ended.stderr).not.toMatch(/[xy]-s3cret/u);
  });

  it("a password on stdin, and one without KUMA_SYNC_URL", async () => {
    const { run, write } = await openWorkspace("");
    const listener = await listen();
    write(one(listener.url));
    const env = { KUMA_SYNC_URL: "", KUMA_SYNC_USERNAME: "", CI: "1" };
    const flags = ["--timeout", "2s"];
    const general = await run(["plan", ...flags], { env });
    const typed = await run(["plan", "--password-stdin", ...flags], {
      env: { ...env, KUMA_SYNC_PASSWORD: "" },
      stdin: "x-s3cret",
    });
    expect([general.code, typed.code, listener.connections()]).toEqual([7, 7, 0]);
    expect(general.stderr).toContain("KUMA_SYNC_PASSWORD was not sent");
    expect(typed.stderr).toContain("--password-stdin was not sent");
  });

  it.each([
    ["KUMA_SYNC_X_URL", (url: string) => ({ KUMA_SYNC_X_URL: url })],
    ["a host and port", (url: string) => ({ KUMA_SYNC_HOSTS: `kuma.example.com, ${new URL(url).host}` })],
    ["an origin", (url: string) => ({ KUMA_SYNC_HOSTS: url })],
  ])("allowed by %s", async (_name, envOf) => {
    const { run, kuma } = await openOwn();
    expect((await run(["plan"], { env: { CI: "1", ...envOf(kuma.url) } })).code).toBe(0);
  });

  it("allowed by --url", async () => {
    const { run, kuma } = await openOwn();
    expect((await run(["plan", "--url", kuma.url], { env: { CI: "1" } })).code).toBe(0);
  });

  it("another port, another host and a list that is wrong do not allow it", async () => {
    const { run, kuma } = await openOwn();
    for (const KUMA_SYNC_HOSTS of ["127.0.0.1", "127.0.0.1:1", "kuma.example.com"]) {
      const ended = await run(["plan"], { env: { CI: "1", KUMA_SYNC_HOSTS } });
      expect([ended.code, kuma.log]).toEqual([7, []]);
      expect(ended.stderr).toContain("KUMA_SYNC_HOSTS allows ");
    }
    const wrong = await run(["plan"], { env: { CI: "1", KUMA_SYNC_HOSTS: "https://u:hunter22@kuma.example.com" } });
    expect(wrong.code).toBe(64);
    expect(wrong.stderr).not.toContain("hunter22");
  });
});

function known(folder: string): string {
  return join(folder, "config", "kuma-sync", "known-hosts");
}

describe("on a terminal", () => {
  it("asks once, and remembers the answer for these credentials and this server", async () => {
    const { run, kuma, folder } = await openOwn();
    const first = await run(["plan"], { answers: ["yes"] });
    expect([first.code, first.questions]).toEqual([
      0,
      [
        `Only the configuration names ${kuma.url}, for target "x".\n` +
          'Send KUMA_SYNC_X_PASSWORD there, now and from now on? Type "yes" to continue: ',
      ],
    ]);
    expect(readFileSync(known(folder), "utf8")).toBe(`KUMA_SYNC_X_PASSWORD ${kuma.url}\n`);
    expect(statSync(known(folder)).mode & 0o777).toBe(0o600);
    const second = await run(["plan"], { answers: [] });
    expect([second.code, second.questions]).toEqual([0, []]);
    // A job on the same machine that has no terminal uses the answer; CI does not.
    expect((await run(["plan"])).code).toBe(0);
    expect((await run(["plan"], { env: { CI: "true" } })).code).toBe(7);
    // Other credentials are another question.
    const token = { env: { KUMA_SYNC_X_TOKEN: kuma.login.token() } };
    expect((await run(["plan"], token)).code).toBe(7);
    expect((await run(["plan"], { ...token, answers: ["yes"] })).questions).toHaveLength(1);
    expect((await run(["plan"], token)).code).toBe(0);
  });

  it.each(["no", "", "y"])('"%s" is not a yes', async (answer) => {
    const { run, kuma } = await openOwn();
    const ended = await run(["plan"], { answers: [answer] });
    expect([ended.code, kuma.log]).toEqual([7, []]);
    expect((await run(["plan"])).code).toBe(7);
  });

  it("--no-input does not ask, and says which flag to give", async () => {
    const { run } = await openOwn();
    const ended = await run(["plan", "--no-input"], { answers: ["yes"] });
    expect([ended.code, ended.questions]).toEqual([7, []]);
    expect(ended.stderr).toContain('answer "yes" on a terminal with --target x, once');
  });

  it("ignores and replaces a known-hosts file that others may write to", async () => {
    const { run, kuma, folder } = await openOwn();
    mkdirSync(join(folder, "config", "kuma-sync"), { recursive: true });
    writeFileSync(known(folder), `KUMA_SYNC_X_PASSWORD ${kuma.url}\nOTHER http://evil.example\n`, { mode: 0o666 });
    chmodSync(known(folder), 0o666);
    expect((await run(["plan"])).code).toBe(7);
    expect((await run(["plan"], { answers: ["yes"] })).code).toBe(0);
    expect(readFileSync(known(folder), "utf8")).toBe(`KUMA_SYNC_X_PASSWORD ${kuma.url}\n`);
  });

  it("a password that a person types is sent to the host that the question names", async () => {
    const { run, kuma } = await openOwn();
    const ended = await run(["plan"], { env: { KUMA_SYNC_X_PASSWORD: "" }, answers: [fakeAdmin.password] });
    expect([ended.code, ended.questions]).toEqual([0, [`Password of ${fakeAdmin.username} at ${kuma.url}: `]]);
  });
});

describe("several targets without variables of their own", () => {
  it("the general user name goes to none of them", async () => {
    const { run, kuma, write } = await openWorkspace("");
    const other = await startFakeKuma();
    onTestFinished(() => other.close());
    write(configOf({ api: 60 }, `targets: { x: { url: "${kuma.url}" }, y: { url: "${other.url}" } }\n`));
    const env = {
      KUMA_SYNC_HOSTS: `${new URL(kuma.url).host} ${new URL(other.url).host}`,
      KUMA_SYNC_Y_PASSWORD: fakeAdmin.password,
    };
    const ended = await run(["plan", "--target", "y"], { env });
    expect([ended.code, other.log]).toEqual([64, []]);
    expect(ended.stderr).toContain("set KUMA_SYNC_Y_USERNAME");
  });
});
