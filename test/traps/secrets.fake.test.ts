/** The traps about what is shown: secrets, and names that somebody else has chosen. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDocument } from "../commands/documents.ts";
import type { Ended } from "../commands/fake-context.ts";
import { configOf, openWorkspace } from "../commands/workspace.ts";

const approved = ["apply", "--auto-approve"];
const formats = ["human", "json", "markdown", "github"] as const;
const reports = ["json", "markdown", "github", "html"].flatMap((format) => ["--report", `${format}=report.${format}`]);
const withToken = 'defaults: { monitor: { headers: { Authorization: "Bearer ${env:TOKEN}" } } }\n';

/** Also what is a word of the documents themselves, a number in them, or half of an id. */
const awkward = fc.oneof(
  fc.constantFrom(
    "60",
    "http",
    "monitor/api",
    "true",
    "shop",
    "1.0",
    "kuma-sync.plan",
    "create",
    '"',
    "\\",
    "\\u0041",
    "</pre>",
  ),
  fc.uuid().map((uuid) => uuid.slice(0, 8)),
  fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }).filter((text) => text.trim() !== ""),
);

describe("secrets are taken out of values and not out of text", () => {
  it("documents keep their form, whatever a secret looks like", async () => {
    const head = 'defaults: { monitor: { method: POST, body: { token: "${env:TOKEN}" } } }\n';
    const { run } = await openWorkspace(configOf({ api: 60 }, head));
    const kept = ["--out", "plan.json", "--format", "json"];
    await fc.assert(
      fc.asyncProperty(awkward, async (secret) => {
        const planned = await run(["plan", ...kept], { env: { TOKEN: secret } });
        expect(planned.code).toBe(0);
        const { steps } = readDocument(planned);
        expect(steps).toHaveLength(1);
        readDocument(await run(["show", "plan.json", "--format", "json"]));
        const isWord = secret.length < 8 || "kuma-sync.plan monitor/api".includes(secret);
        expect(isWord ? "" : JSON.stringify(steps)).not.toContain(JSON.stringify(secret).slice(1, -1));
      }),
      { numRuns: 25 },
    );
  });
});

describe("a secret that changes is seen to change, and nothing more", () => {
  it("in any stream, file, format or level of detail", async () => {
    const { run, folder } = await openWorkspace(configOf({ api: 60 }, withToken));
    const [old, fresh] = ["0ld-s3cret-value", "n3w-s3cret-value"];
    await run(approved, { env: { TOKEN: old } });
    const env = { TOKEN: fresh, GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "summary.md" };
    const plans = [];
    for (const format of formats) {
      plans.push(await run(["plan", "--full", "-v", "--format", format, "--out", "plan.json", ...reports], { env }));
    }
    expect(plans[0]?.stdout).toMatch(/headers +\(sensitive, changed\)/u);
    expect(plans[1]?.stdout).toContain('"sensitive": true');
    expect(plans[2]?.stdout).toContain("sensitive");
    const ended = [
      ...plans,
      await run(["snapshot", "-v"], { env }),
      await run(["import", "-v"], { env }),
      await run([...approved, "-v", "--format", "json", ...reports], { env }),
    ];
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    for (const text of [...ended.map(({ stdout, stderr }) => stdout + stderr), ...files]) {
      for (const secret of [old, fresh]) expect(text).not.toContain(secret);
    }
    expect(files.length).toBeGreaterThan(6);
  });
});

/** Where a secret is no valid value, or spoils what stands around it. */
const spoiled: readonly string[] = [
  "interval: ${env:S}",
  "method: ${env:S}",
  "acceptedStatusCodes: ['${env:S}']",
  "headers: { 'a b': ${env:S} }",
  "headers: [ '${env:S}' ]",
  "body: '{ not json ${env:S}', method: POST",
  "authMethod: ${env:S}",
  "parent: ${env:S}",
  "notifications: ['${env:S}']",
  "tags: [{ '${env:S}': x }]",
  "tlsCa: { a: '${env:S}' }",
  "ignoreChanges: ['${env:S}']",
  "adopt: { name: '${env:S}' }",
];

