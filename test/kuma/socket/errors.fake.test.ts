/** Every way in which a connection can fail has its own code and words that say what to do. */
import { describe, expect, test, vi } from "vitest";
import { connect } from "../../../src/kuma/connect.ts";
import type { KumaError } from "../../../src/model/errors.ts";
import { fakeVersions } from "../../fakes/kuma-server.ts";
import { closedAddress, cuttingServer, httpServer, socketServer } from "../../fakes/strange-servers.ts";
import { testCertificate } from "../../fakes/test-certificate.ts";
import { failure } from "../failure.ts";
import { adminLogin, clientOf, connecting, during, fakeKuma } from "../with-fake.ts";

describe("unreachable", () => {
  test("nothing listens", async () => {
    const error = await failure(connecting(await closedAddress()));
    expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining("nothing listens there") });
    expect(error.hint).toContain("port");
  });

  test("the connection is cut", async () => {
    const server = await during(cuttingServer());
    expect(await failure(connecting(server.url))).toMatchObject({ code: "unreachable" });
  });
});

describe("not-uptime-kuma", () => {
  test.each([
    ["a page", 200, "text/html", "check the address"],
    ["a login in front", 401, "text/plain", "let /socket.io/ pass"],
    ["a redirect", 301, "text/plain", "use the address that it leads to"],
    ["a proxy whose server is down", 502, "text/html", "may be down or starting"],
    ["another program", 404, "application/json", "check the address"],
  ])("%s", async (_, status, type, hint) => {
    const server = await during(
      httpServer((_request, response) => void response.writeHead(status, { "content-type": type }).end("hello")),
    );
    const error = await failure(connecting(server.url));
    expect(error).toMatchObject({ code: "not-uptime-kuma", hint: expect.stringContaining(hint) });
  });

  test("another socket.io server", async () => {
    const server = await during(socketServer(() => {}));
    expect(await failure(connecting(server.url, { connect: 500 }))).toMatchObject({
      code: "not-uptime-kuma",
      message: expect.stringContaining("speaks socket.io"),
    });
  });

  test("the sub-path is missing", async () => {
    const fake = await fakeKuma({ basePath: "/kuma" });
    const error = await failure(connecting(new URL(fake.url).origin));
    expect(error).toMatchObject({ code: "not-uptime-kuma", hint: expect.stringContaining("path") });
  });
});

describe("not-set-up", () => {
  test.each(fakeVersions)("%s without a user", async (version) => {
    const fake = await fakeKuma({ version, start: "no-user" });
    const error = await failure(connecting(fake.url));
    expect(error).toMatchObject({ code: "not-set-up", hint: expect.stringContaining("kuma-sync bootstrap") });
    expect(fake.log.map(({ event }) => event)).not.toContain("login");
  });

  test("2.x while it asks for its database", async () => {
    const fake = await fakeKuma({ start: "no-database" });
    expect(await failure(connecting(fake.url))).toMatchObject({
      code: "not-set-up",
      message: expect.stringContaining("no database"),
    });
  });
});

describe("tls", () => {
  test("an unknown certificate", async () => {
    const fake = await fakeKuma({ tls: testCertificate });
    const error = await failure(connecting(fake.url));
    expect(error).toMatchObject({ code: "tls", message: expect.stringContaining("was not accepted") });
    expect(error.hint).toContain("--insecure");
  });

  test("a server that has no TLS", async () => {
    const fake = await fakeKuma();
    const error = await failure(connecting(fake.url.replace("http:", "https:")));
    expect(error).toMatchObject({ code: "tls", hint: expect.stringContaining("http://") });
  });
});

