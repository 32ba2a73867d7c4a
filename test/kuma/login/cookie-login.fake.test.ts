/** The login of 3.x, and everything that can go wrong with it on the way. */
import { describe, expect, test, vi } from "vitest";
import { connect, connectReadOnly } from "../../../src/kuma/connect.ts";
import type { AuthFault } from "../../fakes/fake-auth.ts";
import { fakeAdmin, type FakeKuma, type FakeKumaOptions } from "../../fakes/kuma-server.ts";
import { socketServer } from "../../fakes/strange-servers.ts";
import { testCertificate } from "../../fakes/test-certificate.ts";
import { failure } from "../failure.ts";
import { adminLogin, clientOf, connecting, during, fakeKuma } from "../with-fake.ts";

const version = "3.0.0-beta.0";
const totpSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

function fake3(options: FakeKumaOptions = {}): Promise<FakeKuma> {
  return fakeKuma({ version, ...options });
}

async function withFault(path: string, fault: AuthFault, options: FakeKumaOptions = {}): Promise<FakeKuma> {
  const fake = await fake3(options);
  fake.auth.faults.set(path, fault);
  return fake;
}

function pathsOf(fake: FakeKuma): readonly string[] {
  return fake.auth.requests.map(({ path }) => path).filter((path) => path !== "/ok");
}

describe("a session", () => {
  test("is opened once, and closed with the client", async () => {
    const fake = await fake3();
    const client = await connect({ url: fake.url, credentials: adminLogin });
    expect(await client.list("monitorList")).toEqual({});
    expect([pathsOf(fake), fake.login.sessions.size]).toEqual([["/sign-in/username"], 1]);
    await client.close();
    expect([pathsOf(fake), fake.login.sessions.size]).toEqual([["/sign-in/username", "/sign-out"], 0]);
    await vi.waitFor(() => expect(fake.connections()).toBe(0));
  });

  test("ends after a day if nobody signs out, and every request has an Origin", async () => {
    const fake = await fake3();
    await (await connect({ url: fake.url, credentials: adminLogin })).close();
    const [signIn, signOut] = fake.auth.requests.filter(({ path }) => path.startsWith("/sign"));
    expect(signIn?.body).toEqual({ ...fakeAdmin, rememberMe: false });
    const origin = new URL(fake.url).origin;
    expect([signIn?.headers.origin, signOut?.headers.origin]).toEqual([origin, origin]);
    // Nor does the websocket: a foreign one is refused there.
    expect(fake.handshakeHeaders).not.toHaveProperty("origin");
  });

  test("is closed when the socket does not accept it", async () => {
    const fake = await fake3();
    fake.faults.stallPhase("login");
    await failure(connecting(fake.url, { login: 300 }));
    expect(fake.login.sessions.size).toBe(0);
  });

  test("the socket is sent no password, if HTTP answers first", async () => {
    const fake = await fake3();
    await clientOf(fake);
    expect(JSON.stringify(fake.log)).not.toContain(fakeAdmin.password);
  });

  test.each<[string, FakeKumaOptions]>([
    ["below the prefix of a proxy", { basePath: "/kuma" }],
    ["over polling", { transports: ["polling"] }],
    ["over TLS", { tls: testCertificate }],
  ])("works %s", async (_, options) => {
    const fake = await fake3(options);
    const client = await clientOf(fake, { tls: { caPem: testCertificate.cert } });
    await client.write("addTag", { name: "t", color: "#000" });
    expect(fake.tags.size).toBe(1);
  });

  test("the last of two cookies counts", async () => {
    const twice = await withFault("/sign-in/username", { type: "cookie-twice" });
    expect(await (await clientOf(twice)).list("monitorList")).toEqual({});
    const deleted = await withFault("/sign-in/username", { type: "cookie-deleted" });
    expect(await failure(clientOf(deleted))).toMatchObject({
      code: "not-uptime-kuma",
      hint: expect.stringContaining("Set-Cookie"),
    });
  });

  test("what may not be printed is reported to the caller", async () => {
    const fake = await fake3();
    const secrets: string[] = [];
    await clientOf(fake, { onSecret: (found) => secrets.push(...found) });
    expect([...fake.login.sessions].every((session) => secrets.includes(session))).toBe(true);
    expect(secrets).toContain(encodeURIComponent([...fake.login.sessions][0] ?? ""));
  });
});

