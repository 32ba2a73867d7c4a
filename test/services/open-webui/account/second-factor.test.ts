/** `ENABLE_MFA`, from 0.12.0 on: nothing may be written that only a person could finish. */
import { describe, expect, it } from "vitest";
import { admin, configure, startBare, startReady, startUsed } from "../with-stand-in.ts";
import { carriedOut, planFor, sessionOf, written } from "./wishes.ts";

const version = "0.12.4";

describe("an instance that asks for a second factor", () => {
  it.each([
    ["set up", true, "signs in with a second factor"],
    ["not set up yet", false, "has to set up its second factor first"],
  ])("refuses a password before anything is written: %s", async (_, hasSecondFactor, words) => {
    const server = await startUsed(version);
    configure(server, { ENABLE_MFA: true });
    const [administrator] = server.state.users;
    if (administrator !== undefined) administrator.hasSecondFactor = hasSecondFactor;
    const before = written(server);
    await expect(planFor(server)).rejects.toMatchObject({
      code: "second-factor",
      message: expect.stringContaining(words),
      hint: expect.stringContaining("OPEN_WEBUI_ADMIN_TOKEN"),
    });
    expect(written(server)).toBe(before);
  });

  it.each([
    ["a new account", false],
    ["an account that is there, with its password", true],
  ])("lets an administrator's session plan, and stops where a key would have to be made: %s", async (_, isThere) => {
    const server = isThere ? await startReady(version) : await startUsed(version);
    configure(server, { ENABLE_MFA: true });
    const token = sessionOf(server, server.state.users[0]);
    const account = { email: "bot@example.test", name: "x", password: "bot-Zq9vX3-secret" };
    const { blockers } = await planFor(server, { admin: { token }, account });
    expect(blockers).toMatchObject([{ code: "second-factor", message: expect.stringContaining("ENABLE_MFA") }]);
    expect(blockers[0]?.steps.join("\n").includes("make the account")).toBe(!isThere);
    expect(server.requests).not.toContain("POST /api/v1/auths/signin");
  });

  it("does the rest when a person has made the key", async () => {
    const server = await startReady(version);
    configure(server, { ENABLE_MFA: true });
    server.state.rows.clear();
    const change = {
      admin: { token: sessionOf(server, server.state.users[0]) },
      account: { email: "bot@example.test", name: "x", password: "bot-Zq9vX3-secret" },
      apiKey: server.apiKey,
      grants: ["gpt-4o"],
      restrictsEndpoints: true,
    };
    expect(await planFor(server, change)).toMatchObject({ blockers: [], isKeyKept: true });
    expect(await carriedOut(server, change)).toEqual({ apiKey: server.apiKey, models: ["gpt-4o"] });
    expect(server.state.settings).toMatchObject({ ENABLE_MFA: true, ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS: true });
  });

  it("stops after the first administrator, which cannot be avoided, and says so", async () => {
    const server = await startBare(version);
    configure(server, { ENABLE_MFA: true });
    await expect(carriedOut(server, { grants: ["gpt-4o"] })).rejects.toMatchObject({
      code: "second-factor",
      message: expect.stringContaining("nothing else was written"),
    });
    expect(server.state.users).toMatchObject([{ role: "admin" }]);
    expect(server.state.groups).toEqual([]);
  });

  it("names how long to wait after too many tries", async () => {
    const server = await startUsed(version);
    const tooMany = { code: "too-many-sign-ins", hint: "wait three minutes" };
    server.state.signIns.set(admin.email, 15);
    await expect(planFor(server)).rejects.toMatchObject(tooMany);
    configure(server, { ENABLE_MFA: true });
    server.state.signIns.set(admin.email, 10);
    const hint = "wait 14m 54s, as Open WebUI says";
    await expect(planFor(server)).rejects.toMatchObject({ ...tooMany, hint });
  });

  it("ends sessions when it is switched on or off, and that is what the error says", async () => {
    const server = await startUsed(version);
    server.state.endedSessions.add("eyJ.old.x");
    for (const token of ["eyJ.old.x", "eyJ.wrong.x"]) {
      await expect(planFor(server, { admin: { token } })).rejects.toMatchObject({
        code: "session-ended",
        hint: expect.stringContaining("sign in again"),
      });
    }
  });
});

describe("an administrator's key", () => {
  it.each([
    ["with the settings of the second factor left out", false],
    ["also when it is on, and they stay as they are", true],
  ])("may change the other settings: %s", async (_, isOn) => {
    const server = await startReady(version);
    const [administrator] = server.state.users;
    if (administrator !== undefined) administrator.apiKey = "sk-administrators";
    configure(server, { ENABLE_MFA: isOn });
    const change = { admin: { token: "sk-administrators" }, apiKey: server.apiKey, restrictsEndpoints: true };
    expect((await planFor(server, change)).notes).toEqual([expect.stringContaining("the key of the administrator")]);
    await carriedOut(server, { ...change, grants: ["gpt-4o"] });
    expect(server.state.settings).toMatchObject({ ENABLE_MFA: isOn, ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS: true });
    // From now on the list of endpoints holds for it too.
    await expect(planFor(server, change)).rejects.toMatchObject({
      code: "key-refused",
      message: expect.stringContaining("limited to a list of endpoints"),
    });
  });

  it("does not work while keys are off", async () => {
    const server = await startReady(version);
    const [administrator] = server.state.users;
    if (administrator !== undefined) administrator.apiKey = "sk-administrators";
    configure(server, { ENABLE_API_KEYS: false });
    await expect(planFor(server, { admin: { token: "sk-administrators" } })).rejects.toMatchObject({
      code: "key-refused",
      message: expect.stringContaining("switched off"),
      hint: expect.stringContaining("session token"),
    });
  });
});
