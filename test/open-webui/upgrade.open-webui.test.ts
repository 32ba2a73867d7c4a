/** A database of 0.11.4 under the tested release: what was set up before goes on; then the second factor that is new. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { isJsonObject, type JsonObject } from "../../src/model/json.ts";
import { startProvider, type Provider } from "./providers/provider.ts";
import { callOpenWebUI } from "./real/call-open-webui.ts";
import { signInWithSecondFactor } from "./real/second-factor.ts";
import {
  administrator,
  newData,
  startOpenWebUI,
  type OpenWebUIData,
  type RunningOpenWebUI,
} from "./real/start-open-webui.ts";
import { startWatcher, type Watcher } from "./real/watcher.ts";

const { tested, before } = inject("openWebUI");
const models = ["gpt-4o-mini", "llama3.1:latest"];
const admin = { OPEN_WEBUI_ADMIN_EMAIL: administrator.email, OPEN_WEBUI_ADMIN_PASSWORD: administrator.password };

describe.skipIf(tested.type === "missing" || before.type === "missing")("an upgrade of Open WebUI", () => {
  let providers: { readonly openai: Provider; readonly ollama: Provider };
  let data: OpenWebUIData;
  let server: RunningOpenWebUI;
  let watcher: Watcher;
  /** The administrator's session, made before the upgrade. */
  let token: string;

  beforeAll(async () => {
    providers = { openai: await startProvider("openai"), ollama: await startProvider("ollama") };
    data = await newData();
    [server, watcher] = await Promise.all([start(before), startWatcher()]);
    watcher.secrets["OPEN_WEBUI_ADMIN_PASSWORD"] = administrator.password;
  });
  afterAll(async () => {
    await Promise.all([server.stop(), watcher.stop(), providers.openai.stop(), providers.ollama.stop()]);
    await data.remove();
  });

  async function start(installed: typeof tested, port?: number): Promise<RunningOpenWebUI> {
    if (installed.type === "missing") throw new Error(installed.reason);
    const addresses = { openai: providers.openai.url, ollama: providers.ollama.url };
    return startOpenWebUI({ ...installed, data, providers: addresses, ...(port !== undefined && { port }) });
  }

  const grants = models.flatMap((model) => ["--grant", model]);
  const bootstrap = (...more: readonly string[]): readonly string[] => [
    "bootstrap",
    "--open-webui",
    server.url,
    ...more,
  ];

  async function readSettings(): Promise<JsonObject> {
    const { body } = await callOpenWebUI(server.url, "GET /api/v1/auths/admin/config", { token });
    return isJsonObject(body) ? body : {};
  }

  /** What an account of the monitors consists of: groups, accounts, and the rows of models. */
  async function accountsAndGroups(): Promise<readonly string[]> {
    const routes = ["GET /api/v1/users/", "GET /api/v1/groups/"] as const;
    const answers = await Promise.all(routes.map((route) => callOpenWebUI(server.url, route, { token })));
    return answers.map(({ body }) => JSON.stringify(body).replaceAll(/"(?:last_active_at|updated_at)":\d+/gu, ""));
  }

  test("on the release before, the account is made and the monitors are up", async () => {
    expect(await watcher.succeed(bootstrap("--key-file", "key", ...grants, "--auto-approve"), admin)).toContain(
      `Open WebUI ${server.version} at`,
    );
    watcher.secrets["OPEN_WEBUI_API_KEY"] = readFileSync(join(watcher.folder, "key"), "utf8").trim();
    await watcher.watch(server.url);
    const session = await callOpenWebUI(server.url, "POST /api/v1/auths/signin", { body: administrator });
    ({ token } = session.body as { readonly token: string });
  });

  test("after the upgrade, key and session work, nothing is to be done, and all monitors stay up", async () => {
    await server.stop();
    server = await start(tested, Number(new URL(server.url).port));
    expect(await watcher.downOnServer()).toEqual([]);
    expect(await watcher.succeed(["plan", "--detailed-exitcode"])).toContain("No changes.");
    expect(await watcher.succeed(bootstrap("--key-file", "key", ...grants), admin)).toContain("Nothing to do.");
    const doctor = ["doctor", "--open-webui", server.url, "--completions", ...models.flatMap((id) => ["--model", id])];
    expect(await watcher.succeed(doctor)).toContain(`Open WebUI ${server.version} at`);
    expect(Object.keys(await readSettings())).toContain("ENABLE_API_KEYS");
  });

  describe("with the second factor switched on", () => {
    beforeAll(async () => {
      const body = { ...(await readSettings()), ENABLE_MFA: true };
      const { status } = await callOpenWebUI(server.url, "POST /api/v1/auths/admin/config", { token, body });
      if (status !== 200) throw new Error(`switching the second factor on was answered with ${status}`);
      // That ended every session, this one too.
      token = await signInWithSecondFactor(server.url, administrator);
    });

    test("the key works on, and all monitors stay up", async () => {
      expect(await watcher.downOnServer()).toEqual([]);
    });

    test("a password is refused before anything is written, and the message says what to do", async () => {
      const found = await accountsAndGroups();
      const args = bootstrap("--key-file", "other", "--account", "other@example.test", "--auto-approve");
      const ran = await watcher.run(args, admin);
      expect(ran.code).not.toBe(0);
      expect(ran.stderr).toMatch(/second factor/u);
      expect(ran.stderr).toContain("OPEN_WEBUI_ADMIN_TOKEN");
      expect(await accountsAndGroups()).toEqual(found);
      expect(existsSync(join(watcher.folder, "other"))).toBe(false);
    });

    test("a session finds that the key of the account is there, or that only a person can make one", async () => {
      watcher.secrets["OPEN_WEBUI_ADMIN_TOKEN"] = token;
      expect(await watcher.succeed(bootstrap("--key-file", "key", ...grants))).toContain("Nothing to do.");
      const found = await accountsAndGroups();
      const args = bootstrap("--key-file", "other", "--account", "other@example.test", "--auto-approve");
      const ran = await watcher.run(args, { OPEN_WEBUI_API_KEY: "" });
      expect(ran).toMatchObject({ code: 5, stdout: expect.stringContaining("ENABLE_MFA") as string });
      expect(await accountsAndGroups()).toEqual(found);
      expect(existsSync(join(watcher.folder, "other"))).toBe(false);
    });
  });
});
