import { describe, expect, it } from "vitest";
import {
  describeStep,
  type AccountPlan,
  type AccountWish,
} from "../../../../src/services/open-webui/account/account-plan.ts";
import {
  carryOutAccount,
  type MonitoringAccount,
} from "../../../../src/services/open-webui/account/bootstrap-account.ts";
import { diagnose } from "../../../../src/services/open-webui/doctor/doctor.ts";
import { neededEndpoints } from "../../../../src/services/open-webui/facts/endpoints.ts";
import { planAccount } from "../../../../src/services/open-webui/account/plan-account.ts";
import type { OpenWebUIStandIn } from "../stand-in/stand-in.ts";
import { addUser, does, keySetting, newKey, standInVersions } from "../stand-in/state.ts";
import { admin, grant, port, restrict, startBare, startReady, startUsed } from "../with-stand-in.ts";

const password = "bot-Zq9vX3-secret";

function wishFor({ url }: OpenWebUIStandIn, change: Partial<AccountWish> = {}): AccountWish {
  const account = { email: "Bot@example.test", name: "Monitoring bot", password };
  return { url, admin, account, group: "Monitoring", grants: [], ...change };
}

function carryOut(wish: AccountWish, plan: AccountPlan): Promise<MonitoringAccount> {
  return carryOutAccount(port, wish, { plan, makePassword: () => "made-Zq9vX3-secret" });
}

const types = ({ steps }: AccountPlan): readonly string[] => steps.map(({ type }) => type);

