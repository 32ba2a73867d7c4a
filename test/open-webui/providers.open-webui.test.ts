/**
 * A real Open WebUI and a real Uptime Kuma: the way of a new user from an empty instance to monitors, and then what the monitors
 * say of each way to break a provider.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { brokenModes, healthyModes, watched, type ProviderMode } from "./providers/modes.ts";
import { callOpenWebUI, type Answered } from "./real/call-open-webui.ts";
import { hasSubject, setProviders, startSubject, type Subject } from "./real/subject.ts";
import { startWatcher, type ProbeDocument, type Watcher } from "./real/watcher.ts";

const models = ["gpt-4o-mini", "llama3.1:latest"];
const wantedModels = models.flatMap((model) => ["--model", model]);

describe.skipIf(!hasSubject)("a real Open WebUI", () => {
  let subject: Subject;
  let watcher: Watcher;

  beforeAll(async () => {
    [subject, watcher] = await Promise.all([startSubject(), startWatcher()]);
    watcher.secrets["OPEN_WEBUI_ADMIN_PASSWORD"] = subject.admin.password;
  });
  afterAll(async () => {
    await Promise.all([subject.stop(), watcher.stop()]);
  });

  test("bootstrap makes an account whose key sees the models that it was granted, and does it once", async () => {
    const admin = { OPEN_WEBUI_ADMIN_EMAIL: subject.admin.email };
    const grants = models.flatMap((model) => ["--grant", model]);
    const args = ["bootstrap", "--open-webui", subject.url, "--key-file", "key", ...grants];
    const refused = await watcher.run(args, admin);
    expect(refused).toMatchObject({ code: 5, stdout: expect.stringContaining("create the account") as string });
    const made = await watcher.succeed([...args, "--auto-approve"], admin);
    expect(made).toContain("It sees 2 models.");
    const file = join(watcher.folder, "key");
    const key = readFileSync(file, "utf8").trim();
    expect(key).toMatch(/^sk-[0-9a-f]{32}$/u);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(made).not.toContain(key);
    watcher.secrets["OPEN_WEBUI_API_KEY"] = key;
    expect(await watcher.succeed(args, admin)).toContain("Nothing to do.");
    expect(readFileSync(file, "utf8").trim()).toBe(key);
  });

  test("doctor finds nothing in the way of the monitors", async () => {
    const said = await watcher.succeed(["doctor", "--open-webui", subject.url, ...wantedModels, "--completions"]);
    expect(said).toContain("Monitors will work with this Open WebUI");
  });

  test("init writes a configuration that is valid, detects every breakage, and is up", async () => {
    const init = ["init", "--open-webui", subject.url, "--out", "starter.yaml", ...wantedModels, "--no-input"];
    await watcher.succeed(init);
    await watcher.succeed(["validate", "starter.yaml"]);
    const tested = await watcher.succeed(["test", "starter.yaml", "--probe", "--format", "json"]);
    const { probes } = JSON.parse(tested) as ProbeDocument;
    expect(probes.map(({ status }) => status)).toEqual(watched.map(() => "up"));
  });

  test("apply writes the preset, whose monitors are all up on the server, once", async () => {
    await watcher.watch(subject.url);
    expect(await watcher.succeed(["plan", "--detailed-exitcode"])).toContain("No changes.");
  });

  const rows = [...brokenModes, ...healthyModes].map((mode) => [mode.name, mode] as const);
  test.each<readonly [string, ProviderMode]>(rows)("%s", async (_, { conditions, down }) => {
    await setProviders(subject, watcher.secrets["OPEN_WEBUI_API_KEY"] ?? "", conditions);
    const expected = watched.filter((key) => down.includes(key));
    const [onServer, byProbe] = await Promise.all([watcher.downOnServer(), watcher.downByProbe()]);
    expect({ onServer, byProbe }).toEqual({ onServer: expected, byProbe: expected });
  });

  test("a connection with model ids written into it: only the completion sees that its provider is gone", async () => {
    const key = watcher.secrets["OPEN_WEBUI_API_KEY"] ?? "";
    await setProviders(subject, key, {});
    const session = await callOpenWebUI(subject.url, "POST /api/v1/auths/signin", { body: subject.admin });
    const { token } = session.body as { readonly token: string };
    const { body: config } = await callOpenWebUI(subject.url, "GET /openai/config", { token });
    const change = (configs: Json): Promise<Answered> =>
      callOpenWebUI(subject.url, "POST /openai/config/update", {
        token,
        body: { ...(config as JsonObject), OPENAI_API_CONFIGS: configs },
      });
    const changed = await change({ "0": { enable: true, model_ids: ["gpt-4o-mini"] } });
    expect(changed.status).toBe(200);
    await subject.providers.openai.set({ isGone: true });
    expect(await watcher.downOnServer()).toEqual(["completion.gpt-4o-mini"]);
    await change((config as JsonObject)["OPENAI_API_CONFIGS"] ?? {});
    await setProviders(subject, key, {});
  });
});