describe("user names", () => {
  test.each(["my-admin", "ab", "a".repeat(31)])("%s, which the page refuses, gets in by e-mail", async (username) => {
    const fake = await fake3();
    fake.login.user = { username, password: fakeAdmin.password };
    await clientOf(fake, { credentials: { ...adminLogin, username } });
    expect(pathsOf(fake)).toEqual(["/sign-in/username", "/sign-in/email"]);
    // The server moves a user of 2.x at its first sign-in, and looks for the name in the same body.
    expect(fake.auth.requests.at(-1)?.body).toMatchObject({
      email: `${username}@noreply.uptime-kuma.internal`,
      username,
    });
  });

  test("capitals and blanks at the ends do not matter", async () => {
    const fake = await fake3();
    await clientOf(fake, { credentials: { ...adminLogin, username: " Admin " } });
    expect(pathsOf(fake)).toEqual(["/sign-in/username"]);
  });

  test.each(["John Doe", "a@b", "jörg"])("%s can never get in, which is said", async (username) => {
    const fake = await fake3();
    const error = await failure(clientOf(fake, { credentials: { ...adminLogin, username } }));
    expect(error).toMatchObject({ code: "wrong-password", message: expect.stringContaining(username) });
    expect(error.hint).toContain("rename");
  });
});

describe("two-factor login", () => {
  test("takes the same code twice, without waiting", async () => {
    const fake = await fake3({ totpSecret });
    const notices: string[] = [];
    const options = {
      credentials: { ...adminLogin, totpSecret },
      onNotice: (text: string): void => void notices.push(text),
    };
    await clientOf(fake, options);
    await clientOf(fake, options);
    expect([notices, fake.login.sessions.size]).toEqual([[], 2]);
  });

  test("a wrong secret is tried once", async () => {
    const fake = await fake3({ totpSecret });
    const credentials = { ...adminLogin, totpSecret: "MZXW6YTBOI======" };
    expect(await failure(clientOf(fake, { credentials }))).toMatchObject({ code: "two-factor-wrong" });
    expect(pathsOf(fake)).toEqual(["/sign-in/username", "/two-factor/verify-totp"]);
  });
});

describe("tokens", () => {
  test("the session of a browser lets in, and stays open", async () => {
    const fake = await fake3();
    const session = fake.login.openSession();
    for (const token of [encodeURIComponent(session), session, `better-auth.session_token=${session}; Path=/`]) {
      await (await connectReadOnly({ url: fake.url, credentials: { type: "token", token } })).close();
    }
    expect([pathsOf(fake), fake.login.sessions.size]).toEqual([[], 1]);
  });

  test.each([
    ["of 2.x", "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VybmFtZSI6ImFkbWluIn0.c2ln", "a token of Uptime Kuma 2.x"],
    ["of nothing", "hello there", "does not hold a session"],
    ["that has ended", `${"a".repeat(32)}.${"b".repeat(43)}=`, "does not accept the session"],
  ])("one %s is refused in words of its own", async (_, token, words) => {
    const fake = await fake3();
    const error = await failure(clientOf(fake, { credentials: { type: "token", token } }));
    expect(error).toMatchObject({ code: "token-invalid", message: expect.stringContaining(words) });
    expect(JSON.stringify([error.message, error.hint])).not.toContain(token);
  });
});

describe("a login that is switched off", () => {
  test("needs no sign-in", async () => {
    const fake = await fake3({ isAuthDisabled: true });
    const client = await clientOf(fake, { credentials: { ...adminLogin, password: "not checked" } });
    expect(await client.list("notificationList")).toEqual([]);
    expect(pathsOf(fake)).toEqual([]);
  });

  test("right after an upgrade the server is silent, and one sign-in repairs it", async () => {
    const fake = await fake3({ isAuthDisabled: true, isSilent: true });
    const notices: string[] = [];
    const timeouts = { connect: 600 };
    const client = await clientOf(fake, { timeouts, onNotice: (text) => notices.push(text) });
    expect(await client.list("monitorList")).toEqual({});
    expect(notices).toEqual([expect.stringContaining("stays silent until somebody signs in once")]);
  });

  test.each([{ type: "none" } as const, { type: "token", token: `${"a".repeat(32)}.${"b".repeat(43)}=` } as const])(
    "without a password, $type, that silence is explained",
    async (credentials) => {
      const fake = await fake3({ isAuthDisabled: true, isSilent: true });
      const error = await failure(clientOf(fake, { credentials, timeouts: { connect: 600 } }));
      expect(error).toMatchObject({ code: "stalled", hint: expect.stringContaining("KUMA_SYNC_PASSWORD once") });
    },
  );
});

describe("the limit of sign-ins", () => {
  test("is waited for as long as the server says, and reported once", async () => {
    const fake = await withFault("/sign-in/username", { type: "too-often", times: 2, seconds: 0 });
    const notices: string[] = [];
    await clientOf(fake, { timeouts: { loginLimit: 20_000 }, onNotice: (text) => notices.push(text) });
    expect(notices).toEqual([expect.stringMatching(/few sign-ins at once.*for up to 20s/u)]);
    expect(pathsOf(fake)).toEqual(["/sign-in/username", "/sign-in/username", "/sign-in/username"]);
  });

  test("counts for the code too", async () => {
    const fake = await withFault(
      "/two-factor/verify-totp",
      { type: "too-often", times: 1, seconds: 0 },
      { totpSecret },
    );
    await clientOf(fake, { credentials: { ...adminLogin, totpSecret } });
    expect(fake.login.sessions.size).toBe(1);
  });

  test("is an error when the wait is too long, without waiting for it", async () => {
    const fake = await withFault("/sign-in/username", { type: "too-often", times: 1, seconds: 3600 });
    expect(await failure(clientOf(fake))).toMatchObject({
      code: "too-frequent",
      message: expect.stringContaining("for 1h"),
    });
  });

  test("an interruption ends the wait", async () => {
    const fake = await withFault("/sign-in/username", { type: "too-often", times: 1, seconds: 60 });
    const controller = new AbortController();
    const reason = new Error("interrupted");
    const attempt = clientOf(fake, { signal: controller.signal, onNotice: () => controller.abort(reason) });
    await expect(attempt).rejects.toBe(reason);
  });
});

