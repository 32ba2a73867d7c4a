/** The server's login limiter: it lifts by itself, so a run waits for it. */
import { describe, expect, test } from "vitest";
import { openWorkspace, configOf } from "../../commands/workspace.ts";
import { socketLoginVersions } from "../../fakes/kuma-server.ts";
import { failure } from "../failure.ts";
import { adminLogin, clientOf, fakeKuma } from "../with-fake.ts";

const timeouts = { loginLimit: 20_000 };
const waiting = "the server takes 20 logins a minute from all clients together and has had them";

describe.each(socketLoginVersions)("the login limit of %s", (version) => {
  test("is waited for, and reported once", async () => {
    const fake = await fakeKuma({ version, loginLimit: 0 });
    const notices: string[] = [];
    await clientOf(fake, {
      timeouts,
      onNotice: (text) => {
        notices.push(text);
        // Refuses the second try too.
        setTimeout(() => (fake.login.budget = 1), 1500);
      },
    });
    expect(notices).toEqual([`${waiting}: trying again for up to 20s`]);
    expect(fake.log.filter(({ event }) => event === "login").length).toBeGreaterThan(2);
  });

  test("two-factor login uses the code that the server did not look at", async () => {
    const totpSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const now = (): number => 1_800_000_015_000 + (version === "2.5.3" ? 0 : 600_000);
    const fake = await fakeKuma({ version, loginLimit: 0, totpSecret, now });
    const notices: string[] = [];
    await clientOf(fake, {
      credentials: { ...adminLogin, totpSecret },
      now,
      timeouts,
      onNotice: (text) => {
        notices.push(text);
        fake.login.budget = 1;
      },
    });
    expect(notices).toEqual([`${waiting}: trying again for up to 20s`]);
  });

  test("ends with an error when it does not lift", async () => {
    const fake = await fakeKuma({ version, loginLimit: 0 });
    expect(await failure(clientOf(fake, { timeouts: { loginLimit: 100 } }))).toMatchObject({
      code: "too-frequent",
      hint: expect.stringContaining("--timeout"),
    });
  });

  test("an interruption ends the wait", async () => {
    const fake = await fakeKuma({ version, loginLimit: 0 });
    const controller = new AbortController();
    const reason = new Error("interrupted");
    const connecting = clientOf(fake, {
      timeouts: { loginLimit: 600_000 },
      signal: controller.signal,
      onNotice: () => controller.abort(reason),
    });
    await expect(connecting).rejects.toBe(reason);
  });
});

test.each(["plan", "status"])("Ctrl-C ends %s while it waits, with 130", async (command) => {
  const { run } = await openWorkspace(configOf({ api: 60 }), { loginLimit: 0 });
  const ended = await run([command], {
    onStderr: (text, interrupt) => {
      if (text.includes(waiting)) interrupt("SIGINT");
    },
  });
  expect(ended.code).toBe(130);
  expect(ended.stderr).toContain("trying again for up to 90s");
});
