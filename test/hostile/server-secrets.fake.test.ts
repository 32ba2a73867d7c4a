/** Secrets that only the server holds, or that rendering would cut or escape before they are looked for. */
import { describe, expect, it } from "vitest";
import { openWorkspace } from "../commands/workspace.ts";
import { inEveryFormat, recordRuns } from "./every-command.ts";

const held = {
  password: "zqurlpassword",
  token: "zqurltoken",
  name: "zqnamepassword",
  docker: "zqdockerpassword",
  bearer: "zqbearertoken",
  beat: "zqbeatpassword",
  refusal: "zqrefusedpassword",
};

function configOf(daemon: string, monitor: string): string {
  return `version: 1\nproject: shop\ndockerHosts: { dock: { name: dock, dockerType: tcp, dockerDaemon: "${daemon}" } }\nmonitors: { ${monitor} }\n`;
}

describe("a secret that only the server holds", () => {
  it("is in nothing that is read from it", { timeout: 120_000 }, async () => {
    const workspace = await openWorkspace("");
    const { kuma } = workspace;
    const { run, places } = recordRuns(workspace, { GITHUB_STEP_SUMMARY: "out/summary.md" });
    kuma.seedMonitor({
      type: "http",
      name: "API",
      url: `https://admin:${held.password}@a.example/x?access_token=${held.token}`,
      headers: JSON.stringify({ Authorization: `Bearer ${held.bearer}` }),
    });
    kuma.seedMonitor({ type: "http", name: `https://u:${held.name}@b.example/`, url: "https://b.example/" });
    kuma.seedMonitor({ type: "keyword", name: "Copy", url: "https://c.example/", keyword: held.bearer });
    workspace.write(configOf(`tcp://u:${held.docker}@127.0.0.1:1`, ""));
    expect((await workspace.run(["apply", "--auto-approve"])).code).toBe(0);
    workspace.write(configOf("tcp://127.0.0.1:1", 'api: { name: API, type: http, url: "https://a.example/x" }'));
    for (const line of inEveryFormat("plan", ["plan", "--adopt", "--full", "--out", "out/saved.json"])) {
      expect(await run(line)).toMatchObject({ code: 0, stderr: expect.not.stringContaining("error") });
    }
    for (const line of inEveryFormat("plan", ["show", "out/saved.json", "--full"])) await run(line);
    for (const line of [["snapshot"], ["snapshot", "--out", "out/snapshot.json"], ["import"]]) await run(line);
    for (const line of inEveryFormat("plan", ["plan", "--against", "out/snapshot.json", "--full"])) await run(line);
    await run(["import", "--format", "json"]);
    await run(["import", "--split", "out/split"]);
    kuma.faults.refuseAll("editMonitor", () => `cannot reach https://u:${held.refusal}@a.example`);
    for (const line of inEveryFormat("apply", ["apply", "--adopt", "--auto-approve"])) await run(line);
    kuma.faults.clear();
    expect((await run(["apply", "--adopt", "--auto-approve"])).code).toBe(0);
    for (const id of kuma.monitors.keys()) {
      kuma.beat(id, { status: 0, msg: `net::ERR_FAILED at https://u:${held.beat}@a.example/` });
    }
    for (const format of ["human", "json"]) {
      expect((await run(["status", "--format", format])).stdout).toContain("net::ERR_FAILED");
    }
    const shown = [...places].flatMap(([place, text]) =>
      Object.values(held).flatMap((secret) => (text.toLowerCase().includes(secret) ? [`${place}: ${secret}`] : [])),
    );
    expect(shown).toEqual([]);
  });
});

/** What stands before it makes a command for a runner of it, which is escaped; and it is cut where a table ends. */
const token = "#[zqsecret-behind-a-hash";

