/** Commands that need no server know no secret: whatever the variables hold, they print the same bytes. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inEveryFormat, recordRuns } from "../hostile/every-command.ts";
import { openWorkspace, type Workspace } from "../commands/workspace.ts";

/** A variable wherever one may stand: in texts, numbers, choices, JSON, queries, samples and references; whole and in part. */
const config = `version: 1
project: shop
vars: { base: "https://\${env:HOST}", indirect: "\${env:TEXT}" }
defaults:
  monitor: { retryInterval: "\${env:SECONDS}", headers: { X-Default: "\${env:TEXT}" } }
notifications:
  oncall: { name: "On \${env:TEXT}", type: slack, slackwebhookURL: "\${env:URL}" }
  mail: { name: Mail, type: smtp, smtpHost: "\${env:HOST}", smtpPort: "\${env:PORT}", smtpSecure: "\${env:FLAG}", smtpFrom: a@b.example, smtpTo: c@d.example }
proxies: { out: { protocol: http, host: "\${env:HOST}", port: "\${env:PORT}", username: u, password: "\${env:TEXT}" } }
monitors:
  group: { name: "G \${var:indirect}", type: group }
  api: { type: http, url: "\${var:base}/x?token=\${env:TEXT|url}", method: "\${env:METHOD}", interval: "\${env:SECONDS}", timeout: 40, parent: "\${env:PARENT}", headers: { Authorization: "Bearer \${env:TEXT}" }, notifications: [oncall] }
  json: { type: http, url: "\${env:URL}", body: '{ "n": \${env:PORT}, "t": "\${env:TEXT}" }', headers: '{ "X": "\${env:TEXT}" }' }
  port: { type: port, hostname: "\${env:HOST}", port: "\${env:PORT}", tags: [{ team: "\${env:TEXT}" }] }
  named: { type: push, name: "\${env:TEXT}", tags: [{ team: core }] }
  push: { type: push, pushToken: "\${env:TOKEN}" }
  db: { type: postgres, databaseConnectionString: "postgres://u:\${env:TEXT}@\${env:HOST}/x" }
  tls: { type: http, url: "\${env:URL}", authMethod: mtls, tlsCert: "\${env:PEM}", tlsKey: "\${file:key.pem}" }
  word: { type: keyword, url: "\${env:URL}", keyword: "\${env:TEXT}", sample: { body: "a \${env:TEXT} b" }, tests: [{ body: "\${env:TEXT}", expect: up }] }
  query:
    type: json-query
    url: "\${env:URL}"
    jsonPath: '$join($split("\${env:TEXT}", ""), "-") & a'
    expectedValue: "\${env:TEXT}"
    sample: { body: { a: "\${env:TEXT}" } }
    tests:
      - { body: { a: "\${env:TEXT}" }, expect: up }
      - { body: { a: "\${file:key.pem}" }, expect: down }
  whole: { type: json-query, url: "\${env:URL}", jsonPath: "\${env:TEXT}", expectedValue: x, sample: { body: { a: 1 } } }
  fallback: { type: port, hostname: "\${env:HOST:-db.example}", port: "\${env:PORT:-5432}" }
tags: { team: { name: team } }
statusPages:
  home: { title: Home, groups: [{ name: Teams, select: { tag: team } }, { name: Values, select: [{ tag: { team: "*" } }, "q*"] }, { name: Below, select: { parent: group } }] }
openWebUI:
  main: { url: "http://\${env:CHAT}:8080", apiKey: "\${env:TEXT}", models: [gpt-4o] }
`;

const names = ["HOST", "TEXT", "SECONDS", "URL", "PORT", "FLAG", "METHOD", "PARENT", "TOKEN", "PEM", "CHAT"] as const;

/** Values of any kind, among them those that the fields want and those that would break them. */
const value = fc.oneof(
  fc.string({ minLength: 1, unit: "grapheme" }),
  fc.constantFrom(
    "",
    "60",
    "443",
    "true",
    "PUT",
    "group",
    "https://x.example",
    "a@b?c&d#e/f",
    "${env:HOME}",
    "\n- x: y\n",
  ),
  fc.constantFrom(
    "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----",
    '{"a":1}',
    "$sum(a",
    "x".repeat(2000),
  ),
);
const environment = fc.record({ ...Object.fromEntries(names.map((name) => [name, value])), KEY: value });

const sane = {
  HOST: "h.example",
  TEXT: "text",
  SECONDS: "60",
  URL: "https://u.example",
  PORT: "443",
  FLAG: "true",
  METHOD: "GET",
  PARENT: "group",
  TOKEN: "Abcdefghijklmnopqrstuvwxyz012345",
  PEM: "pem",
  CHAT: "chat",
};

/** Everything that the offline commands wrote, in every format and report. */
async function written(workspace: Workspace, values: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { KEY = "", ...env } = values;
  writeFileSync(join(workspace.folder, "key.pem"), KEY === "" ? "key" : KEY);
  rmSync(join(workspace.folder, "out"), { recursive: true, force: true });
  const { run, runs, places } = recordRuns(workspace, { ...env, GITHUB_STEP_SUMMARY: "out/summary.md" });
  const against = ["plan", "--against", "snapshot.json", "--full", "--detailed-exitcode"];
  const lines = [
    ...inEveryFormat("validate", ["validate"]),
    ["render"],
    ["render", "--format", "json", "--out", "out/rendered.json"],
    ...inEveryFormat("test", ["test"]),
    ...inEveryFormat("plan", [...against, "--out", "out/saved.json"]),
    ...inEveryFormat("plan", ["show", "out/saved.json", "--full"]),
  ];
  for (const line of lines) await run(line);
  // How long it took is not the same twice.
  const texts = [...places]
    .filter(([place]) => !place.endsWith("key.pem"))
    .map(([place, text]) => `${place}\n${text.replaceAll(/"ms":\s*[\d.]+|\[[\d.]+s\]|in [\d.]+ ?m?s\b/gu, "…")}`);
  return [...texts, runs.map(({ code }) => code).join(" ")];
}

describe("offline commands", () => {
  it("print the same bytes, whatever the values of the variables", { timeout: 300_000 }, async () => {
    const workspace = await openWorkspace(config);
    writeFileSync(join(workspace.folder, "key.pem"), "key");
    expect(await workspace.run(["apply", "--auto-approve", "--no-test"], { env: sane })).toMatchObject({ code: 0 });
    expect(await workspace.run(["snapshot", "--out", "snapshot.json"])).toMatchObject({ code: 0 });
    const usual = await written(workspace, { ...sane, KEY: "key" });
    // They went as far as they could, and found the server as it was applied.
    expect(usual.at(-1)).toBe("0 0 0 0 0 0 9 9 9 9 0 0 0 0 0 0 0 0");
    await fc.assert(
      fc.asyncProperty(environment, async (values) => {
        expect(await written(workspace, values as Readonly<Record<string, string>>)).toEqual(usual);
      }),
      { numRuns: Number(process.env["KUMA_SYNC_SECRETS"] ?? 8) },
    );
  });
});