describe("on the way", () => {
  test("a sign-in that is never answered has the limit of a login", async () => {
    const fake = await withFault("/sign-in/username", { type: "hang" });
    expect(await failure(connecting(fake.url, { login: 200 }))).toMatchObject({
      code: "stalled",
      message: expect.stringContaining("login"),
    });
  });

  test("a sign-in that is cut is reported", async () => {
    const fake = await withFault("/sign-in/username", { type: "cut" });
    expect(await failure(clientOf(fake))).toMatchObject({ code: "unreachable" });
  });

  test.each([
    ["a login page", 401, "text/html", "<html>", "let /api/auth/ pass"],
    ["a redirect, which is not followed", 302, "text/html", "", "let /api/auth/ pass"],
    ["a page of its own", 200, "text/html", "<html>", "let /api/auth/ pass"],
    ["a proxy without that path", 404, "text/plain", "", "let /api/auth/ pass"],
    ["a proxy whose server is down", 502, "text/html", "", "look at the server's log"],
  ])("%s in its place", async (_, status, contentType, body, hint) => {
    const fake = await withFault("/sign-in/username", { type: "wall", status, contentType, body });
    expect(await failure(clientOf(fake))).toMatchObject({
      code: "not-uptime-kuma",
      hint: expect.stringContaining(hint),
    });
  });

  test("a hanging sign-out does not hold a run for long", async () => {
    const fake = await withFault("/sign-out", { type: "cut" });
    const client = await connect({ url: fake.url, credentials: adminLogin });
    await client.close();
    expect(fake.login.sessions.size).toBe(1);
  });
});

describe("telling the lines apart", () => {
  test.each<[string, AuthFault]>([
    ["never answers", { type: "hang" }],
    ["is cut", { type: "cut" }],
    ["is a login page", { type: "wall", status: 200, contentType: "text/html", body: "<html>" }],
    ["is refused", { type: "wall", status: 403, contentType: "application/json", body: "{}" }],
  ])("3.x whose /api/auth/ok %s: the socket shows it", async (_, fault) => {
    const fake = await withFault("/ok", fault);
    await clientOf(fake, { timeouts: { login: 400 } });
    expect(pathsOf(fake)).toEqual(["/sign-in/username"]);
  });

  test("3.x whose limit refuses /api/auth/ok", async () => {
    const fake = await withFault("/ok", { type: "too-often", times: 1, seconds: 60 });
    await clientOf(fake);
    expect(pathsOf(fake)).toEqual(["/sign-in/username"]);
  });

  test("2.x behind something that answers /api/auth/ok as 3.x does gets its login over the socket only", async () => {
    const asked: string[] = [];
    const server = await during(
      socketServer(
        (socket) => {
          const notIn = { ok: false, msg: "You are not logged in." };
          socket.on("getTags", (ack: (answer: unknown) => void) => ack(notIn));
          socket.on("twoFAStatus", (ack: (answer: unknown) => void) => ack(notIn));
          socket.on("login", (_data: unknown, ack: (answer: unknown) => void) =>
            ack({ ok: false, msg: "authIncorrectCreds" }),
          );
          socket.emit("info", { primaryBaseURL: null });
          socket.emit("loginRequired");
        },
        (path) => {
          asked.push(path);
          return { ok: true };
        },
      ),
    );
    expect(await failure(connecting(server.url))).toMatchObject({ code: "wrong-password" });
    expect(asked.filter((path) => path.includes("sign-in"))).toEqual([]);
  });

  test("2.x does not wait for an answer over HTTP", async () => {
    const server = await during(
      socketServer(
        (socket) => {
          socket.on("getTags", (ack: (answer: unknown) => void) => ack({ ok: false, msg: "You are not logged in." }));
          socket.on("login", (_data: unknown, ack: (answer: unknown) => void) =>
            ack({ ok: false, msg: "authIncorrectCreds" }),
          );
          socket.emit("info", { primaryBaseURL: null });
          socket.emit("loginRequired");
        },
        // Never answers.
        { onRequest: () => {} },
      ),
    );
    expect(await failure(connecting(server.url, { login: 60_000 }))).toMatchObject({ code: "wrong-password" });
  });
});
