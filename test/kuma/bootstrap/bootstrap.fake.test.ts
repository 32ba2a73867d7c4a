import { describe, expect, test } from "vitest";
import { bootstrap } from "../../../src/kuma/bootstrap/bootstrap.ts";
import type { BootstrapOptions } from "../../../src/kuma/bootstrap/bootstrap.ts";
import { fakeAdmin, fakeVersions } from "../../fakes/kuma-server.ts";
import { closedAddress, httpServer } from "../../fakes/strange-servers.ts";
import { testCertificate } from "../../fakes/test-certificate.ts";
import { failure } from "../failure.ts";
import { clientOf, during, fakeKuma } from "../with-fake.ts";

const mariadb = {
  type: "mariadb",
  hostname: "127.0.0.1",
  port: 1,
  dbName: "kuma",
  username: "kuma",
  password: "db-s3cr3t",
} as const;

function options(url: string, changes: Partial<BootstrapOptions> = {}): BootstrapOptions {
  return { url, ...fakeAdmin, database: { type: "sqlite" }, timeoutMs: 10_000, ...changes };
}

describe.each(fakeVersions)("bootstrap of %s", (version) => {
  const login = version === "3.0.0-beta.0" ? "cookie" : "socket";

  test("from nothing to an account that logs in, and nothing to do the second time", async () => {
    const fake = await fakeKuma({ version, start: "no-database" });
    const hasDatabaseStep = version !== "1.23.17";
    expect(await bootstrap(options(fake.url))).toEqual({
      database: hasDatabaseStep ? "set-up" : "already",
      admin: "created",
      login,
    });
    expect(fake.chosenDatabase).toEqual(hasDatabaseStep ? { type: "sqlite" } : undefined);
    await clientOf(fake);
    expect(await bootstrap(options(fake.url))).toEqual({ database: "already", admin: "already", login });
    const setups = [...fake.log.map(({ event }) => event), ...fake.auth.requests.map(({ path }) => path)];
    expect(setups.filter((one) => one.endsWith("setup"))).toHaveLength(1);
  });

  test("only the administrator is missing", async () => {
    const fake = await fakeKuma({ version, start: "no-user" });
    expect(await bootstrap(options(fake.url))).toEqual({ database: "already", admin: "created", login });
  });

  test("a server of someone else's: the password is checked, nothing is changed", async () => {
    const fake = await fakeKuma({ version });
    const error = await failure(bootstrap(options(fake.url, { password: "another1" })));
    expect(error).toMatchObject({ code: "wrong-password" });
    expect(fake.log.map(({ event }) => event)).not.toContain("setup");
    expect(fake.auth.requests.map(({ path }) => path)).not.toContain("/api/setup");
  });

  test("a weak password is refused with the rule", async () => {
    const fake = await fakeKuma({ version, start: "no-user" });
    // The server's own rule; 3.x has none, and kuma-sync one of its own.
    const [password, rule] = login === "cookie" ? ["ab1!", "8 to 128 characters"] : ["abcdefgh", "two kinds"];
    const error = await failure(bootstrap(options(fake.url, { password })));
    expect(error).toMatchObject({ code: "rejected", hint: expect.stringContaining(rule) });
    expect(fake.login.user).toBeUndefined();
  });

  test("a server whose login is switched off, and one with two-factor login, are set up", async () => {
    for (const start of [{ isAuthDisabled: true }, { totpSecret: "GEZDGNBVGY3TQOJQ" }]) {
      const fake = await fakeKuma({ version, ...start });
      expect(await bootstrap(options(fake.url))).toEqual({ database: "already", admin: "already", login });
    }
  });
});

describe("the database step", () => {
  test("MariaDB with all its fields", async () => {
    const fake = await fakeKuma({ start: "no-database" });
    await bootstrap(options(fake.url, { database: mariadb }));
    expect(fake.chosenDatabase).toEqual(mariadb);
  });

  test("a refusal is passed on without the password of the database", async () => {
    const fake = await fakeKuma({ start: "no-database" });
    const database = { ...mariadb, hostname: "127.0.0.9" };
    const error = await failure(bootstrap(options(fake.url, { database })));
    expect(error).toMatchObject({
      code: "rejected",
      message: expect.stringContaining("Cannot connect to the database"),
    });
    expect(error.message).not.toContain("s3cr3t");
  });

  test("reports each step and wait once, without secrets", async () => {
    const fake = await fakeKuma({ start: "no-database" });
    const lines: string[] = [];
    await bootstrap(options(fake.url, { database: mariadb, onProgress: (text) => lines.push(text) }));
    expect(lines).toEqual([
      "could not look at the database from here; Uptime Kuma tries the account itself",
      "choosing the database: MariaDB",
      "waiting for the server to restart with its database",
      `waiting for ${fake.url}: its database is being migrated`,
      'creating the administrator "admin"',
      'logging in as "admin"',
    ]);
  });

  test("below a sub-path, over TLS", async () => {
    const fake = await fakeKuma({ start: "no-database", basePath: "/kuma", tls: testCertificate });
    const tls = { caPem: testCertificate.cert };
    expect(await bootstrap(options(fake.url, { tls }))).toMatchObject({ database: "set-up", admin: "created" });
  });
});

describe("waiting for the server", () => {
  test("a server that comes up later is waited for", async () => {
    const fake = await fakeKuma({ start: "no-user" });
    await fake.close();
    const refused: string[] = [];
    const onProgress = (text: string): void => {
      if (refused.push(text) === 1) void fake.restart();
    };
    expect(await bootstrap(options(fake.url, { onProgress }))).toMatchObject({ admin: "created" });
    expect(refused[0]).toContain("nothing listens there");
  });

  test("a restart in the middle is waited for", async () => {
    const fake = await fakeKuma({ start: "no-user" });
    fake.faults.disconnectBefore("needSetup", 1);
    fake.faults.disconnectAfter("setup", 1);
    expect(await bootstrap(options(fake.url))).toMatchObject({ database: "already", admin: "already" });
    expect(fake.log.filter(({ event }) => event === "setup")).toHaveLength(1);
  });

  test("one that never comes is given up, with the reason", async () => {
    const error = await failure(bootstrap(options(await closedAddress(), { timeoutMs: 300 })));
    expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining("nothing listens there") });
  });

  test("another program is not waited for", async () => {
    const server = await during(httpServer((_, response) => void response.writeHead(200).end("hello")));
    expect(await failure(bootstrap(options(server.url)))).toMatchObject({ code: "not-uptime-kuma" });
  });

  test("a certificate that is not accepted is not waited for", async () => {
    const fake = await fakeKuma({ tls: testCertificate });
    expect(await failure(bootstrap(options(fake.url)))).toMatchObject({ code: "tls" });
  });

  test("an abort ends it", async () => {
    const abort = new AbortController();
    const url = await closedAddress();
    const onProgress = (): void => abort.abort(new Error("Ctrl-C"));
    await expect(bootstrap(options(url, { signal: abort.signal, onProgress }))).rejects.toThrow("Ctrl-C");
  });
});
