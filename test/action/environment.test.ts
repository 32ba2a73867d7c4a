/** What the action hands to the program: no token, and whether a stranger may have written the files. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

type Env = Readonly<Record<string, string | undefined>>;

const script = fileURLToPath(new URL("../../action/run.mjs", import.meta.url));
const { programEnvironment } = (await import(
  new URL("../../action/program-environment.mjs", import.meta.url).href
)) as { readonly programEnvironment: (env: Env, event: unknown) => Env };

const repository = { full_name: "acme/shop" };
const requestFrom = (head: unknown): object => ({ repository, pull_request: { head, base: { repo: repository } } });

describe("a stranger's files", () => {
  test.each<[string, unknown, boolean]>([
    ["a push", { repository, ref: "refs/heads/main" }, false],
    ["a schedule", { repository, schedule: "1 1 * * *" }, false],
    ["nothing known", {}, false],
    ["a pull request of the repository", requestFrom({ repo: repository }), false],
    ["a pull request of a fork", requestFrom({ repo: { full_name: "mallory/shop" } }), true],
    ["a pull request whose fork is deleted", requestFrom({ repo: null }), true],
    ["a pull request without more", { repository, pull_request: { number: 7 } }, true],
    [
      "a run after a fork's pull request",
      { repository, workflow_run: { event: "pull_request", head_repository: { full_name: "mallory/shop" } } },
      true,
    ],
    [
      "a run after the repository's own",
      { repository, workflow_run: { event: "pull_request", head_repository: repository } },
      false,
    ],
    ["a run after a push", { repository, workflow_run: { event: "push", head_repository: repository } }, false],
    ["a comment on a pull request", { repository, issue: { pull_request: { url: "x" } } }, true],
    ["a comment on an issue", { repository, issue: { number: 1 } }, false],
  ])("%s", (_name, event, isUntrusted) => {
    expect(programEnvironment({}, event)["KUMA_SYNC_UNTRUSTED"]).toBe(isUntrusted ? "1" : undefined);
    // What the workflow says counts.
    expect(programEnvironment({ KUMA_SYNC_UNTRUSTED: "0" }, event)["KUMA_SYNC_UNTRUSTED"]).toBe("0");
    expect(programEnvironment({ KUMA_SYNC_UNTRUSTED: "1" }, event)["KUMA_SYNC_UNTRUSTED"]).toBe("1");
  });
});

/** Runs a script of the action in a folder with a program that notes what it was called with. */
async function runScript(
  name: string,
  { env, programs }: { readonly env: Env; readonly programs: readonly string[] },
): Promise<{
  readonly code: unknown;
  readonly seen: readonly { readonly args: readonly string[]; readonly env: Env }[];
}> {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-action-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = join(folder, "seen");
  const note = `require("node:fs").appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args: process.argv.slice(2), env: process.env }) + "\\n");`;
  for (const program of programs)
    writeFileSync(join(folder, program), `#!${process.execPath}\n${note}`, { mode: 0o755 });
  const own = {
    PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
    KUMA_SYNC_PROGRAM: join(folder, "program.cjs"),
    ...env,
  };
  const code = await new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL(`../../action/${name}`, import.meta.url));
    const child = spawn(process.execPath, [path, folder], { cwd: folder, env: own, stdio: "ignore" });
    child.on("error", reject).on("close", resolve);
  });
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  return {
    code,
    seen: lines.map((line) => JSON.parse(line) as { readonly args: readonly string[]; readonly env: Env }),
  };
}

describe("the build", () => {
  test.skipIf(process.platform === "win32")("installs without scripts and secrets", async () => {
    const env = { HOME: "/home/x", KUMA_SYNC_PASSWORD: "s3cret", OPEN_WEBUI_API_KEY: "s3cret", INPUT_TOKEN: "s3cret" };
    const { code, seen } = await runScript("build.mjs", { env, programs: ["npm"] });
    expect([code, seen.map(({ args }) => args.slice(0, 2))]).toEqual([
      0,
      [
        ["ci", "--ignore-scripts"],
        ["run", "build"],
      ],
    ]);
    expect(JSON.stringify(seen)).not.toContain("s3cret");
    expect(seen[0]?.env["HOME"]).toBe("/home/x");
  });
});

describe("snapshot and against", () => {
  test("are handed to the program", async () => {
    const env = { INPUT_COMMAND: "snapshot", INPUT_SNAPSHOT_FILE: "there.json" };
    const snapshot = await runScript("run.mjs", { env, programs: ["program.cjs"] });
    expect(snapshot.seen[0]?.args).toEqual(["snapshot", "--out", "there.json"]);
    const plan = await runScript("run.mjs", {
      env: { INPUT_COMMAND: "plan", INPUT_AGAINST: "there.json" },
      programs: ["program.cjs"],
    });
    expect(plan.seen[0]?.args.slice(0, 3)).toEqual(["plan", "--against", "there.json"]);
  });
});

describe("tokens", () => {
  test("stay with the action, under whatever name", () => {
    const env = {
      PATH: "/bin",
      GITHUB_ACTIONS: "true",
      KUMA_SYNC_PASSWORD: "kept",
      INPUT_TOKEN: "gh-token",
      INPUT_FILES: "monitors.yaml",
      GITHUB_TOKEN: "gh-token",
      AUTHORIZATION: "Bearer gh-token",
      ACTIONS_RUNTIME_TOKEN: "x",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "x",
      ACTIONS_ID_TOKEN_REQUEST_URL: "x",
    };
    const { PATH, GITHUB_ACTIONS, KUMA_SYNC_PASSWORD } = env;
    expect(programEnvironment(env, {})).toEqual({ PATH, GITHUB_ACTIONS, KUMA_SYNC_PASSWORD });
  });

  test("the program that the action runs has none, and knows that the files are a fork's", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kuma-sync-action-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const program = join(folder, "program.mjs");
    const [seen, event] = [join(folder, "seen.json"), join(folder, "event.json")];
    writeFileSync(
      program,
      `import fs from "node:fs"; fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env));`,
    );
    writeFileSync(event, JSON.stringify(requestFrom({ repo: { full_name: "mallory/shop" } })));
    const env = {
      PATH: process.env["PATH"] ?? "",
      KUMA_SYNC_PROGRAM: program,
      GITHUB_EVENT_PATH: event,
      INPUT_COMMAND: "check",
      INPUT_TOKEN: "gh-token",
      GH_TOKEN: "gh-token",
    };
    const code = await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script], { cwd: folder, env, stdio: "ignore" });
      child.on("error", reject).on("close", resolve);
    });
    expect(code).toBe(0);
    const text = readFileSync(seen, "utf8");
    expect(text).not.toContain("gh-token");
    expect(JSON.parse(text)).toMatchObject({ KUMA_SYNC_UNTRUSTED: "1" });
  });
});