describe.each(fakeVersions)("logins that %s refuses", (version) => {
  const refused = async (
    login: Parameters<typeof connect>[0]["credentials"],
    fakeOptions: Parameters<typeof fakeKuma>[0] = {},
  ): Promise<KumaError> => {
    const fake = await fakeKuma({ version, ...fakeOptions });
    return await failure(connect({ url: fake.url, credentials: login, timeouts: { login: 1000, loginLimit: 60 } }));
  };

  test("wrong-password", async () => {
    expect(await refused({ ...adminLogin, password: "wrong" })).toMatchObject({ code: "wrong-password" });
  });

  test("two-factor-needed", async () => {
    const error = await refused(adminLogin, { totpSecret: "GEZDGNBVGY3TQOJQ" });
    expect(error).toMatchObject({ code: "two-factor-needed", hint: expect.stringContaining("KUMA_SYNC_TOTP_SECRET") });
  });

  test("token-invalid", async () => {
    expect(await refused({ type: "token", token: "x.y.z" })).toMatchObject({ code: "token-invalid" });
  });

  test("too-frequent", async () => {
    const error = await refused(adminLogin, { loginLimit: 0 });
    const way = version === "3.0.0-beta.0" ? "--timeout" : "KUMA_SYNC_TOKEN";
    expect(error).toMatchObject({ code: "too-frequent", hint: expect.stringContaining(way) });
  });

  test("no-credentials", async () => {
    expect(await refused({ type: "none" })).toMatchObject({ code: "no-credentials" });
  });
});

describe("api-key", () => {
  test.each([
    { type: "token", token: "uk1_abcdefghijklmnopqrstuvwxyz" },
    { type: "password", username: "admin", password: "uk23_abcdefghijklmnopqrstuvwxyz" },
  ] as const)("as $type, before anything is sent", async (credentials) => {
    const error = await failure(connect({ url: await closedAddress(), credentials }));
    expect(error).toMatchObject({ code: "api-key" });
    expect(`${error.message} ${error.hint}`).not.toContain("abcdef");
  });
});

describe("disconnected", () => {
  test.each([
    ["disconnectBefore", 0],
    ["disconnectAfter", 1],
  ] as const)("%s a write: it may have been done", async (fault, tags) => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    fake.faults[fault]("addTag", 1);
    const error = await failure(client.write("addTag", { name: "t", color: "#000" }));
    expect(error).toMatchObject({ code: "disconnected", isMaybeApplied: true });
    expect(fake.tags.size).toBe(tags);
  });

  test("during the login", async () => {
    const fake = await fakeKuma();
    fake.faults.disconnectBefore("login", 1);
    expect(await failure(connecting(fake.url))).toMatchObject({ code: "disconnected" });
  });
});

describe("incompatible", () => {
  test.each(["1.22.1", "4.0.0-beta.0"])("%s", async (statedVersion) => {
    const fake = await fakeKuma({ statedVersion });
    expect(await failure(connecting(fake.url))).toMatchObject({ code: "incompatible" });
    await vi.waitFor(() => expect(fake.connections()).toBe(0));
  });
});

describe("incomplete", () => {
  test.each(fakeVersions)("a list that %s never sends", async (version) => {
    const fake = await fakeKuma({ version });
    fake.faults.neverSend("notificationList");
    const client = await clientOf(fake, { timeouts: { lists: 500 } });
    expect(await failure(client.list("notificationList"))).toMatchObject({
      code: "incomplete",
      message: expect.stringContaining("notificationList"),
    });
    await expect(client.list("monitorList")).resolves.toEqual({});
  });

  test("the answer to getMonitorList comes without a list", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    fake.faults.neverSend("monitorList");
    expect(await failure(client.refreshMonitors())).toMatchObject({ code: "incomplete" });
  });
});

describe("rejected", () => {
  test("in the server's words without the statement", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake);
    const error = await failure(client.write("addTag", { name: null, color: "s3cr3t" }));
    expect(error).toMatchObject({ code: "rejected", isMaybeApplied: false });
    expect(error.message).toBe("addTag: NOT NULL constraint failed: tag.name");
  });
});

test("no error repeats a password, a token or a secret", async () => {
  const fake = await fakeKuma({ totpSecret: "GEZDGNBVGY3TQOJQ" });
  const attempts = [
    { type: "password", username: "admin", password: "pass-s3cr3t" },
    { type: "password", username: "admin", password: "admin123!", totpSecret: "s3cr3t!!" },
    { type: "token", token: "tok-s3cr3t" },
  ] as const;
  for (const credentials of attempts) {
    const error = await failure(connect({ url: fake.url, credentials }));
    expect(JSON.stringify([error.message, error.hint, error.stack, error.cause])).not.toContain("s3cr3t");
  }
});