describe.each(standInVersions)("on Open WebUI %s", (version) => {
  const usesPermission = version !== "0.6.18" && version !== "0.6.36";

  it.each([
    ["in use", startUsed],
    ["new", startBare],
  ])(
    "one that is %s gets an account that can do what the monitors do, and a second run changes nothing",
    async (_, start) => {
      const server = await start(version);
      const models = ["gpt-4o-mini", "llama3.1:latest"];
      const wish = wishFor(server, { grants: models, restrictsEndpoints: true });
      const plan = await planAccount(port, wish);
      expect(plan.blockers).toEqual([]);
      expect(plan.version).toBe(version);
      expect(types(plan)).toEqual([
        ...(start === startBare ? ["create-administrator"] : []),
        ...(usesPermission ? ["enable-keys"] : []),
        "create-group",
        "create-account",
        "join-group",
        "make-key",
        "grant-model",
        "grant-model",
        "allow-endpoints",
      ]);

      const { apiKey, models: seen } = await carryOut(wish, plan);
      expect(apiKey).toMatch(/^sk-[0-9a-f]{32}$/u);
      expect(seen).toEqual(models);
      const { advice } = await diagnose(port, {
        url: server.url,
        apiKey,
        models,
        wantsCompletions: version !== "0.9.5",
      });
      expect(advice.filter(({ code }) => code !== "known-fault")).toEqual([]);

      const second = await planAccount(port, wish);
      expect(second).toMatchObject({ steps: [], blockers: [] });
      expect((await carryOut(wish, second)).apiKey).toBe(apiKey);
      const withoutPassword = wishFor(server, { ...wish, account: { ...wish.account, password: undefined }, apiKey });
      const third = await planAccount(port, withoutPassword);
      expect(third).toMatchObject({ steps: [], blockers: [] });
      expect((await carryOut(withoutPassword, third)).apiKey).toBe(apiKey);
    },
  );

  it("plans by reading alone", async () => {
    const server = await startUsed(version);
    const before = JSON.stringify([
      server.state.users,
      server.state.groups,
      server.state.settings,
      [...server.state.rows],
    ]);
    await planAccount(port, wishFor(server, { grants: ["gpt-4o"] }));
    expect(
      JSON.stringify([server.state.users, server.state.groups, server.state.settings, [...server.state.rows]]),
    ).toBe(before);
    expect(server.requests.filter((request) => request.startsWith("POST"))).toEqual(["POST /api/v1/auths/signin"]);
  });

  it("creates an account without administrator rights, in a group with one permission", async () => {
    const server = await startUsed(version);
    const wish = wishFor(server);
    await carryOut(wish, await planAccount(port, wish));
    const bot = server.state.users.find(({ email }) => email === "bot@example.test");
    expect(bot?.role).toBe("user");
    const groups = server.state.groups.filter(({ userIds }) => userIds.includes(bot?.id ?? ""));
    expect(groups.map(({ permissions }) => permissions)).toEqual(
      usesPermission ? [{ features: { api_keys: true } }] : [],
    );
    expect(server.state.rows.size).toBe(0);
  });

  it("keeps the settings, the entries of the list and the grants that are there", async () => {
    const server = await startReady(version);
    restrict(server, ["/api/v1/files", "/api/models"]);
    const before = server.state.settings;
    const keptRow = server.state.rows.get("gpt-4o-mini");
    restrictRow(server, "gpt-4o-mini");
    const wish = wishFor(server, { grants: ["gpt-4o-mini"] });
    const plan = await planAccount(port, wish);
    expect(types(plan)).toEqual(["grant-model", "allow-endpoints"]);
    await carryOut(wish, plan);
    expect(server.state.settings).toMatchObject({ SHOW_ADMIN_DETAILS: true, WEBUI_URL: before["WEBUI_URL"] });
    const entries = (keySetting(server.state, "allowed") as string).split(",");
    expect(entries).toEqual([
      "/api/v1/files",
      "/api/models",
      ...neededEndpoints.filter((path) => path !== "/api/models"),
    ]);
    const row = server.state.rows.get("gpt-4o-mini");
    expect(row).toMatchObject({ id: "gpt-4o-mini", name: keptRow?.["name"] });
    expect(JSON.stringify(row)).toContain("other-group");
    expect(types(await planAccount(port, wish))).toEqual([]);
  });

  it("leaves a list of endpoints that is not in force alone unless it is asked", async () => {
    const server = await startUsed(version);
    const wish = wishFor(server);
    await carryOut(wish, await planAccount(port, wish));
    expect(keySetting(server.state, "restricted")).toBe(false);
  });

  it("gives a group that is there the permission, and nothing else", async () => {
    const server = await startReady(version);
    const [group] = server.state.groups;
    if (group !== undefined) group.permissions = { chat: { controls: true }, features: { notes: true } };
    const wish = wishFor(server);
    const plan = await planAccount(port, wish);
    expect(types(plan)).toEqual(usesPermission ? ["permit-keys"] : []);
    await carryOut(wish, plan);
    const permissions = {
      chat: { controls: true },
      features: { notes: true, ...(usesPermission ? { api_keys: true } : {}) },
    };
    expect(group).toMatchObject({ permissions, name: "Monitoring", userIds: [server.bot.id] });
  });

  it("reuses the key of the account, which another would end", async () => {
    const server = await startReady(version);
    const wish = wishFor(server);
    const { apiKey } = await carryOut(wish, await planAccount(port, wish));
    expect(apiKey).toBe(server.apiKey);
    expect(server.requests).not.toContain("POST /api/v1/auths/api_key");
  });
});

