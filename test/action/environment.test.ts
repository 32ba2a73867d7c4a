/** What the action hands to the program: no token, and whether a stranger may have written the files. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
