/** A secret is in no stream, no file, no ledger and no plan, whatever it looks like and whatever goes wrong. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configOf, openWorkspace, type Workspace } from "../commands/workspace.ts";
import { httpServer, type StrangeServer } from "../fakes/strange-servers.ts";
import { during } from "../kuma/with-fake.ts";
import { inEveryFormat, recordRuns, type Recorder } from "./every-command.ts";
import { findLeak } from "./secret-spellings.ts";

/**
 * Long enough for the search of texts (src/secrets/redactor.ts), and looking like anything but a secret. `zq` keeps
 * them apart from what a format says itself.
 */
const secret = fc.oneof(
  fc.integer({ min: 8_100_000_000, max: 8_199_999_999 }).map(String),
  fc.stringMatching(/^zq[a-z0-9]{6,12}$/u),
  // A part of a UUID.
  fc.stringMatching(/^[0-9a-f]{8}-zq[0-9a-f]{2}-4[0-9a-f]{3}$/u),
  fc.stringMatching(/^zq[\w<>&"'`|@#%=+/\\ !*().?[\]{}^$~:;,-]{6,24}zq$/u),
  fc
    .tuple(fc.string({ unit: "grapheme", minLength: 4, maxLength: 12 }), fc.constantFrom("\n", "\t", "  ", "\r\n", ""))
    .map(([text, gap]) => `zq-${text.replaceAll("\u0000", "")}${gap}${text.replaceAll("\u0000", "")}-zq`),
);

/** Answers everything with a page that repeats what it was asked with, as a helpful proxy does. */
function echoServer(status: number): Promise<StrangeServer> {
  return httpServer((request, response) => {
    const authorization = request.headers.authorization ?? "";
    const [, basic = ""] = /^Basic (.*)$/u.exec(authorization) ?? [];
    const lines = [
      request.url,
      JSON.stringify(request.headers),
      authorization,
      Buffer.from(basic, "base64").toString(),
    ];
    const page = `<html><pre>${lines.join("\n")}</pre>`;
    request.resume();
    response.writeHead(status, { "content-type": status === 200 ? "application/json" : "text/html" });
    response.end(status === 200 ? JSON.stringify({ error: lines }) : page);
  });
}

/** The secret in every field that takes text, sensitive by kind or not. */
function configWith(echo: string): string {
  return `version: 1
project: shop
vars: { indirect: "\${env:SECRET}" }
notifications:
  oncall: { name: "On \${env:SECRET}", type: slack, slackwebhookURL: "https://hooks.example/\${env:SECRET|url}" }
  hook: { name: Hook, type: webhook, webhookURL: "${echo}/hook", webhookContentType: json, webhookAdditionalHeaders: { X-Key: "\${env:HEADER}" } }
tags: { team: { color: "#2563EB" } }
proxies: { out: { protocol: http, host: proxy.example, port: 3128, username: u, password: "\${env:SECRET}" } }
monitors:
  api:
    { name: "API \${env:SECRET}", type: http, url: "${echo}/api", headers: { Authorization: "Bearer \${env:HEADER}", X-Key: "\${env:HEADER}" }, httpBodyEncoding: xml, body: "\${env:SECRET}", description: "\${var:indirect}", tags: [{ team: "\${env:SECRET}" }], notifications: [oncall] }
  basic: { name: Basic, type: http, url: "${echo}/basic", authMethod: basic, basicAuthUser: user, basicAuthPass: "\${env:SECRET}" }
  word: { name: Word, type: keyword, url: "${echo}/word", keyword: "\${env:SECRET}", timeout: 10 }
  json:
    { name: JSON, type: json-query, url: "${echo}/json", jsonPath: error, expectedValue: "\${env:SECRET}", sample: { body: { error: "\${env:SECRET}" } }, tests: [{ body: { error: "\${env:SECRET}" }, expect: down }] }
  db: { name: DB, type: postgres, databaseConnectionString: "postgres://user:\${env:SECRET|url}@db.example/x", databaseQuery: "select '\${env:SECRET}'" }
`;
}

/** Ways in which a server repeats what it was sent, some cut in the middle by the server's words or our own limit. */
const echoes: readonly ((text: string, secret: string) => string)[] = [
  (_text, hidden) => `no such thing: ${hidden}`,
  (_text, hidden) => `cannot reach https://api.example/?token=${encodeURIComponent(hidden)}&x=1`,
  (_text, hidden) => `${"x".repeat(290)} ${hidden} and more`,
  (_text, hidden) => `Authorization: Basic ${Buffer.from(`someone:${hidden}`).toString("base64")}`,
  (text) => text,
  (text) => text.slice(0, 280),
];

async function runEverything(workspace: Workspace, hidden: string, say: (typeof echoes)[number]): Promise<Recorder> {
  const { kuma } = workspace;
  // What cannot stand in a header is refused, and then nothing is tried of the rest.
  const header = /^[\u0021-\u00FF ]+$/u.test(hidden) ? hidden : "zq-for-a-header";
  const recorder = recordRuns(workspace, { SECRET: hidden, HEADER: header, GITHUB_STEP_SUMMARY: "out/summary.md" });
  const { run } = recorder;
  const all = async (lines: readonly (readonly string[])[]): Promise<void> => {
    for (const line of lines) await run(line);
  };
  await all(inEveryFormat("validate", ["validate", "--with-secrets"]));
  await all(inEveryFormat("test", ["test", "--probe"]));
  // The sample of a monitor fails: first the runs that say so, then those that leave it out.
  await all(inEveryFormat("plan", ["plan", "--full"]));
  await run(["apply", "--format", "json"]);
  await all(inEveryFormat("plan", ["plan", "--full", "--no-test", "--out", "out/saved.json"]));
  await all(inEveryFormat("plan", ["show", "out/saved.json"]));
  for (const event of ["add", "addNotification", "addProxy", "addMonitorTag"]) {
    kuma.faults.refuseAll(event, (args) => say(JSON.stringify(args), hidden));
  }
  await all(inEveryFormat("apply", ["apply", "--auto-approve", "--no-test"]));
  kuma.faults.clear();
  await run(["apply", "out/saved.json", "--format", "json"]);
  await all(inEveryFormat("apply", ["apply", "--auto-approve", "--no-test"]));
  for (const id of kuma.monitors.keys()) kuma.beat(id, { status: 0, msg: say(hidden, hidden) });
  for (const format of ["human", "json"]) {
    await run(["status", "--format", format]);
    kuma.faults.refuseAll("testNotification", (args) => say(JSON.stringify(args), hidden));
    await run(["notifications", "test", "oncall", "--format", format]);
    await run(["notifications", "test", "hook", "--format", format, "-v"]);
    kuma.faults.clear();
    await run(["notifications", "test", "hook", "--format", format, "-v"]);
  }
  // Somebody puts the secret where it does not belong, and the file has a new one.
  const row = [...kuma.monitors.values()].find(({ name }) => name === "DB");
  if (row !== undefined) row["description"] = `see ${hidden}`;
  await all(inEveryFormat("plan", ["plan", "--full", "--no-test"]));
  for (const event of ["deleteMonitor", "deleteNotification", "deleteProxy"]) {
    kuma.faults.refuseAll(event, () => say(hidden, hidden));
  }
  const confirm = `shop@${new URL(kuma.url).host}`;
  await all(inEveryFormat("apply", ["destroy", "--confirm", confirm]));
  kuma.faults.clear();
  await run(["destroy", "--confirm", confirm]);
  return recorder;
}

describe("end to end", () => {
  it("a secret in any field leaks nowhere, from no command and in no format", { timeout: 300_000 }, async () => {
    const [good, bad] = await Promise.all([during(echoServer(200)), during(echoServer(401))]);
    await fc.assert(
      fc.asyncProperty(secret, fc.constantFrom(...echoes), fc.boolean(), async (hidden, say, isGood) => {
        const workspace = await openWorkspace(configWith(isGood ? good.url : bad.url));
        const { places, runs } = await runEverything(workspace, hidden, say);
        expect(findLeak(hidden, places)).toBeUndefined();
        expect(runs.filter(({ line }) => /^\d+: (?:apply --auto|destroy)/u.test(line)).map(({ code }) => code)).toEqual(
          [4, 4, 4, 4, 0, 0, 0, 0, 4, 4, 4, 4, 0],
        );
        // None of them ended because of a bug of ours.
        expect(runs.filter(({ stderr }) => stderr.includes("this is a bug")).map(({ line }) => line)).toEqual([]);
      }),
      { numRuns: Number(process.env["KUMA_SYNC_SECRETS"] ?? 8) },
    );
  });

  it(
    "credentials leak neither when they are wrong nor when they stand where they must not",
    { timeout: 120_000 },
    async () => {
      const bad = await during(echoServer(401));
      const odd = fc.stringMatching(/^zq[\w!*().~@:%+&'-]{6,16}zq$/u);
      await fc.assert(
        fc.asyncProperty(odd, async (hidden) => {
          const workspace = await openWorkspace(configOf({ api: 60 }), { totpSecret: "GEZDGNBVGY3TQOJQ" });
          const { run, places, runs } = recordRuns(workspace);
          const host = new URL(workspace.kuma.url).host;
          const addresses = [
            `http://admin:${hidden}@${host}`,
            `${bad.url.replace("//", `//u:${hidden}@`)}/x`,
            `//${hidden}@`,
          ];
          for (const url of addresses) {
            await run(["plan", "-v"], { env: { KUMA_SYNC_URL: url } });
            await run(["status", "-v", "--url", url, "--format", "json"]);
            await run(["plan", "-v", "--url", url], { answers: ["", ""], env: { KUMA_SYNC_PASSWORD: "" } });
            await run(["bootstrap", "-v", "--url", url]);
            await run(["doctor", "-v", "--open-webui", url]);
            await run(["query", "$", "-v", "--url", url]);
          }
          for (const name of ["PASSWORD", "TOKEN"]) {
            await run(["plan", "-v"], { env: { [`KUMA_SYNC_${name}`]: hidden } });
            await run(["apply", "-v", "--format", "json"], { env: { [`KUMA_SYNC_${name}`]: hidden } });
            await run(["plan", "-v", "--url", bad.url], { env: { [`KUMA_SYNC_${name}`]: hidden } });
          }
          await run(["plan", "-v"], { env: { KUMA_SYNC_TOTP_SECRET: hidden } });
          await run(["plan", "--password-stdin", "-v"], { stdin: `${hidden}\n`, env: { KUMA_SYNC_PASSWORD: "" } });
          // What somebody tries who does not know that a password is never a flag.
          await run(["plan", `--password=${hidden}`]);
          await run(["plan", `--token=${hidden}`, "--format", "json"]);
          await run(["doctor", "-v", "--open-webui", bad.url], { env: { OPEN_WEBUI_API_KEY: hidden } });
          await run(["query", "$", "--url", `${bad.url}/y`, "-H", `Authorization: Bearer ${hidden}`, "-v"]);
          await run(["query", "$", "--url", `${bad.url}/y`, "-H", hidden, "-v"]);
          expect(findLeak(hidden, places)).toBeUndefined();
          expect(
            runs.filter(({ code, line }) => code === 0 && !line.includes("query")).map(({ line }) => line),
          ).toEqual([]);
        }),
        { numRuns: 8 },
      );
    },
  );
});