describe("messages about a secret do not contain it", () => {
  it.each(spoiled)("%s", async (field) => {
    const yaml = `version: 1\nproject: shop\nmonitors: { api: { type: http, url: "https://a.example", ${field} } }\n`;
    const { run, folder } = await openWorkspace(yaml);
    const secret = "s3cret-of-nobody-else";
    for (const format of formats) {
      for (const command of ["validate", "plan"]) {
        const { stdout, stderr } = await run([command, "-v", "--format", format, "--report", "markdown=r.md"], {
          env: { S: secret },
        });
        expect(stdout + stderr + readFileSync(join(folder, "r.md"), "utf8")).not.toContain(secret);
      }
    }
  });

  it("nor does what the server says of it", async () => {
    const { run, kuma } = await openWorkspace(configOf({ api: 60 }, withToken), { version: "1.23.17" });
    kuma.faults.refuse("add", 1, "insert into `monitor` (`headers`) values ('Bearer s3cret-of-nobody-else') - locked");
    const ended = await run([...approved, "-v"], { env: { TOKEN: "s3cret-of-nobody-else" } });
    expect(ended.code).toBe(4);
    expect(ended.stdout + ended.stderr).not.toContain("s3cret");
    expect(ended.stderr).toContain("the server's database refused it");
  });
});

describe("a dollar sign is a dollar sign", () => {
  it("only ${…} is read, and the server gets the rest as it was written", async () => {
    const url = "https://a.example/$HOME/$1/$$/$(id)?a=$b";
    const jsonPath = 'price & "$"';
    const body = '{"a":"$HOME ${env:TOKEN} $${env:TOKEN} $"}';
    const yaml = `version: 1\nproject: shop\nmonitors:\n  api: { type: json-query, url: '${url}', jsonPath: '${jsonPath}', expectedValue: '5$', method: POST, body: '${body}' }\n`;
    const { run, kuma } = await openWorkspace(yaml);
    const env = { TOKEN: "pa$$w$1rd$&", HOME: "/root" };
    expect((await run(approved, { env })).code).toBe(0);
    const [row] = kuma.monitors.values();
    expect(row).toMatchObject({ url, json_path: jsonPath, expected_value: "5$" });
    expect(JSON.stringify(row?.["body"])).toContain("$HOME pa$$w$1rd$& ${env:TOKEN} $");
    expect((await run(["plan", "--detailed-exitcode"], { env })).code).toBe(0);
  });
});

/** Would move a cursor, end a line, start a command of a runner, close a fence, call people, open an element. */
const hostile = "\u001B[2J\u009B31m\r\n::error::pwned\n```\n@everyone <img src=x> [a](http://x) ##[error]\u202E";

/** Without fences and code, in which Markdown obeys nothing. */
function liveMarkdown(text: string): string {
  return text.replaceAll(/^(`{3,})\w*\n[^]*?^\1$/gmu, "").replaceAll(/<code>[^<]*<\/code>/gu, "");
}

describe("names from elsewhere are shown and not obeyed", () => {
  it("in every command and format", async () => {
    const yaml = `version: 1\nproject: shop\nmonitors: { api: { name: ${JSON.stringify(hostile)}, type: http, url: "https://a.example" } }\n`;
    const { run, kuma, write } = await openWorkspace(yaml, { verdict: () => ({ status: 0, msg: hostile }) });
    kuma.seedMonitor({ name: `by hand ${hostile}`, type: hostile, url: "https://b.example", interval: 60 });
    const planned = formats.map((format) => ["plan", "--full", "--format", format]);
    const ended: (readonly [readonly string[], Ended])[] = [];
    for (const args of [...planned, [...approved, "-v"], ["status"], ["status", "--format", "json"], ["import"]])
      ended.push([args, await run(args)]);
    write("version: 1\nproject: shop\nmonitors: { web: { type: group } }\n");
    for (const format of formats) {
      const args = [...approved, "--format", format];
      ended.push([args, await run(args)]);
    }
    for (const [args, { stdout, stderr }] of ended) {
      // Commands to the runner are ours alone, and only where they were asked for.
      const command = args.includes("github") ? /^::(?!(?:error|warning|notice) [\w=,.-]*title=)/mu : /^\s*::/mu;
      for (const text of [stdout, stderr]) {
        expect(text).not.toMatch(/[^\P{C}\n]|##\[/u);
        expect(text).not.toMatch(command);
      }
      expect(args.includes("markdown") ? liveMarkdown(stdout) : "").not.toMatch(/<img|@everyone|\]\(http/u);
    }
    // Most of them had something to say of it; the column of names is narrower than the whole text.
    expect(ended.filter(([, { stdout }]) => stdout.includes(":error::pw")).length).toBeGreaterThan(6);
  });
});
