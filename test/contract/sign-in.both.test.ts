/**
 * The login of 3.x, on the fake and on a real server that `KUMA_SYNC_TEST_URL` names
 * (docs/upstream/uptime-kuma.md#sign-in-of-3x).
 */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "../../src/kuma/connect.ts";
import type { Credentials } from "../../src/kuma/connect-options.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { passwordToken } from "./raw-socket.ts";
import { cookieServers, type RunningServer } from "./servers.ts";

const servers = await cookieServers();

test.skipIf(servers.length === 0)("there is a 3.x to sign in at: skipped if KUMA_SYNC_TEST_URL names none", () => {
  expect(servers).not.toEqual([]);
});

describe.each(servers)("signing in at $name", (server) => {
  let running: RunningServer;
  beforeAll(async () => {
    running = await server.start();
  });
  afterAll(() => running.close());

  const passwordLogin = (): Extract<Credentials, { type: "password" }> => {
    const { username, password } = running;
    return { type: "password", username, password };
  };
  const authRequest = async (path: string, token: string, json?: JsonObject): Promise<JsonObject | null> => {
    const headers = { cookie: `better-auth.session_token=${token}`, origin: new URL(running.url).origin };
    const reply = await fetch(`${running.url}/api/auth${path}`, {
      headers: { ...headers, ...(json && { "content-type": "application/json" }) },
      ...(json && { method: "POST", body: JSON.stringify(json) }),
    });
    return (await reply.json()) as JsonObject | null;
  };

  test("a session lasts a day at most, and is over when the client is closed", async () => {
    const secrets: string[] = [];
    const onSecret = (found: readonly string[]): void => void secrets.push(...found);
    const client = await connect({ url: running.url, credentials: passwordLogin(), onSecret });
    // Each value once as it is sent, and once decoded. Asking without the second cookie would prolong the session to a week.
    const token = `${secrets[0]}; better-auth.dont_remember=${secrets[2]}`;
    const open = (await authRequest("/get-session", token))?.["session"] as JsonObject;
    await client.close();
    expect(await authRequest("/get-session", token)).toBeNull();
    const hours = (Date.parse(open["expiresAt"] as string) - Date.now()) / 3_600_000;
    expect(hours).toBeLessThan(25);
  });

  test("a session of somebody else lets in, and stays open", async () => {
    const token = await passwordToken(running.url, running.username, running.password);
    const client = await connect({ url: running.url, credentials: { type: "token", token } });
    expect(await client.list("notificationList")).toEqual(expect.any(Array));
    await client.close();
    expect(await authRequest("/get-session", token)).not.toBeNull();
    await authRequest("/sign-out", token, {});
  });

  test.each([
    ["another user", "nobody.here", "is not right"],
    ["a name that is too short", "ab", "is not right"],
    ["a name with a hyphen", "my-admin", "is not right"],
    ["a name that gives no e-mail address", "John Doe", "takes no user name like"],
  ])("%s is refused in known words", async (_, username, words) => {
    const attempt = connect({ url: running.url, credentials: { ...passwordLogin(), username } });
    await expect(attempt).rejects.toMatchObject({ code: "wrong-password", message: expect.stringContaining(words) });
  });

  test("a two-factor code is needed, and may be used again", async () => {
    const token = await passwordToken(running.url, running.username, running.password);
    const { password } = running;
    const enabled = await authRequest("/two-factor/enable", token, { password });
    const totpSecret = enabled?.["totpURI"] as string;
    const { totpCode } = await import("../../src/kuma/login/totp.ts");
    const { code } = await totpCode(totpSecret, Math.floor(Date.now() / 30_000));
    await authRequest("/two-factor/verify-totp", token, { code });
    onTestFinished(async () => {
      const { session } = await signInWithCode(totpSecret);
      await authRequest("/two-factor/disable", session, { password });
    });
    await expect(connect({ url: running.url, credentials: passwordLogin() })).rejects.toMatchObject({
      code: "two-factor-needed",
    });
    for (let round = 0; round < 2; round += 1) await (await signInWithCode(totpSecret)).client.close();
    const wrong = { ...passwordLogin(), totpSecret: "MZXW6YTBOI======" };
    await expect(connect({ url: running.url, credentials: wrong })).rejects.toMatchObject({ code: "two-factor-wrong" });
  });

  const signInWithCode = async (
    totpSecret: string,
  ): Promise<{ readonly client: Awaited<ReturnType<typeof connect>>; readonly session: string }> => {
    const secrets: string[] = [];
    const client = await connect({
      url: running.url,
      credentials: { ...passwordLogin(), totpSecret },
      onSecret: (found) => secrets.push(...found),
    });
    // The secrets are in the order of the cookies; the session is the one that the server knows.
    for (const session of secrets)
      if ((await authRequest("/get-session", session)) !== null) return { client, session };
    return { client, session: "" };
  };

  test("behind a proxy the fourth sign-in waits as long as the server says, and reports it", async () => {
    const url = await forwarding(running.url);
    const notices: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const client = await connect({ url, credentials: passwordLogin(), onNotice: (text) => notices.push(text) });
      await client.close();
    }
    expect(notices).toEqual([expect.stringContaining("few sign-ins at once")]);
  });
});

/** A proxy that names its client, as most do. Each has a client of its own. */
async function forwarding(target: string): Promise<string> {
  const client = `10.${Math.trunc(Math.random() * 250)}.${Math.trunc(Math.random() * 250)}.7`;
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, "x-forwarded-for": client };
    const passed = request(target + (incoming.url ?? "/"), { method: incoming.method ?? "GET", headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.pipe(outgoing);
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  // No upgrade is passed on, so the socket uses polling.
  server.on("upgrade", (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
