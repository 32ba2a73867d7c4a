import { describe, expect, it } from "vitest";
import { restrict, startReady } from "../with-stand-in.ts";
import { addOther, carriedOut, planFor } from "./wishes.ts";

const administrators = "sk-00000000000000000000000000000001";
const users = "sk-00000000000000000000000000000002";

describe.each(["0.11.0", "0.11.4", "0.12.4"])("on %s", (version) => {
  it("the account's own key is kept", async () => {
    const server = await startReady(version);
    expect(await planFor(server, { apiKey: server.apiKey })).toMatchObject({
      steps: [],
      notes: [],
      blockers: [],
      isKeyKept: true,
    });
  });

  it.each([
    ["an administrator", "admin", administrators],
    ["another user", "user", users],
  ] as const)("the key of %s is not taken for it", async (_, role, apiKey) => {
    const server = await startReady(version);
    const other = addOther(server, role, apiKey);
    server.state.groups.push({
      id: "g2",
      name: "Other",
      description: "",
      permissions: { features: { api_keys: true } },
      userIds: [other.id],
    });
    const { blockers, notes, isKeyKept } = await planFor(server, { apiKey });
    expect({ blockers, isKeyKept }).toMatchObject({ blockers: [{ code: "password-needed" }], isKeyKept: false });
    expect(notes).toEqual(["the given key belongs to another account, so it is not used"]);
    const account = { email: "bot@example.test", name: "x", password: "bot-Zq9vX3-secret" };
    expect((await carriedOut(server, { apiKey, account })).apiKey).toBe(server.apiKey);
  });

  it("the key of an administrator without groups is not taken for an account without groups", async () => {
    const server = await startReady(version);
    addOther(server, "admin", administrators);
    server.state.groups.splice(0);
    const { isKeyKept } = await planFor(server, { apiKey: administrators });
    expect(isKeyKept).toBe(false);
  });

  it("a list of endpoints hides the owner, but not an administrator", async () => {
    const server = await startReady(version);
    addOther(server, "admin", administrators);
    restrict(server);
    const own = await planFor(server, { apiKey: server.apiKey });
    expect(own).toMatchObject({ isKeyKept: true, blockers: [], notes: [expect.stringContaining("cannot be asked")] });
    // Before 0.12.0 nothing that is allowed tells.
    expect((await planFor(server, { apiKey: administrators })).isKeyKept).toBe(version !== "0.12.4");
  });
});
