/** Each phase, and each call, has its own limit and says that it was the one that stalled. */
import { describe, expect, test } from "vitest";
import { fakeVersions } from "../../fakes/kuma-server.ts";
import { silentServer } from "../../fakes/strange-servers.ts";
import { failure } from "../failure.ts";
import { clientOf, connecting, during, fakeKuma } from "../with-fake.ts";

describe("stalled", () => {
  test("while connecting: the host accepts the connection and sends nothing", async () => {
    const server = await during(silentServer());
    expect(await failure(connecting(server.url, { connect: 300 }))).toMatchObject({
      code: "stalled",
      message: expect.stringContaining("connecting"),
    });
  });

  test("while connecting: Uptime Kuma never gets ready", async () => {
    const fake = await fakeKuma();
    fake.faults.stallPhase("connect");
    expect(await failure(connecting(fake.url, { connect: 500 }))).toMatchObject({
      code: "stalled",
      message: expect.stringContaining("connecting"),
    });
  });

  test.each(fakeVersions)("in the login of %s", async (version) => {
    const fake = await fakeKuma({ version });
    fake.faults.stallPhase("login");
    expect(await failure(connecting(fake.url, { login: 300 }))).toMatchObject({
      code: "stalled",
      message: expect.stringContaining("login"),
    });
  });

  test.each(fakeVersions)("in the lists of %s", async (version) => {
    const fake = await fakeKuma({ version });
    fake.faults.stallPhase("lists");
    const error = await failure(connecting(fake.url, { login: 1000, lists: 200 }));
    expect(error).toMatchObject({ code: "stalled", message: expect.stringContaining("lists") });
  });

  test.each(fakeVersions)("in the lists of %s, wedged by a group that is its own ancestor", async (version) => {
    const fake = await fakeKuma({ version });
    const id = fake.seedMonitor({ type: "group", name: "ouroboros", parent: 1 });
    expect(id).toBe(1);
    const error = await failure(connecting(fake.url, { login: 1000, lists: 200 }));
    expect(error).toMatchObject({ code: "stalled", hint: expect.stringContaining("its own ancestor") });
  });

  test("in a call, which may have been done", async () => {
    const fake = await fakeKuma();
    const client = await clientOf(fake, { timeouts: { call: 300 } });
    fake.faults.dropAck("addTag", 1);
    const error = await failure(client.write("addTag", { name: "t", color: "#000" }));
    expect(error).toMatchObject({ code: "stalled", isMaybeApplied: true, message: expect.stringContaining("addTag") });
    expect(fake.tags.size).toBe(1);
  });
});