describe("a secret that rendering changes", () => {
  it("is found before that", { timeout: 120_000 }, async () => {
    const workspace = await openWorkspace(
      'version: 1\nproject: shop\nmonitors: { api: { type: http, url: "https://a.example", bearerToken: "${env:TOKEN}", authMethod: bearer } }\n',
    );
    const { kuma } = workspace;
    const { run, places } = recordRuns(workspace, { TOKEN: token });
    kuma.faults.refuseAll("add", () => `no such token: #${token}`);
    for (const line of inEveryFormat("apply", ["apply", "--auto-approve"])) expect((await run(line)).code).toBe(4);
    kuma.faults.clear();
    expect((await run(["apply", "--auto-approve"])).code).toBe(0);
    for (let length = 0; length < 60; length += 1) {
      for (const id of kuma.monitors.keys()) kuma.beat(id, { status: 0, msg: `${"x".repeat(length)}#${token}` });
      await run(["status"]);
    }
    kuma.faults.refuseAll("login", () => `no such token: #${token}`);
    await run(["plan", "-v"], { env: { KUMA_SYNC_PASSWORD: token } });
    const shown = [...places].filter(([, text]) => text.includes("zqs"));
    expect(shown).toEqual([]);
  });
});

/** Three characters are not looked for in texts (src/secrets/redactor.ts): what is known to come from outside is hidden as a value. */
const short = "qZ7";

const shortConfig = `version: 1
project: shop
vars: { indirect: "\${env:SHORT}" }
notifications:
  oncall: { name: "On \${env:SHORT}", type: slack, slackwebhookURL: "https://hooks.example/\${env:SHORT}" }
  hook: { name: Hook, type: webhook, webhookURL: "https://hooks.example/x", webhookContentType: json, webhookAdditionalHeaders: { X-Key: "\${env:SHORT}" } }
tags: { team: { color: "#2563EB" } }
proxies: { out: { protocol: http, host: proxy.example, port: 3128, username: u, password: "\${env:SHORT}" } }
monitors:
  api:
    { name: "API \${env:SHORT}", type: http, url: "https://\${env:SHORT}.example/?token=\${env:SHORT}", headers: '{"\${env:SHORT}":"\${env:SHORT}"}', body: '{"\${env:SHORT}":1}', method: POST, description: "\${var:indirect}", tags: [{ team: "\${env:SHORT}" }], notifications: [oncall] }
  basic: { name: Basic, type: http, url: "https://b.example", authMethod: basic, basicAuthUser: "\${env:SHORT}", basicAuthPass: "\${env:SHORT}" }
  word: { name: Word, type: keyword, url: "https://c.example", keyword: "\${env:SHORT}" }
  db: { name: DB, type: postgres, databaseConnectionString: "postgres://user:\${env:SHORT}@db.example/x", databaseQuery: "select '\${env:SHORT}'" }
`;

describe("a secret too short to be looked for", () => {
  it("is hidden as a value, wherever it was put", { timeout: 120_000 }, async () => {
    const workspace = await openWorkspace(shortConfig);
    const { kuma, write } = workspace;
    const { run, places } = recordRuns(workspace, { SHORT: short, GITHUB_STEP_SUMMARY: "out/summary.md" });
    const all = async (lines: readonly (readonly string[])[], code: number): Promise<void> => {
      for (const line of lines) expect((await run(line)).code).toBe(code);
    };
    await all(inEveryFormat("validate", ["validate"]), 0);
    await all(inEveryFormat("plan", ["plan", "--full", "--out", "out/saved.json"]), 0);
    await all(inEveryFormat("plan", ["show", "out/saved.json", "--full"]), 0);
    await all(inEveryFormat("apply", ["apply", "--auto-approve"]), 0);
    for (const row of kuma.monitors.values()) {
      for (const field of ["url", "headers", "body", "keyword", "description", "database_query", "basic_auth_user"]) {
        if (typeof row[field] === "string") row[field] = row[field].replaceAll(short, "other");
      }
    }
    await all(inEveryFormat("plan", ["plan", "--full"]), 0);
    write(shortConfig.replaceAll("${env:SHORT}", "open-in-the-file"));
    await all(inEveryFormat("plan", ["plan", "--full"]), 0);
    const shown = [...places]
      .filter(([, text]) => text.includes(short))
      .map(([place, text]) => {
        const at = text.indexOf(short);
        return `${place}: ${text.slice(Math.max(0, at - 80), at + 20)}`;
      });
    expect(shown).toEqual([]);
  });
});
