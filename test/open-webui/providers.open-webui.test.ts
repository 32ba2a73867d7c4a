/**
 * A real Open WebUI and a real Uptime Kuma: the way of a new user from an empty instance to monitors, and then what the monitors
 * say of each way to break a provider.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../src/kuma/connect.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { runProgram, type Ran } from "../cli/built-program.ts";
import { readDocument } from "../commands/documents.ts";
import { runMain } from "../commands/fake-context.ts";
import { startRealServer } from "../contract/real-server.ts";
import { fakeAdmin } from "../fakes/kuma-server.ts";
import { brokenModes, healthyModes, watched, type ProviderMode, type Watched } from "./providers/modes.ts";
import { hasSubject, setProviders, startSubject, type Subject } from "./real/subject.ts";

interface TestDocument {
  readonly probes: readonly { readonly key: string; readonly status: string }[];
}

const models = ["gpt-4o-mini", "llama3.1:latest"];
const wantedModels = models.flatMap((model) => ["--model", model]);

/** The preset, of which each failure shows at once, and whose monitors ask only when they are told to. */
const configuration = (url: string): string => `
version: 1
project: real-open-webui
openWebUI:
  main:
    url: ${url}
    apiKey: \${env:OPEN_WEBUI_API_KEY}
    ready: true
    volume: true
    models: ["gpt-4o-mini", "llama3.1:latest"]
    overrides:
      "*": { interval: 1h, retryInterval: 1h, maxRetries: 0 }
      completion.*: { timeout: 20s }
`;

describe.skipIf(!hasSubject)("a real Open WebUI", () => {
  let subject: Subject;
  let sandbox: Sandbox;
  let client: KumaClient;
  let apiKey: string;
  let folder: string;
  const ids = new Map<Watched, number>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    [subject, sandbox] = await Promise.all([startSubject(), startRealServer()]);
    client = await connect({ url: sandbox.url, credentials: { type: "password", ...fakeAdmin } });
  });
  afterAll(async () => {
    await client.close();
    await Promise.all([subject.stop(), sandbox.stop()]);
    rmSync(folder, { recursive: true });
  });

  const env = (): Record<string, string> => ({
    ...(apiKey === undefined ? {} : { OPEN_WEBUI_API_KEY: apiKey }),
    KUMA_SYNC_URL: sandbox.url,
    KUMA_SYNC_USERNAME: fakeAdmin.username,
    KUMA_SYNC_PASSWORD: fakeAdmin.password,
  });

  /** Runs the program as it is published. No output holds a secret. */
  async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const ran = await runProgram(args, { cwd: folder, env: { ...env(), ...more } });
    const secrets = [subject.admin.password, ...(apiKey === undefined ? [] : [apiKey])];
    expect(secrets.filter((secret) => (ran.stdout + ran.stderr).includes(secret))).toEqual([]);
    return ran;
  }

  /** The same, to success; returns stdout. */
  async function succeed(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { code, stdout, stderr } = await run(args, more);
    if (code !== 0) throw new Error(`kuma-sync ${args.join(" ")} ended with ${String(code)}:\n${stdout}${stderr}`);
    return stdout;
  }

  test("bootstrap makes an account whose key sees the models that it was granted, and does it once", async () => {
    const { email, password } = subject.admin;
    const admin = { OPEN_WEBUI_ADMIN_EMAIL: email, OPEN_WEBUI_ADMIN_PASSWORD: password };
    const grants = models.flatMap((model) => ["--grant", model]);
    const args = ["bootstrap", "--open-webui", subject.url, "--key-file", "key", ...grants];
    const refused = await run(args, admin);
    expect(refused).toMatchObject({ code: 5, stdout: expect.stringContaining("create the account") as string });
    const made = await succeed([...args, "--auto-approve"], admin);
    expect(made).toContain("It sees 2 models.");
    const key = readFileSync(join(folder, "key"), "utf8").trim();
    expect(key).toMatch(/^sk-[0-9a-f]{32}$/u);
    expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o600);
    expect(made).not.toContain(key);
    apiKey = key;
    expect(await succeed(args, admin)).toContain("Nothing to do.");
    expect(readFileSync(join(folder, "key"), "utf8").trim()).toBe(key);
  });

  test("doctor finds nothing in the way of the monitors", async () => {
    const said = await succeed(["doctor", "--open-webui", subject.url, ...wantedModels, "--completions"]);
    expect(said).toContain("Monitors will work with this Open WebUI");
  });

  test("init writes a configuration that is valid, detects every breakage, and is up", async () => {
    await succeed(["init", "--open-webui", subject.url, "--out", "starter.yaml", ...wantedModels, "--no-input"]);
    await succeed(["validate", "starter.yaml"]);
    const tested = JSON.parse(await succeed(["test", "starter.yaml", "--probe", "--format", "json"])) as TestDocument;
    expect(tested.probes.map(({ status }) => status)).toEqual(watched.map(() => "up"));
  });

  test("apply writes the preset, whose monitors are all up on the server", async () => {
    writeFileSync(join(folder, "monitors.yaml"), configuration(subject.url));
    await succeed(["apply", "--auto-approve", "--wait", "120s"]);
    const monitors = Object.entries(await client.refreshMonitors());
    for (const key of watched) {
      const found = monitors.find(([, monitor]) => JSON.stringify(monitor).includes(`main.${key}`));
      ids.set(key, Number(found?.[0]));
    }
    expect([...ids.values()].filter((id) => Number.isNaN(id))).toEqual([]);
    await succeed(["plan", "--detailed-exitcode"]);
  });

  /** Lets all monitors ask once, and returns those that go down. */
  async function downOnServer(): Promise<readonly Watched[]> {
    const keys = new Map([...ids].map(([key, id]) => [id, key]));
    const down: Watched[] = [];
    const arrived = new Promise<void>((resolve) => {
      const left = new Set(ids.values());
      const stop = client.onHeartbeat(({ monitorId, status }) => {
        const key = keys.get(monitorId);
        if (key === undefined || !left.delete(monitorId)) return;
        if (status !== 1) down.push(key);
        if (left.size > 0) return;
        stop();
        resolve();
      });
    });
    for (const id of ids.values()) await client.write("resumeMonitor", id);
    await arrived;
    return watched.filter((key) => down.includes(key));
  }

  async function downByProbe(): Promise<readonly Watched[]> {
    const ended = await runMain(["test", "--probe", "--format", "json"], { cwd: folder, env: env() });
    const { probes } = readDocument(ended) as unknown as TestDocument;
    expect(probes).toHaveLength(watched.length);
    const down = probes.filter(({ status }) => status !== "up").map(({ key }) => key);
    return watched.filter((key) => down.includes(`monitor/main.${key}`));
  }

  const rows = [...brokenModes, ...healthyModes].map((mode) => [mode.name, mode] as const);
  test.each<readonly [string, ProviderMode]>(rows)("%s", async (_, { conditions, down }) => {
    await setProviders(subject, apiKey, conditions);
    const expected = watched.filter((key) => down.includes(key));
    const [onServer, byProbe] = await Promise.all([downOnServer(), downByProbe()]);
    expect({ onServer, byProbe }).toEqual({ onServer: expected, byProbe: expected });
  });
});
