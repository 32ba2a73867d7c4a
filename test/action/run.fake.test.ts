/** What the GitHub Action does, with a GitHub and an Uptime Kuma in this process. */
import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { builtProgram } from "../cli/built-program.ts";
import { fakeAdmin, startFakeKuma } from "../fakes/kuma-server.ts";

const script = fileURLToPath(new URL("../../action/run.mjs", import.meta.url));
/** JavaScript without declarations, as GitHub runs it. */
const load = (name: string): Promise<Record<string, (...args: unknown[]) => unknown>> =>
  import(new URL(`../../action/${name}`, import.meta.url).href);
const yaml = `version: 1\nproject: shop\nmonitors: { api: { type: http, url: "https://shop.example" } }\n`;
const repository = "acme/shop";

beforeAll(() => void builtProgram());

interface Item {
  readonly id: number;
  readonly number: number;
  readonly title?: string;
  readonly body: string;
  readonly state?: string;
  readonly user: { readonly id: number; readonly login: string; readonly type: string };
}

/** Who writes with the token of the tests, as GitHub names the one of a workflow. */
const bot = { id: 41_898_282, login: "github-actions[bot]", type: "Bot" } as const;
const stranger = { id: 7, login: "mallory", type: "User" } as const;

interface FakeGitHub {
  readonly url: string;
  readonly comments: Item[];
  readonly issues: Item[];
  /** Every method and path that was asked. */
  readonly log: readonly string[];
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, string>);
}

function reply(response: ServerResponse, json: object, code: number): void {
  response.writeHead(code, { "content-type": "application/json" });
  response.end(JSON.stringify(json));
}

/** Comments of pull request 7 and issues, as the REST API keeps them; `status` answers everything with that instead. */
async function startGitHub(status?: number, tellsAccount: "graphql" | "rest" | "no" = "graphql"): Promise<FakeGitHub> {
  const comments: Item[] = [];
  const issues: Item[] = [];
  const log: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const path = (request.url ?? "").split("?")[0] ?? "";
      log.push(`${request.method} ${path}`);
      if (status !== undefined) return reply(response, { message: "Resource not accessible" }, status);
      const body = await bodyOf(request);
      if (request.headers.authorization !== "Bearer gh-token")
        return reply(response, { message: "Bad credentials" }, 401);
      if (path === "/graphql")
        return tellsAccount === "graphql"
          ? reply(response, { data: { viewer: { databaseId: bot.id, login: "github-actions" } } }, 200)
          : reply(response, { message: "Not Found" }, 404);
      if (path === "/user")
        return tellsAccount === "rest" ? reply(response, bot, 200) : reply(response, { message: "Forbidden" }, 403);
      const list = path.includes("/comments") ? comments : issues;
      const id = Number(/(\d+)$/u.exec(path)?.[1]);
      if (request.method === "GET")
        return reply(
          response,
          list.filter(({ state = "open" }) => state === "open"),
          200,
        );
      if (request.method === "POST") {
        list.push({ id: list.length + 1, number: list.length + 1, body: "", user: bot, ...body });
        return reply(response, list.at(-1) as Item, 201);
      }
      const index = list.findIndex((item) => item.id === id);
      list[index] = { ...(list[index] as Item), ...body };
      return reply(response, list[index], 200);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, comments, issues, log };
}

interface Workspace {
  readonly folder: string;
  run(inputs: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly stderr: string }>;
  outputs(): string;
}

async function openWorkspace(github: FakeGitHub): Promise<Workspace> {
  const kuma = await startFakeKuma();
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-action-"));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await kuma.close();
  });
  writeFileSync(join(folder, "monitors.yaml"), yaml);
  writeFileSync(
    join(folder, "event.json"),
    JSON.stringify({
      pull_request: {
        number: 7,
        head: { repo: { full_name: repository } },
        base: { repo: { full_name: repository } },
      },
    }),
  );
  const outputFile = join(folder, "output");
  const env = {
    PATH: process.env["PATH"] ?? "",
    KUMA_SYNC_PROGRAM: builtProgram(),
    KUMA_SYNC_URL: kuma.url,
    KUMA_SYNC_USERNAME: fakeAdmin.username,
    KUMA_SYNC_PASSWORD: fakeAdmin.password,
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: repository,
    GITHUB_EVENT_PATH: join(folder, "event.json"),
    GITHUB_OUTPUT: outputFile,
    INPUT_TOKEN: "gh-token",
    CI: "true",
  };
  return {
    folder,
    outputs: () => (existsSync(outputFile) ? readFileSync(outputFile, "utf8") : ""),
    run: (inputs) =>
      new Promise((resolve, reject) => {
        const own = Object.entries(inputs).map(([name, value]) => [
          `INPUT_${name.toUpperCase().replaceAll("-", "_")}`,
          value,
        ]);
        const child = spawn(process.execPath, [script], { cwd: folder, env: { ...env, ...Object.fromEntries(own) } });
        let stderr = "";
        child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
        child.stdout.resume();
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, stderr }));
      }),
  };
}