describe("what stops it", () => {
  it("is an account that is an administrator, waits, or keeps its key to itself", async () => {
    const server = await startReady("0.11.0");
    const blockersWith = async (change: Partial<AccountWish>): Promise<readonly string[]> =>
      (await planAccount(port, wishFor(server, change))).blockers.map(({ code }) => code);
    const account = { email: "bot@example.test", name: "x" };
    expect(await blockersWith({ account })).toEqual(["password-needed"]);
    expect(await blockersWith({ account, apiKey: "sk-ffffffffffffffffffffffffffffffff" })).toEqual(["password-needed"]);
    expect(await blockersWith({ account, apiKey: server.apiKey })).toEqual([]);
    server.bot.role = "admin";
    expect(await blockersWith({ account, apiKey: server.apiKey })).toEqual(["account-is-administrator"]);
    server.bot.role = "pending";
    expect(await blockersWith({})).toEqual(["account-pending"]);
    server.bot.role = "user";
    server.state.groups.push({ id: "g2", name: "Monitoring", description: "", permissions: null, userIds: [] });
    expect(await blockersWith({})).toEqual(["group-not-unique"]);
  });

  it("reports another user's key, where that can be detected", async () => {
    const server = await startReady("0.11.0");
    const other = addUser(server.state, { email: "other@example.test", name: "x", password: "x", role: "admin" });
    other.apiKey = newKey();
    const account = { email: "bot@example.test", name: "x" };
    const { blockers } = await planAccount(port, wishFor(server, { account, apiKey: other.apiKey }));
    expect(blockers).toMatchObject([{ code: "password-needed" }]);
  });

  it("errors hold no secret: wrong passwords, other people's accounts, releases, addresses", async () => {
    const server = await startReady("0.11.0");
    const planWith = (change: Partial<AccountWish>): Promise<AccountPlan> => planAccount(port, wishFor(server, change));
    const wrong = { ...admin, password: "wrong-Zq9vX3-secret" };
    await expect(planWith({ admin: wrong })).rejects.toMatchObject({ code: "wrong-password" });
    await expect(planWith({ admin: { email: "bot@example.test", password } })).rejects.toMatchObject({
      code: "not-an-administrator",
    });
    await expect(planWith({ admin: { token: "sk-1" } })).rejects.toMatchObject({ code: "session-ended" });
    await expect(planWith({ account: { email: "bot@example.test", name: "x", password: "no" } })).rejects.toMatchObject(
      { code: "wrong-password" },
    );
    await expect(planAccount(() => Promise.reject(new Error("x")), wishFor(server))).rejects.toMatchObject({
      code: "unreachable",
    });
    const bare = await startBare("0.11.0");
    await expect(planAccount(port, wishFor(bare, { admin: { token: "sk-1" } }))).rejects.toMatchObject({
      code: "wrong-password",
    });
    const message = await planWith({ admin: wrong }).catch(
      (error: unknown) => `${String(error)} ${JSON.stringify(error)}`,
    );
    expect(message).not.toContain("Zq9vX3");
  });

  it("is not a preset, but its base model is pointed out", async () => {
    const server = await startReady("0.11.0");
    server.state.rows.set("helper", { id: "helper", name: "Helper", base_model_id: "gpt-4o", access_grants: [] });
    server.state.rows.set("gpt-4o", { id: "gpt-4o", name: "gpt-4o", base_model_id: null, access_grants: [] });
    const { notes, steps } = await planAccount(port, wishFor(server, { grants: ["helper"] }));
    expect(notes).toEqual([expect.stringContaining('name "gpt-4o" as well')]);
    expect(steps).toHaveLength(1);
    grant(server, "gpt-4o");
    expect((await planAccount(port, wishFor(server, { grants: ["helper"] }))).notes).toEqual([]);
  });
});

/** Cannot tell the key of an account just now. */
const failing: typeof port = (request) =>
  request.url.endsWith("/api_key")
    ? Promise.resolve({ status: 500, contentType: "text/plain", body: "Internal Server Error" })
    : port(request);

it("makes another key only when there is none, not when that is unknown", async () => {
  const server = await startReady("0.11.0");
  await expect(planAccount(failing, wishFor(server))).rejects.toMatchObject({ code: "rejected" });
});

it("tells each step in a line, and a plan holds no secret", async () => {
  const server = await startUsed("0.8.12");
  restrict(server, []);
  const plan = await planAccount(port, wishFor(server, { grants: ["gpt-4o"] }));
  expect(plan.steps.map(describeStep)).toEqual([
    "switch API keys on (ENABLE_API_KEYS)",
    'create the group "Monitoring", which may use API keys and nothing else',
    "create the account Bot@example.test (Monitoring bot), with the role user",
    'add Bot@example.test to the group "Monitoring"',
    "create an API key for Bot@example.test",
    'let the group "Monitoring" read the model gpt-4o',
    "allow API keys these endpoints: /api/models, /api/chat/completions, /openai/models, /ollama/api/tags, /ollama/api/version",
  ]);
  expect(JSON.stringify(plan)).not.toContain("Zq9vX3");
});

/** Only another group may read it. */
function restrictRow({ state }: OpenWebUIStandIn, id: string): void {
  const other = { principal_type: "group", principal_id: "other-group", permission: "read" };
  const access_control = { read: { group_ids: ["other-group"], user_ids: [] }, write: { group_ids: [], user_ids: [] } };
  state.rows.set(id, {
    ...state.rows.get(id),
    ...(does(state, "grants-in-a-list") ? { access_grants: [other] } : { access_control }),
  });
}
