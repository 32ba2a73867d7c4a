/** A folder in which the published program runs, and a real Uptime Kuma that watches an Open WebUI with the preset. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../../../src/kuma/connect.ts";
import { runProgram, type Ran } from "../../cli/built-program.ts";
import { readDocument } from "../../commands/documents.ts";
import { runMain } from "../../commands/fake-context.ts";
import { startRealServer } from "../../contract/real-server.ts";
import { fakeAdmin } from "../../fakes/kuma-server.ts";
import { watched, type Watched } from "../providers/modes.ts";

export interface Watcher {
  readonly folder: string;
  /** Variables of every run from now on. No output may hold their values. */
  readonly secrets: Record<string, string>;
  /** Runs the program as it is published. Throws when it prints a secret. */
  run(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ran>;
  /** The same; throws when it does not exit with 0, and returns stdout. */
  succeed(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<string>;
  /** Applies the preset for the Open WebUI at `url`, and waits until its monitors are up. */
  watch(url: string): Promise<void>;
  /** Lets all monitors ask once, and returns those that go down. */
  downOnServer(): Promise<readonly Watched[]>;
  /** The same by `test --probe`. */
  downByProbe(): Promise<readonly Watched[]>;
  stop(): Promise<void>;
}

/** What `test --probe --format json` prints. */
export interface ProbeDocument {
  readonly probes: readonly { readonly key: string; readonly status: string }[];
}

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

export async function startWatcher(): Promise<Watcher> {
  const sandbox = await startRealServer();
  const client = await connect({ url: sandbox.url, credentials: { type: "password", ...fakeAdmin } });
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  const secrets: Record<string, string> = {};
  const env = (): Record<string, string> => ({
    ...secrets,
    KUMA_SYNC_URL: sandbox.url,
    KUMA_SYNC_USERNAME: fakeAdmin.username,
    KUMA_SYNC_PASSWORD: fakeAdmin.password,
  });
  const keys = new Map<number, Watched>();

  const run: Watcher["run"] = async (args, more = {}) => {
    const ran = await runProgram(args, { cwd: folder, env: { ...env(), ...more } });
    const isPrinted = Object.values(secrets).some((secret) => (ran.stdout + ran.stderr).includes(secret));
    if (isPrinted) throw new Error(`kuma-sync ${args.join(" ")} printed a secret`);
    return ran;
  };
  const succeed: Watcher["succeed"] = async (args, more) => {
    const { code, stdout, stderr } = await run(args, more);
    if (code !== 0) throw new Error(`kuma-sync ${args.join(" ")} ended with ${String(code)}:\n${stdout}${stderr}`);
    return stdout;
  };
  return {
    folder,
    secrets,
    run,
    succeed,
    async watch(url) {
      writeFileSync(join(folder, "monitors.yaml"), configuration(url));
      await succeed(["apply", "--auto-approve", "--wait", "120s"]);
      const rows = Object.entries(await client.refreshMonitors());
      for (const key of watched) {
        const [id] = rows.find(([, row]) => JSON.stringify(row).includes(`main.${key}`)) ?? [];
        if (id === undefined) throw new Error(`there is no monitor main.${key}`);
        keys.set(Number(id), key);
      }
    },
    async downOnServer() {
      const down: Watched[] = [];
      const arrived = new Promise<void>((resolve) => {
        const left = new Set(keys.keys());
        const stop = client.onHeartbeat(({ monitorId, status }) => {
          const key = keys.get(monitorId);
          if (key === undefined || !left.delete(monitorId)) return;
          if (status !== 1) down.push(key);
          if (left.size > 0) return;
          stop();
          resolve();
        });
      });
      // Resuming a monitor starts it anew: it asks at once.
      for (const id of keys.keys()) await client.write("resumeMonitor", id);
      await arrived;
      return watched.filter((key) => down.includes(key));
    },
    async downByProbe() {
      const ended = await runMain(["test", "--probe", "--format", "json"], { cwd: folder, env: env() });
      const { probes } = readDocument(ended) as unknown as ProbeDocument;
      if (probes.length !== watched.length) throw new Error(`${probes.length} monitors were probed`);
      const down = probes.filter(({ status }) => status !== "up").map(({ key }) => key);
      return watched.filter((key) => down.includes(`monitor/main.${key}`));
    },
    async stop() {
      await client.close();
      await sandbox.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