/** As the runner reads the file: a later value replaces an earlier one. Throws for what it would refuse. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n").slice(0, -1);
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name = "", end = ""] = /^([^=<]+)<<(.+)$/u.exec(line) ?? [];
    if (name === "") throw new Error(`the runner refuses "${line}"`);
    const length = lines.indexOf(end);
    outputs[name] = lines
      .splice(0, length + 1)
      .slice(0, -1)
      .join("\n");
  }
  return outputs;
}

describe("the action", () => {
  test("check validates and tests, and keeps the exit code", async () => {
    const workspace = await openWorkspace(await startGitHub());
    expect((await workspace.run({ command: "check" })).code).toBe(0);
    expect(readFileSync(join(workspace.folder, "kuma-sync-tests.xml"), "utf8")).toContain("<testsuites");
    writeFileSync(join(workspace.folder, "monitors.yaml"), yaml.replace("http,", "htttp,"));
    expect((await workspace.run({ command: "check" })).code).toBe(3);
  });

  test("plan comments once, updates the comment, and apply carries out that plan", async () => {
    const github = await startGitHub();
    const workspace = await openWorkspace(github);
    const plan = { command: "plan", "plan-file": "plan.json" };
    expect((await workspace.run(plan)).code).toBe(0);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toMatch(/^<!-- kuma-sync:shop/u);
    expect(readOutputs(workspace.outputs())).toEqual({
      changes: "true",
      blocked: "false",
      create: "1",
      update: "0",
      delete: "0",
      "plan-file": expect.stringMatching(/plan\.json$/u),
    });

    writeFileSync(join(workspace.folder, "monitors.yaml"), yaml.replace("shop.example", "shop.example/health"));
    expect((await workspace.run(plan)).code).toBe(0);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain("shop.example/health");

    expect((await workspace.run({ command: "apply", "plan-file": "plan.json" })).code).toBe(0);
    expect((await workspace.run(plan)).code).toBe(0);
    expect(readOutputs(workspace.outputs())).toMatchObject({ changes: "false" });
  });

  test("an output cannot be injected by what it holds", async () => {
    const workspace = await openWorkspace(await startGitHub());
    const file = "plan\nchanges=false\nEOF\ncreate<<EOF\n99\nEOF\n.json";
    expect((await workspace.run({ command: "plan", "plan-file": file })).code).toBe(0);
    const outputs = readOutputs(workspace.outputs());
    expect(Object.keys(outputs)).toEqual(["changes", "blocked", "create", "update", "delete", "plan-file"]);
    expect(outputs).toMatchObject({ changes: "true", create: "1", "plan-file": expect.stringContaining(file) });
  });

  test("a command that is none cannot speak to the runner", async () => {
    const workspace = await openWorkspace(await startGitHub());
    const { stderr } = await workspace.run({ command: "x\n::add-mask::y\r::stop-commands::z" });
    expect(stderr.split(/[\r\n]/u).filter((line) => line.startsWith("::"))).toHaveLength(1);
  });

  test.each(["graphql", "rest", "no"] as const)(
    "comment and issue of somebody else are left alone, whatever they begin with (account told by: %s)",
    async (tellsAccount) => {
      const { url, comments, issues } = await startGitHub(undefined, tellsAccount);
      const { createGitHub } = await load("github-api.mjs");
      const { tagOf, upsertComment, upsertIssue } = await load("sticky.mjs");
      const github = createGitHub?.({ url, token: "gh-token" });
      const body = "<!-- kuma-sync:shop:plan -->\nthe plan";
      const comment = { repository, number: 7, body };
      const issue = { repository, tag: tagOf?.(body), title: "Drift" };
      // As somebody writes them who wants their text to be the one that is updated; the second is named like the bot, too.
      const spoofed = [stranger, { ...stranger, login: bot.login }].map((user, index): Item => ({
        id: index + 1,
        number: index + 1,
        user,
        body: `${body}: looks fine`,
      }));
      comments.push(...spoofed);
      issues.push(...spoofed);
      expect(await upsertComment?.(github, comment)).toBe("created");
      expect(await upsertComment?.(github, { ...comment, body: `${body}, new` })).toBe("updated");
      expect(await upsertIssue?.(github, { ...issue, body: undefined })).toBe("unchanged");
      expect(await upsertIssue?.(github, { ...issue, body })).toBe("created");
      expect(await upsertIssue?.(github, { ...issue, body })).toBe("unchanged");
      expect(await upsertIssue?.(github, { ...issue, body: undefined })).toBe("closed");
      expect([comments.slice(0, 2), issues.slice(0, 2)]).toEqual([spoofed, spoofed]);
      expect(comments.slice(2)).toMatchObject([{ user: bot, body: `${body}, new` }]);
      expect(issues.slice(2)).toMatchObject([{ user: bot, state: "closed" }]);
    },
  );

  test("a token that may not write is a warning, not a failure", async () => {
    const workspace = await openWorkspace(await startGitHub(403));
    const { code, stderr } = await workspace.run({ command: "plan" });
    expect(code).toBe(0);
    expect(stderr).toContain("::warning::not written to GitHub");
    expect(stderr).not.toContain("gh-token");
  });

  test("drift keeps one issue while there is some, and closes it after", async () => {
    const github = await startGitHub();
    const workspace = await openWorkspace(github);
    expect((await workspace.run({ command: "drift" })).code).toBe(0);
    expect((await workspace.run({ command: "drift" })).code).toBe(0);
    expect(github.issues).toHaveLength(1);
    expect((await workspace.run({ command: "apply" })).code).toBe(0);
    expect((await workspace.run({ command: "drift" })).code).toBe(0);
    expect(github.issues).toMatchObject([{ state: "closed" }]);
  });

  test("an unknown command is a usage error", async () => {
    const workspace = await openWorkspace(await startGitHub());
    expect((await workspace.run({ command: "destroy" })).code).toBe(64);
  });
});
