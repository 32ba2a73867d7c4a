/** Names, messages, versions and files of others are shown and never obeyed, by any command in any format. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { configOf, openWorkspace, type Workspace } from "../commands/workspace.ts";
import { httpServer, type StrangeServer } from "../fakes/strange-servers.ts";
import { during } from "../kuma/with-fake.ts";
import { whatIsLive } from "./live-text.ts";

const fragments = [
  "\u001B[2J",
  "\u001B]8;;https://evil.example\u0007click\u001B]8;;\u0007",
  "\u009B31m",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\u0085",
  "\u2028",
  "\u202E",
  "\u2066",
  "\u200B",
  "\u00AD",
  "\u{E0041}",
  "\uFEFF",
  "\u0007",
  "\u007F",
  "::error::x",
  "\n::set-output name=a::b",
  "\n::stop-commands::x",
  "##[error]x",
  "##vso[task.setvariable variable=a]b",
  "```\n",
  "``` ",
  "`",
  "@everyone ",
  "@org/team ",
  "#123 ",
  "GH-12 ",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</details></code>",
  "<!--",
  "-->",
  "]]>",
  "[a](javascript:alert(1))",
  "![a](https://evil.example/x.png)",
  '" onclick="alert(1)',
  "%0A::error::x",
  "../../../etc/passwd",
  "C:\\con",
  "__proto__",
  "# comment\nmonitors: {}",
  "\n---\n",
  "*alias",
  "!tag",
  "${env:HOME}",
  "|",
  "日本 ",
  "😀",
  "a",
] as const;

const hostile = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 6 }).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.constantFrom(...fragments).map((part) => part.repeat(10_000 / part.length)) },
  // Half a pair, and what no column takes; JSON carries both.
  { weight: 1, arbitrary: fc.constantFrom("\uD83D", "\uDE00x", "a\u0000b") },
);

interface Shown {
  readonly format: string;
  readonly text: string;
  readonly where: string;
}

/** A run; what came, by format. */
async function shownBy(workspace: Workspace, args: readonly string[]): Promise<readonly Shown[]> {
  const flag = args.indexOf("--format");
  const format = flag < 0 ? "human" : (args[flag + 1] ?? "");
  const { stdout, stderr } = await workspace.run(args);
  const where = args.map((arg) => arg.slice(0, 30)).join(" ");
  const isYaml = args[0] === "import" && format === "human" && !args.includes("--split");
  return [
    { format: isYaml ? "yaml" : args[0] === "snapshot" ? "json" : format, text: stdout, where: `${where}, stdout` },
    { format: "human", text: stderr, where: `${where}, stderr` },
  ];
}

/** Files that a run wrote into `out`, by what they end with. */
function shownIn(folder: string): readonly Shown[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path);
      // A name of the server must not become a path, nor a name that a shell or a terminal trips over.
      expect(name).toMatch(/^[\w./-]+$/u);
      const end = name.split(".").at(-1) ?? "";
      return { format: end, text: readFileSync(path, "utf8"), where: name };
    });
}

const reportsOf = {
  validate: ["json", "sarif", "github", "markdown"],
  test: ["json", "junit"],
  plan: ["json", "markdown", "github", "html"],
  apply: ["json", "markdown", "github", "html"],
} as const;

function withReports(command: keyof typeof reportsOf, args: readonly string[]): readonly string[] {
  return [...args, ...reportsOf[command].flatMap((format) => ["--report", `${format}=out/${args[0]}.${format}`])];
}

const formats = ["human", "json", "markdown", "github"] as const;

