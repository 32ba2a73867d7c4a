/** A drill on the real server: what it shows is what `test` says, and the alarms arrive. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import type { DrilledMonitor } from "../../src/model/drilled-monitor.ts";
import { connect } from "../../src/kuma/connect.ts";
import { builtProgram } from "../cli/built-program.ts";
import { readDocument } from "../commands/documents.ts";
import { runMain } from "../commands/fake-context.ts";
import { startRealServer } from "../contract/real-server.ts";
import { fakeAdmin } from "../fakes/kuma-server.ts";

beforeAll(() => void builtProgram());

const configuration = `
version: 1
project: shop
notifications:
  oncall: { type: ntfy, ntfyserverurl: https://ntfy.example, ntfytopic: shop-8f2c }
defaults:
  monitor: { notifications: [oncall], interval: 5m, maxRetries: 3 }
monitors:
  models:
    name: Models
    type: json-query
    url: https://api.example/v1/models?limit=5
    method: POST
    headers: { Accept: application/json, Authorization: "Bearer \${env:API_KEY}" }
    body: { probe: true }
    jsonPath: $count(data[id="llama"]) > 0
    expectedValue: "true"
    sample: { body: { object: list, data: [{ id: llama }, { id: gpt }] } }
    tests:
      - { name: no models, body: { data: [] }, expect: down }
      - { name: moved to the login, url: /login, body: "<h1>Sign in</h1>", expect: down }
  page:
    name: Page
    type: keyword
    url: https://shop.example/
    keyword: Welcome to the shop
    sample: { body: "<h1>Welcome to the shop</h1>", headers: { Content-Type: text/html } }
  blind:
    name: Blind
    type: json-query
    url: https://api.example/v1/status
    headers: { Accept: application/json }
    jsonPath: $exists(error)
    expectedValue: "false"
    sample: { body: { status: ok } }
  login:
    name: Login
    type: http
    url: https://shop.example/login
    authMethod: oauth2-cc
    oauthTokenUrl: https://login.example/token
    oauthClientId: kuma
    oauthClientSecret: "\${env:OAUTH_SECRET}"
    acceptedStatusCodes: [401]
  never: { name: Never, type: http, url: "https://old.example", upsideDown: true, notifications: [] }
  database: { name: Database, type: port, hostname: db.example, port: 5432 }
  zone: { name: Zone, type: dns, hostname: shop.example, dnsResolveType: MX }
  job: { name: Job, type: push, interval: 1d, maxRetries: 0 }
`;

function folderWith(yaml: string): string {
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  writeFileSync(join(cwd, "monitors.yaml"), yaml);
  return cwd;
}

it("shows each monitor what test says, and reports the alarm that arrived", { timeout: 300_000 }, async () => {
  const cwd = folderWith(configuration);
  const reports = ["junit=d.xml", "html=d.html", "markdown=d.md"].flatMap((report) => ["--report", report]);
  const ended = await runMain(["drill", "--sandbox", "--format", "json", ...reports], { cwd });
  const document = readDocument(ended);
  const monitors = document["monitors"] as unknown as readonly (DrilledMonitor & {
    readonly problems: readonly object[];
  })[];
  expect(monitors.map(({ key, problems, skipped }) => [key, problems, skipped])).toEqual(
    ["models", "page", "blind", "login", "never", "database", "zone", "job"].map((key) => [
      `monitor/${key}`,
      [],
      undefined,
    ]),
  );
  expect(ended.code).toBe(0);
  const variants = monitors.flatMap((monitor) => monitor.variants);
  expect(variants.length).toBeGreaterThan(40);
  for (const { name, status, expect: said } of variants) expect([name, status]).toEqual([name, said]);
  const [models, , blind] = monitors;
  const moved = models?.variants.find(({ name }) => name === "no models");
  expect(moved?.alarm?.text).toMatch(/^\[DRILL Models: no models\] \[🔴 Down\] .*value is not equal to expected/u);
  expect(moved?.recovered).toMatchObject({ status: "up", alarm: { text: expect.stringContaining("[✅ Up]") } });
  expect(blind?.variants.some(({ group, status }) => group === "dead" && status === "up")).toBe(true);
  const read = (file: string): string => readFileSync(join(cwd, file), "utf8");
  expect(read("d.xml")).toContain('<testsuite name="monitor/job" tests="3" failures="0" skipped="0">');
  expect(read("d.html")).toContain("[DRILL Page: ");
  expect(read("d.md")).toContain("| pass | `Models` |");
});

it(
  "leaves nothing on a server after Ctrl-C, and after a kill the next drill deletes it",
  { timeout: 300_000 },
  async () => {
    const sandbox = await startRealServer();
    onTestFinished(() => sandbox.stop());
    const cwd = folderWith(configuration);
    const { username, password } = fakeAdmin;
    const env = {
      KUMA_SYNC_URL: sandbox.url,
      KUMA_SYNC_USERNAME: username,
      KUMA_SYNC_PASSWORD: password,
      PATH: process.env["PATH"],
    };
    const args = ["drill", "page", "--on-server", "--listen", "127.0.0.1:0", "--verbose"];
    const left = async (): Promise<number> => {
      const client = await connect({ url: sandbox.url, credentials: { type: "password", username, password } });
      const lists = [await client.list("monitorList"), await client.list("notificationList")];
      await client.close();
      return lists.flatMap((list) => Object.values(list as object)).length;
    };
    const progress = "drilled 1 of";
    /** Once it has a copy that is done. */
    const killedWith = async (signal: "SIGINT" | "SIGKILL"): Promise<number | null> => {
      const child = spawn(process.execPath, [builtProgram(), ...args], {
        cwd,
        env,
        stdio: ["ignore", "ignore", "pipe"],
      });
      const gone = once(child, "exit");
      let said = "";
      for await (const chunk of child.stderr) {
        const wasThere = said.includes(progress);
        said += String(chunk);
        // Once: a second signal would end it as it would any other process.
        if (!wasThere && said.includes(progress)) child.kill(signal);
      }
      expect(said).toContain(progress);
      const [code] = (await gone) as [number | null];
      return code;
    };
    expect([await killedWith("SIGINT"), await left()]).toEqual([130, 0]);
    expect([await killedWith("SIGKILL"), (await left()) > 1]).toEqual([null, true]);
    const ended = await runMain(args, { cwd, env: env as Record<string, string> });
    expect([ended.code, await left()]).toEqual([0, 0]);
    expect(ended.stderr).toMatch(/deleted \d+ copies of an earlier drill/u);
  },
);
