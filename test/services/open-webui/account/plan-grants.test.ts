import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/json.ts";
import { configure, startBare, startReady, startUsed } from "../with-stand-in.ts";
import { carriedOut, planFor, written } from "./wishes.ts";

const groupGrant = (id: string): JsonObject => ({ principal_type: "group", principal_id: id, permission: "read" });

describe.each(["0.8.12", "0.12.4"])("grants on %s", (version) => {
  it.each([
    ["gpt4o", 'did you mean "gpt-4o"?'],
    ["llama3.1", 'did you mean "llama3.1:latest"?'],
    ["nothing-like-it", "Admin Panel > Settings > Models"],
  ])("refuse a model that nobody lists: %s", async (model, hint) => {
    const server = await startUsed(version);
    const before = written(server);
    const { blockers } = await planFor(server, { grants: ["gpt-4o-mini", model] });
    expect(blockers).toMatchObject([
      {
        code: "model-not-listed",
        message: `Open WebUI lists no model "${model}"`,
      },
    ]);
    expect(blockers[0]?.steps.join(" ")).toContain(hint);
    expect(blockers[0]?.steps.join(" ")).toContain(hint);
    expect(written(server)).toBe(before);
  });

  it("refuse it on a new instance as soon as that has an administrator", async () => {
    const server = await startBare(version);
    await expect(carriedOut(server, { grants: ["gpt4o"] })).rejects.toMatchObject({
      message: expect.stringContaining("only the administrator was made"),
      hint: expect.stringContaining("gpt-4o"),
    });
    expect(server.state).toMatchObject({ groups: [], users: [{ role: "admin" }] });
  });

  it("allow a known model whose provider is down, and say it", async () => {
    const server = await startReady(version);
    server.state.providers.openai.isUp = false;
    const { blockers, notes } = await planFor(server, { apiKey: server.apiKey, grants: ["gpt-4o"] });
    expect({ blockers, notes }).toEqual({
      blockers: [],
      notes: [expect.stringContaining('does not list "gpt-4o" now')],
    });
  });
});

describe("groups above a group", () => {
  it("give it what they may, from 0.12.0 on", async () => {
    const server = await startReady("0.12.4");
    const [own] = server.state.groups;
    if (own === undefined) throw new Error("there is no group");
    own.permissions = null;
    own.parentId = "all";
    const permissions = { features: { api_keys: true } };
    server.state.groups.push({ id: "all", name: "All", description: "", permissions, userIds: [] });
    server.state.rows.set("gpt-4o", { id: "gpt-4o", name: "gpt-4o", access_grants: [groupGrant("all")] });
    const plan = await planFor(server, { apiKey: server.apiKey, grants: ["gpt-4o"] });
    expect(plan).toMatchObject({ steps: [], blockers: [] });
    // A member of a group below the group is a member of it.
    expect((await planFor(server, { apiKey: server.apiKey, group: "All" })).steps).toEqual([]);
  });

  it("and the group of every new account are told apart from the account's own", async () => {
    const server = await startUsed("0.12.4");
    server.state.groups.push({ id: "all", name: "Everybody", description: "", permissions: null, userIds: [] });
    configure(server, { DEFAULT_GROUP_ID: "all" });
    const { notes } = await planFor(server);
    expect(notes).toEqual([expect.stringContaining('also joins the group "Everybody"')]);
    const { apiKey } = await carriedOut(server);
    expect(await planFor(server, { apiKey })).toMatchObject({ steps: [], notes: [], isKeyKept: true });
  });
});