function linesFor(text: string, openWebUI: string, host: string): readonly (readonly string[])[] {
  return [
    withReports("validate", ["validate"]),
    withReports("test", ["test"]),
    withReports("plan", ["plan", "--full", "--color", "always"]),
    ...formats.map((format) => ["plan", "--full", "--format", format, "--out", "out/saved.json"]),
    ...formats.map((format) => ["show", "out/saved.json", "--format", format]),
    ["plan", "--adopt"],
    withReports("apply", ["apply", "--auto-approve", "-v"]),
    ...formats.map((format) => ["apply", "--auto-approve", "--adopt", "--format", format, "-v"]),
    ["status"],
    ["status", "--format", "json"],
    ["snapshot"],
    ["import"],
    ["import", "--format", "json"],
    ["import", "--split", "out/split"],
    ["notifications", "test", text],
    ["notifications", "test", "oncall"],
    ["notifications", "test", "oncall", "--format", "json"],
    ["destroy", "--confirm", text],
    ["destroy", "--confirm", `shop@${host}`, "-v"],
    // What a person pastes, or a pull request gives to a workflow.
    [text],
    ["plan", `--${text}`],
    ["plan", "--url", text],
    ["plan", "--username", text],
    ["plan", "--target", text],
    ["plan", "--select", text],
    ["plan", "--against", text],
    ["plan", "--var", text],
    ["plan", "--timeout", text],
    ["plan", "--report", text],
    ["validate", "-f", text],
    ["apply", text],
    ["show", text],
    ["explain", text],
    ["schema", text],
    ["completion", text],
    ["query", text, "--body", "body.json"],
    ["query", "$", "--body", text],
    ["query", "$", "--body", "body.json", "--expect", text],
    ["query", "$", "--body", "body.json", "--expect", text, "--format", "json"],
    ["query", "$", "--url", openWebUI, "-H", text],
    ["doctor", "--open-webui", openWebUI],
    ["doctor", "--open-webui", openWebUI, "--format", "json", "--model", text],
    ["init", "--open-webui", openWebUI, "--out", "out/init.yaml", "--no-input"],
  ];
}

/** Says the text wherever an Open WebUI, or something in its place, says anything. */
function hostileOpenWebUI(text: string): Promise<StrangeServer> {
  return httpServer((request, response) => {
    request.resume();
    const model = { id: text, name: text, object: "model", owned_by: text, info: { base_model_id: text } };
    const body = {
      status: text,
      version: text,
      name: text,
      detail: text,
      data: [model],
      models: [model],
      features: {},
    };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
}

describe("end to end", () => {
  it("no text from another person is active in any format", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const workspace = await openWorkspace("");
        const { kuma, folder, write } = workspace;
        const openWebUI = await during(hostileOpenWebUI(text));
        const declared = {
          gone: { name: text.trim() === "" ? "x" : text, type: "group", description: text },
          api: { name: `${text}!`, type: "http", url: "https://a.example", description: text, parent: "gone" },
          word: {
            name: `w${text}`,
            type: "keyword",
            url: "https://a.example",
            keyword: `${text}k`,
            sample: { body: text },
          },
        };
        const oncall = {
          name: `${text}n`,
          type: "slack",
          slackwebhookURL: "https://hooks.example/x",
          slackchannel: text,
        };
        const config = { version: 1, project: "shop", notifications: { oncall }, tags: { team: { name: `${text}t` } } };
        write(stringify({ ...config, monitors: declared }));
        writeFileSync(join(folder, "body.json"), JSON.stringify({ [text]: text }));
        mkdirSync(join(folder, "out"));
        // By hand, with the same names as what is declared, and in groups.
        const group = kuma.seedMonitor({ type: "group", name: text });
        kuma.seedMonitor({ type: "http", name: `${text}!`, url: text, parent: group, description: text });
        kuma.seedMonitor({ type: text, name: `${text}?` });
        const shown: Shown[] = [];
        const lines = linesFor(text, openWebUI.url, new URL(kuma.url).host);
        for (const [index, line] of lines.entries()) {
          if (line.includes("-v")) kuma.faults.refuseAll(index % 2 === 0 ? "add" : "addNotification", () => text);
          if (line[0] === "notifications") kuma.faults.refuseAll("testNotification", () => text);
          shown.push(...(await shownBy(workspace, line)));
          kuma.faults.clear();
          for (const id of kuma.monitors.keys()) kuma.beat(id, { status: 0, msg: text });
        }
        shown.push(...shownIn(join(folder, "out")));
        const live = shown.flatMap(({ format, text: output, where }) => {
          const found = whatIsLive(format, output);
          return found === undefined ? [] : [`${where}: ${found}`];
        });
        expect(live).toEqual([]);
        expect(shown.filter(({ text: output }) => output.includes("this is a bug")).map(({ where }) => where)).toEqual(
          [],
        );
      }),
      { numRuns: Number(process.env["KUMA_SYNC_NAMES"] ?? 8) },
    );
  });

  it("a server's version, whatever it is, is refused in one harmless line", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { run } = await openWorkspace(configOf({ api: 60 }), { statedVersion: text });
        for (const format of formats) {
          const { code, stdout, stderr } = await run(["plan", "--format", format]);
          expect(code).toBe(8);
          expect([whatIsLive(format, stdout), whatIsLive("human", stderr)]).toEqual([undefined, undefined]);
        }
      }),
      { numRuns: 20 },
    );
  });
});
